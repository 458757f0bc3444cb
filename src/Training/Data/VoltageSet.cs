namespace CircuitSim.Training.Data;

/// <summary>Samples as input voltages of a network, with their classes.</summary>
public sealed record VoltageSet
{
    private readonly double[] _inputVolts;
    private readonly int[] _labels;

    /// <summary>Creates a set.</summary>
    /// <param name="inputCount">Inputs a sample.</param>
    /// <param name="inputVolts">Voltages, row-major [sample, input]. Copied.</param>
    /// <param name="labels">Class of each sample. Copied.</param>
    /// <param name="outsideRailsCount">Voltages that lie beyond a rail.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public VoltageSet(int inputCount, ReadOnlySpan<double> inputVolts, ReadOnlySpan<int> labels, int outsideRailsCount = 0)
    {
        if (inputVolts.Length != (long)inputCount * labels.Length)
            throw new ArgumentException($"{inputVolts.Length} voltages for {labels.Length} samples of {inputCount} inputs.", nameof(inputVolts));
        InputCount = inputCount;
        _inputVolts = inputVolts.ToArray();
        _labels = labels.ToArray();
        OutsideRailsCount = outsideRailsCount;
    }

    /// <summary>Samples.</summary>
    public int SampleCount => _labels.Length;

    /// <summary>Inputs a sample.</summary>
    public int InputCount { get; }

    /// <summary>Voltages of the positive input lines, volts, row-major [sample, input]; negative lines carry the opposite.</summary>
    public ReadOnlyMemory<double> InputVolts => _inputVolts;

    /// <summary>Class of each sample.</summary>
    public ReadOnlyMemory<int> Labels => _labels;

    /// <summary>Voltages that lie beyond a rail, because a test value lies beyond the range of the training part.</summary>
    public int OutsideRailsCount { get; }
}
