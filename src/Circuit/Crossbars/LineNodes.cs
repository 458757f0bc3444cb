using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Deviations of all word-line nodes from their sources, row-major with padding; kept only when node voltages are wanted.</summary>
internal sealed unsafe class LineNodes(LineGrid grid)
{
    internal DenseBuffer Correction { get; } = new((long)grid.Rows * grid.Columns);

    internal DenseBuffer Direction { get; } = new((long)grid.Rows * grid.Columns);

    internal DenseBuffer Volts { get; } = new((long)grid.Rows * grid.Columns);

    internal void Clear()
    {
        Direction.Span.Clear();
        Volts.Span.Clear();
    }

    /// <summary>Walks along the direction that the last correction gives, for one group of word lines.</summary>
    internal void Advance<TLanes>(int group, double alpha, double beta)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        long length = (long)LineGrid.Lanes * grid.Columns, start = group * length;
        TLanes step = TLanes.Broadcast(alpha), weight = TLanes.Broadcast(beta);
        for (long at = start; at < start + length; at += LineGrid.Lanes)
        {
            TLanes p = TLanes.MultiplyAdd(weight, TLanes.Load(Direction.Start + at), TLanes.Load(Correction.Start + at));
            TLanes.Store(Direction.Start + at, p);
            TLanes.Store(Volts.Start + at, TLanes.MultiplyAdd(step, p, TLanes.Load(Volts.Start + at)));
        }
    }

    /// <summary>Deviation of one node, volts.</summary>
    internal double this[int wordLine, int bitLine] =>
        Volts.Start[(long)wordLine * grid.Columns + bitLine];
}
