using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Deviations at the first cross-point of every word line, which give the source currents.</summary>
internal sealed unsafe class LineHeads(int rows)
{
    private readonly DenseBuffer _corrections = new(rows);
    private readonly double[] _direction = new double[rows];

    /// <summary>Where a pass leaves its corrections.</summary>
    internal double* Corrections => _corrections.Start;

    /// <summary>Deviation of the first cross-point from its source, volts.</summary>
    internal double[] Volts { get; } = new double[rows];

    internal void Clear()
    {
        Array.Clear(_direction);
        Array.Clear(Volts);
    }

    /// <summary>Walks along the direction that the last correction gives.</summary>
    internal void Advance(double alpha, double beta)
    {
        ReadOnlySpan<double> corrections = _corrections.Span;
        for (int i = 0; i < _direction.Length; i++)
        {
            _direction[i] = corrections[i] + beta * _direction[i];
            Volts[i] += alpha * _direction[i];
        }
    }
}
