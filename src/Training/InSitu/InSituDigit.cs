namespace CircuitSim.Training.InSitu;

/// <summary>The devices of one layer, or of one digit of its weights: W = (G⁺ − G⁻)·<see cref="WeightPerSiemens"/>.</summary>
public sealed record InSituDigit
{
    /// <summary>Conductances of the positive array, siemens, row-major [output, input].</summary>
    public required ReadOnlyMemory<double> PositiveSiemens { get; init; }

    /// <summary>Conductances of the negative array, or of the reference that stands for it, siemens, the same shape.</summary>
    public required ReadOnlyMemory<double> NegativeSiemens { get; init; }

    /// <summary>Weight per siemens of difference between both arrays.</summary>
    public required double WeightPerSiemens { get; init; }

    /// <summary>True when one reference column stands for the whole negative array.</summary>
    public required bool HasReference { get; init; }
}
