namespace CircuitSim.Training.Phax;

/// <summary>Scratch memory of one layer for one piece of samples, each array [sample, neuron].</summary>
/// <param name="length">Samples times neurons.</param>
internal sealed class PhaxActivations(int length)
{
    /// <summary>Gate voltages, volts.</summary>
    public double[] Gate { get; } = new double[length];

    /// <summary>First inverter outputs <c>n</c>, volts.</summary>
    public double[] Inverted { get; } = new double[length];

    /// <summary>dn/dgate.</summary>
    public double[] InvertedSlope { get; } = new double[length];

    /// <summary>Second inverter outputs <c>p</c>, volts.</summary>
    public double[] Restored { get; } = new double[length];

    /// <summary>dp/dgate.</summary>
    public double[] RestoredSlope { get; } = new double[length];

    /// <summary>dJ/dn on the way back, then dJ/dgate.</summary>
    public double[] GateGradient { get; } = new double[length];

    /// <summary>dJ/dp.</summary>
    public double[] RestoredGradient { get; } = new double[length];

    /// <summary>Log-odds of the outputs.</summary>
    public double[] Logits { get; } = new double[length];

    /// <summary>Their derivative with respect to the gate voltage, per volt.</summary>
    public double[] LogitSlope { get; } = new double[length];
}
