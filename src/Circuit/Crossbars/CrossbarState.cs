namespace CircuitSim.Circuit.Crossbars;

/// <summary>What a crossbar core returns; arrays belong to the caller.</summary>
internal sealed class CrossbarState(int wordLineCount, int bitLineCount, bool hasNodes)
{
    /// <summary>Voltage at the last cross-point of each bit line, volts.</summary>
    internal double[] LastVolts { get; } = new double[bitLineCount];

    /// <summary>Current from the last cross-point of each bit line to ground, amperes.</summary>
    internal double[] EndAmps { get; } = new double[bitLineCount];

    /// <summary>Current out of each source, amperes.</summary>
    internal double[] WordLineAmps { get; } = new double[wordLineCount];

    /// <summary>Drop from each source to the word-line nodes, volts, negative where the node is below its source; empty unless asked for.</summary>
    internal double[] WordDeviationVolts { get; } = hasNodes ? new double[wordLineCount * bitLineCount] : [];

    /// <summary>Bit-line node voltages, volts; empty unless asked for.</summary>
    internal double[] BitVolts { get; } = hasNodes ? new double[wordLineCount * bitLineCount] : [];

    /// <summary>Current through each short, from its first line to the next, amperes, in the order of the faults; empty without shorts.</summary>
    internal double[] ShortAmps { get; set; } = [];

    internal bool HasNodes { get; } = hasNodes;

    internal int Iterations { get; set; }

    internal double ErrorVolts { get; set; }

    /// <summary>A state in the memory of one that is no longer read, or in fresh memory. Node voltages are large objects: fresh ones for each of many solves cost collections and page faults.</summary>
    internal static CrossbarState Of(int wordLineCount, int bitLineCount, bool hasNodes, CrossbarState? spare)
    {
        if (spare is null || spare.HasNodes != hasNodes || spare.WordLineAmps.Length != wordLineCount || spare.LastVolts.Length != bitLineCount)
            return new CrossbarState(wordLineCount, bitLineCount, hasNodes);
        foreach (double[] values in new[] { spare.LastVolts, spare.EndAmps, spare.WordLineAmps, spare.WordDeviationVolts, spare.BitVolts }) Array.Clear(values);
        spare.ShortAmps = [];
        return spare;
    }

    /// <summary>The same ports without voltages of cross-points.</summary>
    internal CrossbarState WithoutNodes()
    {
        var state = new CrossbarState(WordLineAmps.Length, LastVolts.Length, hasNodes: false) { ShortAmps = ShortAmps, Iterations = Iterations, ErrorVolts = ErrorVolts };
        LastVolts.CopyTo(state.LastVolts, 0);
        EndAmps.CopyTo(state.EndAmps, 0);
        WordLineAmps.CopyTo(state.WordLineAmps, 0);
        return state;
    }
}
