using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>Outputs of a layer's inverters, loaded by the crossbar that they drive: damped Newton on a dense port admittance.</summary>
/// <remarks>
/// For neuron j with gate g, outputs n and p: I(g, n) = (Y v)₂ⱼ and I(n, p) = (Y v)₂ⱼ₊₁, where v holds all outputs and, last,
/// the bias pair. Owns scratch memory: one thread at a time.
/// </remarks>
internal sealed class LoadedInverters
{
    private readonly NetworkCircuit _circuit;
    private readonly double _supplyVolts;
    private readonly int _layer, _unknowns, _ports;
    private readonly ReadOnlyMemory<double> _admittance;
    private readonly NetworkSolverOptions _options;
    private readonly DenseLu _jacobian;
    private readonly TransposedLoad _transposed;
    private readonly double[] _volts, _trial, _residual, _trialResidual, _step;
    private readonly InverterCurrent[] _currents;

    internal LoadedInverters(NetworkCircuit circuit, int layer, TransferMatrix next, NetworkSolverOptions options)
    {
        ReadOnlyMemory<double> admittance = next.SourceAdmittanceSiemens;
        _circuit = circuit;
        _supplyVolts = circuit.SupplyVolts;
        _layer = layer;
        _unknowns = 2 * circuit.Layers[layer].NeuronCount;
        _ports = _unknowns + 2;
        _admittance = admittance;
        _options = options;
        _jacobian = new DenseLu(_unknowns);
        _transposed = new TransposedLoad(LoadCoupling.Of(circuit.Layers[layer + 1].Crossbar, next), admittance);
        (_volts, _trial) = (new double[_ports], new double[_ports]);
        (_residual, _trialResidual, _step) = (new double[_unknowns], new double[_unknowns], new double[_unknowns]);
        _currents = new InverterCurrent[_unknowns];
    }

    /// <summary>Solves for one set of gate voltages.</summary>
    /// <param name="gateVolts">Gates of the first inverters, volts.</param>
    /// <param name="invertedVolts">Receives the outputs of the first inverters, volts; holds the start.</param>
    /// <param name="restoredVolts">Receives the outputs of the second inverters, volts; holds the start.</param>
    /// <returns>Newton iterations.</returns>
    internal int Solve(ReadOnlySpan<double> gateVolts, Span<double> invertedVolts, Span<double> restoredVolts)
    {
        SetVolts(invertedVolts, restoredVolts);
        int iterations = Iterate(gateVolts);
        for (int j = 0; j < gateVolts.Length; j++) (invertedVolts[j], restoredVolts[j]) = (_volts[2 * j], _volts[2 * j + 1]);
        return iterations;
    }

    /// <summary>Multipliers μ of the outputs' equations at a solved point, and the loss per gate volt.</summary>
    /// <param name="gateVolts">Gates of the first inverters, volts.</param>
    /// <param name="invertedVolts">Solved outputs of the first inverters, volts.</param>
    /// <param name="restoredVolts">Solved outputs of the second inverters, volts.</param>
    /// <param name="perOutput">Loss per output volt, n and p in turn; replaced by μ, loss per ampere.</param>
    /// <param name="perGate">Receives the loss per gate volt.</param>
    internal void Multipliers(
        ReadOnlySpan<double> gateVolts, ReadOnlySpan<double> invertedVolts, ReadOnlySpan<double> restoredVolts,
        Span<double> perOutput, Span<double> perGate)
    {
        SetVolts(invertedVolts, restoredVolts);
        Evaluate(gateVolts, _volts, _residual);
        if (!_transposed.TrySolve(_currents, perOutput))
        {
            FillJacobian();
            _jacobian.Factorize();
            _jacobian.SolveTransposed(perOutput);
        }

        for (int j = 0; j < perGate.Length; j++) perGate[j] = -perOutput[2 * j] * _currents[2 * j].PerInputVolt;
    }

    private void SetVolts(ReadOnlySpan<double> invertedVolts, ReadOnlySpan<double> restoredVolts)
    {
        for (int j = 0; j < invertedVolts.Length; j++) (_volts[2 * j], _volts[2 * j + 1]) = (invertedVolts[j], restoredVolts[j]);
        (_volts[^2], _volts[^1]) = (_supplyVolts / 2, -_supplyVolts / 2);
    }

    private int Iterate(ReadOnlySpan<double> gateVolts)
    {
        double norm = Evaluate(gateVolts, _volts, _residual);
        double largest = 0;
        for (int k = 1; k <= _options.MostIterations; k++)
        {
            FillJacobian();
            _jacobian.Factorize();
            _residual.CopyTo(_step, 0);
            _jacobian.Solve(_step);
            largest = LargestStep();
            norm = TakeStep(gateVolts, norm, largest);
            if (largest <= _options.UpdateToleranceVolts) return k;
        }

        int worst = 0;
        for (int i = 1; i < _unknowns; i++)
            if (Math.Abs(_step[i]) > Math.Abs(_step[worst])) worst = i;
        string node = worst % 2 == 0 ? NodeNames.InvertedOutput(_layer, worst / 2) : NodeNames.RestoredOutput(_layer, worst / 2);
        throw new ConvergenceException($"Newton on the loaded inverters of layer {_layer + 1}", _options.MostIterations, largest, "V",
            node, _volts[worst] + _step[worst], _volts[worst],
            "Allow more iterations or a looser update tolerance in NetworkSolverOptions.");
    }

    /// <summary>Walks along the step, halving it while the residual does not fall; below a nanovolt rounding decides and the step is taken as it is.</summary>
    private double TakeStep(ReadOnlySpan<double> gateVolts, double norm, double largest)
    {
        const double RoundingVolts = 1e-9;
        for (double length = 1; ; length /= 2)
        {
            _volts.CopyTo(_trial, 0);
            for (int i = 0; i < _unknowns; i++) _trial[i] -= length * _step[i];
            double trialNorm = Evaluate(gateVolts, _trial, _trialResidual);
            if (trialNorm < norm || length * largest < RoundingVolts)
            {
                _trial.CopyTo(_volts, 0);
                _trialResidual.CopyTo(_residual, 0);
                return trialNorm;
            }
        }
    }

    // Residual: delivered current minus what the crossbar takes; returns the sum of squares.
    private double Evaluate(ReadOnlySpan<double> gateVolts, double[] volts, double[] residual)
    {
        ReadOnlySpan<double> y = _admittance.Span;
        double norm = 0;
        for (int i = 0; i < _unknowns; i++)
        {
            double gate = i % 2 == 0 ? gateVolts[i / 2] : volts[i - 1];
            _currents[i] = _circuit.InverterAt(_layer, i).OutputCurrent(gate, volts[i], _supplyVolts);
            residual[i] = _currents[i].Amps - DenseKernels.Dot(y.Slice(i * _ports, _ports), volts);
            norm += residual[i] * residual[i];
        }

        return norm;
    }

    private void FillJacobian()
    {
        ReadOnlySpan<double> y = _admittance.Span;
        Span<double> matrix = _jacobian.Matrix;
        for (int i = 0; i < _unknowns; i++)
        {
            Span<double> row = matrix.Slice(i * _unknowns, _unknowns);
            for (int k = 0; k < _unknowns; k++) row[k] = -y[i * _ports + k];
            row[i] += _currents[i].PerOutputVolt;
            if (i % 2 == 1) row[i - 1] += _currents[i].PerInputVolt;
        }
    }

    private double LargestStep()
    {
        double largest = 0;
        foreach (double step in _step) largest = Math.Max(largest, Math.Abs(step));
        return largest;
    }
}
