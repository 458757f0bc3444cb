namespace CircuitSim.Training.InSitu.Cores;

/// <summary>Periodic carry: a weight is a number of several digits, each in devices of its own; only the lowest is updated, and overflows are carried up now and then.</summary>
/// <remarks>Agarwal et al., Symposium on VLSI Technology, 2017; defaults as in CrossSim's training script.</remarks>
public sealed record CarryOptions
{
    // The last of sixteen binary digits is worth less than the rounding of any array that is read.
    private const int MostDigits = 16;

    /// <summary>Digits of a weight, 2 to 16.</summary>
    public int Digits { get; init; } = 2;

    /// <summary>Ratio of the weight limits of neighbouring digits, at least 2.</summary>
    public int NumberBase { get; init; } = 16;

    /// <summary>Updates of the lowest digit between two carries, at least 1; each higher digit is carried that many times more rarely.</summary>
    public int Frequency { get; init; } = 10;

    /// <summary>How a carry is programmed.</summary>
    public CarryProgramming Programming { get; init; } = CarryProgramming.Exact;

    internal void AddViolations(List<string> violations)
    {
        if (Digits is < 2 or > MostDigits) violations.Add($"{Digits} digits; periodic carry needs 2 to {MostDigits}.");
        if (NumberBase < 2) violations.Add($"Number base {NumberBase}; periodic carry needs at least 2.");
        if (Frequency < 1) violations.Add($"A carry every {Frequency} updates; at least 1 is needed.");
        if (!Enum.IsDefined(Programming))
            violations.Add($"Programming {(int)Programming} is unknown; choose {string.Join(", ", Enum.GetNames<CarryProgramming>())}.");
    }
}
