using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Linear;

/// <summary>LU factors of a dense square matrix with row pivoting. Owns its storage: factorise again for another matrix of the same size.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class DenseLu
{
    private readonly int _n;
    private readonly double[] _lu;
    private readonly int[] _rowOf;
    private readonly double[] _work;

    internal DenseLu(int size)
    {
        _n = size;
        _lu = new double[size * size];
        _rowOf = new int[size];
        _work = new double[size];
    }

    /// <summary>Storage of the matrix, row-major: fill it, then call <see cref="Factorize"/>.</summary>
    internal Span<double> Matrix => _lu;

    /// <summary>Replaces the matrix by its factors.</summary>
    /// <exception cref="SingularSystemException">A pivot is zero or not finite.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Factorize()
    {
        for (int i = 0; i < _n; i++) _rowOf[i] = i;
        for (int k = 0; k < _n; k++)
        {
            int pivotRow = LargestBelow(k);
            if (pivotRow != k) SwapRows(k, pivotRow);
            double pivot = _lu[k * _n + k];
            if (pivot == 0 || !double.IsFinite(pivot))
                throw new SingularSystemException($"unknown {k + 1}", $"No usable pivot for unknown {k + 1} of {_n}: the linear system is singular at working precision.");

            ReadOnlySpan<double> source = _lu.AsSpan(k * _n + k + 1, _n - k - 1);
            for (int i = k + 1; i < _n; i++)
            {
                double factor = _lu[i * _n + k] / pivot;
                _lu[i * _n + k] = factor;
                if (factor != 0) DenseKernels.AddScaled(-factor, source, _lu.AsSpan(i * _n + k + 1, _n - k - 1));
            }
        }
    }

    /// <summary>Solves A x = b in place.</summary>
    /// <param name="x">Right-hand side in, solution out.</param>
    internal void Solve(Span<double> x)
    {
        for (int i = 0; i < _n; i++)
            _work[i] = x[_rowOf[i]] - DenseKernels.Dot(_lu.AsSpan(i * _n, i), _work.AsSpan(0, i));
        for (int i = _n - 1; i >= 0; i--)
        {
            double sum = _work[i] - DenseKernels.Dot(_lu.AsSpan(i * _n + i + 1, _n - i - 1), _work.AsSpan(i + 1, _n - i - 1));
            _work[i] = sum / _lu[i * _n + i];
        }

        _work.CopyTo(x);
    }

    /// <summary>Solves Aᵀ x = b in place.</summary>
    /// <param name="x">Right-hand side in, solution out.</param>
    internal void SolveTransposed(Span<double> x)
    {
        x.CopyTo(_work);
        for (int i = 0; i < _n; i++)
        {
            _work[i] /= _lu[i * _n + i];
            DenseKernels.AddScaled(-_work[i], _lu.AsSpan(i * _n + i + 1, _n - i - 1), _work.AsSpan(i + 1, _n - i - 1));
        }

        for (int i = _n - 1; i > 0; i--)
            DenseKernels.AddScaled(-_work[i], _lu.AsSpan(i * _n, i), _work.AsSpan(0, i));
        for (int i = 0; i < _n; i++) x[_rowOf[i]] = _work[i];
    }

    private int LargestBelow(int k)
    {
        int row = k;
        for (int i = k + 1; i < _n; i++)
            if (Math.Abs(_lu[i * _n + k]) > Math.Abs(_lu[row * _n + k])) row = i;
        return row;
    }

    private void SwapRows(int a, int b)
    {
        (_rowOf[a], _rowOf[b]) = (_rowOf[b], _rowOf[a]);
        _lu.AsSpan(a * _n, _n).CopyTo(_work);
        _lu.AsSpan(b * _n, _n).CopyTo(_lu.AsSpan(a * _n, _n));
        _work.CopyTo(_lu.AsSpan(b * _n, _n));
    }
}
