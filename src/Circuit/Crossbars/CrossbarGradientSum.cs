namespace CircuitSim.Circuit.Crossbars;

/// <summary>A crossbar's derivatives while they are summed over samples.</summary>
internal sealed class CrossbarGradientSum(int deviceCount)
{
    internal double[] PerSiemens { get; } = new double[deviceCount];

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

    internal CrossbarGradient ToGradient() => new()
    {
        PerSiemens = PerSiemens,
        PerWordLineSegmentOhm = PerWordLineSegmentOhm,
        PerBitLineSegmentOhm = PerBitLineSegmentOhm,
        PerSourceOhm = PerSourceOhm,
        PerTerminalOhm = PerTerminalOhm,
    };
}
