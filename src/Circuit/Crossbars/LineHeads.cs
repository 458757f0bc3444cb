namespace CircuitSim.Circuit.Crossbars;

/// <summary>Deviations at the first cross-point of every word line, which give the source currents.</summary>
internal sealed unsafe class LineHeads(int rows)
{
    private readonly double[] _correction = new double[rows], _direction = new double[rows];

    /// <summary>Deviation of the first cross-point from its source, volts.</summary>
    internal double[] Volts { get; } = new double[rows];

    internal void Clear()
    {
        Array.Clear(_direction);
        Array.Clear(Volts);
    }

    /// <summary>Takes the newest correction of one group from the sweep buffer.</summary>
    internal void Store(LineGrid grid, int group) =>
        new ReadOnlySpan<double>(grid.Sweep.Start, LineGrid.Lanes).CopyTo(_correction.AsSpan(group * LineGrid.Lanes));

    /// <summary>Walks along the direction that the last correction gives.</summary>
    internal void Advance(double alpha, double beta)
    {
        for (int i = 0; i < _direction.Length; i++)
        {
            _direction[i] = _correction[i] + beta * _direction[i];
            Volts[i] += alpha * _direction[i];
        }
    }
}
