using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>Solves (B − Y)ᵀ μ = a for a layer of loaded inverters without factorising it: corrections with <see cref="LoadCoupling"/>, residuals with the exact Y.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TransposedLoad
{
    private const int MostCorrections = 40;
    private const double RelativeTolerance = 1e-14;

    // Where corrections stop shrinking for rounding alone.
    private const double RoundingTolerance = 1e-12;

    private readonly LoadCoupling _coupling;
    private readonly ReadOnlyMemory<double> _admittance;
    private readonly int _outputs;
    private readonly double[] _solution, _residual, _correction, _small, _inverted;
    private readonly DenseLu _system;

    internal TransposedLoad(LoadCoupling coupling, ReadOnlyMemory<double> admittance)
    {
        (_coupling, _admittance) = (coupling, admittance);
        _outputs = coupling.Diagonal.Length;
        (_solution, _residual, _correction) = (new double[_outputs], new double[_outputs], new double[_outputs]);
        _small = new double[coupling.Columns];
        _inverted = new double[_outputs * coupling.Columns];
        _system = new DenseLu(coupling.Columns);
    }

    /// <summary>Replaces the right-hand side by the solution, unless corrections do not shrink fast enough.</summary>
    /// <param name="currents">Currents of all inverters with their derivatives, n and p in turn.</param>
    /// <param name="values">a in; μ out, or untouched.</param>
    /// <returns>Whether it converged.</returns>
    internal bool TrySolve(ReadOnlySpan<InverterCurrent> currents, Span<double> values)
    {
        Prepare(currents);
        Array.Clear(_solution);
        values.CopyTo(_residual);
        double last = double.PositiveInfinity;
        for (int k = 0; k < MostCorrections; k++)
        {
            Correct(currents);
            double step = 0, size = 0;
            for (int i = 0; i < _outputs; i++)
            {
                _solution[i] += _correction[i];
                step = Math.Max(step, Math.Abs(_correction[i]));
                size = Math.Max(size, Math.Abs(_solution[i]));
            }

            bool isShrinking = step < 0.5 * last;
            if (step <= RelativeTolerance * size || (!isShrinking && step <= RoundingTolerance * size))
            {
                _solution.CopyTo(values);
                return true;
            }

            if (!isShrinking) return false;
            last = step;
            FillResidual(currents, values);
        }

        return false;
    }

    // B⁻ᵀ U, and 1 + Uᵀ B⁻ᵀ U.
    private void Prepare(ReadOnlySpan<InverterCurrent> currents)
    {
        int r = _coupling.Columns;
        Span<double> matrix = _system.Matrix;
        matrix.Clear();
        for (int a = 0; a < r; a++) matrix[a * r + a] = 1;
        _coupling.Factor.CopyTo(_inverted, 0);
        for (int i = 0; i < _outputs; i += 2)
        {
            Span<double> first = _inverted.AsSpan(i * r, r), second = _inverted.AsSpan((i + 1) * r, r);
            for (int b = 0; b < r; b++) (first[b], second[b]) = SolveTriangle(currents, i, first[b], second[b]);
            for (int a = 0; a < r; a++)
            {
                DenseKernels.AddScaled(_coupling.Factor[i * r + a], first, matrix.Slice(a * r, r));
                DenseKernels.AddScaled(_coupling.Factor[(i + 1) * r + a], second, matrix.Slice(a * r, r));
            }
        }

        _system.Factorize();
    }

    // Transposed 2×2 triangle of one neuron: the gain links p back to n.
    private (double First, double Second) SolveTriangle(ReadOnlySpan<InverterCurrent> currents, int i, double first, double second)
    {
        double p = second / (currents[i + 1].PerOutputVolt - _coupling.Diagonal[i + 1]);
        double n = (first - currents[i + 1].PerInputVolt * p) / (currents[i].PerOutputVolt - _coupling.Diagonal[i]);
        return (n, p);
    }

    private void Correct(ReadOnlySpan<InverterCurrent> currents)
    {
        int r = _coupling.Columns;
        Array.Clear(_small);
        for (int i = 0; i < _outputs; i += 2)
        {
            (_correction[i], _correction[i + 1]) = SolveTriangle(currents, i, _residual[i], _residual[i + 1]);
            DenseKernels.AddScaled(_correction[i], _coupling.Factor.AsSpan(i * r, r), _small);
            DenseKernels.AddScaled(_correction[i + 1], _coupling.Factor.AsSpan((i + 1) * r, r), _small);
        }

        _system.Solve(_small);
        for (int i = 0; i < _outputs; i++) _correction[i] -= DenseKernels.Dot(_inverted.AsSpan(i * r, r), _small);
    }

    private void FillResidual(ReadOnlySpan<InverterCurrent> currents, ReadOnlySpan<double> values)
    {
        ReadOnlySpan<double> y = _admittance.Span;
        int ports = _outputs + 2;
        for (int i = 0; i < _outputs; i++)
        {
            double image = currents[i].PerOutputVolt * _solution[i] - DenseKernels.Dot(y.Slice(i * ports, _outputs), _solution);
            if (i % 2 == 0) image += currents[i + 1].PerInputVolt * _solution[i + 1];
            _residual[i] = values[i] - image;
        }
    }
}
