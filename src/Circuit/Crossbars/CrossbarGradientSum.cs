namespace CircuitSim.Circuit.Crossbars;

/// <summary>A crossbar's derivatives while they are summed over samples.</summary>
/// <param name="deviceCount">Cross-points.</param>
/// <param name="wordLineCount">Word lines, to keep them apart; 0 sums over all.</param>
/// <param name="bitLineCount">Bit lines, to keep them apart; 0 sums over all.</param>
internal sealed class CrossbarGradientSum(int deviceCount, int wordLineCount = 0, int bitLineCount = 0)
{
    internal double[] PerSiemens { get; } = new double[deviceCount];

    /// <summary>Derivative to the segments of each word line; empty unless lines are kept apart.</summary>
    internal double[] PerWordLineOhm { get; } = new double[wordLineCount];

    /// <summary>Derivative to the segments of each bit line; empty unless lines are kept apart.</summary>
    internal double[] PerBitLineOhm { get; } = new double[bitLineCount];

    internal double PerWordLineSegmentOhm { get; set; }

    internal double PerBitLineSegmentOhm { get; set; }

    internal double PerSourceOhm { get; set; }

    internal double PerTerminalOhm { get; set; }

    internal void Add(CrossbarGradientSum other)
    {
        for (int i = 0; i < PerSiemens.Length; i++) PerSiemens[i] += other.PerSiemens[i];
        PerWordLineSegmentOhm += other.PerWordLineSegmentOhm;
        PerBitLineSegmentOhm += other.PerBitLineSegmentOhm;
        PerSourceOhm += other.PerSourceOhm;
        PerTerminalOhm += other.PerTerminalOhm;
    }

    internal void Clear()
    {
        Array.Clear(PerSiemens);
        Array.Clear(PerWordLineOhm);
        Array.Clear(PerBitLineOhm);
        (PerWordLineSegmentOhm, PerBitLineSegmentOhm, PerSourceOhm, PerTerminalOhm) = (0, 0, 0, 0);
    }

    internal CrossbarGradient ToGradient() => new()
    {
        PerSiemens = PerSiemens,
        PerWordLineSegmentOhm = PerWordLineSegmentOhm,
        PerBitLineSegmentOhm = PerBitLineSegmentOhm,
        PerSourceOhm = PerSourceOhm,
        PerTerminalOhm = PerTerminalOhm,
    };
}
