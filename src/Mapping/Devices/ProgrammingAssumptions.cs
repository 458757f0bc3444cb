namespace CircuitSim.Mapping.Devices;

/// <summary>What a use of a card assumes beyond what is published.</summary>
internal static class ProgrammingAssumptions
{
    private const string Verified = "The card's programming error was measured after the authors' own program-and-verify loop; each simulated pulse draws from it all the same, so pulse counts are of that model.";
    private const string Pulses = "Each pulse of program-and-verify starts afresh (RESET, then SET): pulses are independent draws, and the verifying read is exact.";
    private const string Stuck = "Stuck devices keep their conductance: they neither drift nor are noisy.";

    internal static IReadOnlyList<string> Of(DeviceCard card, ProgrammingOptions options)
    {
        bool isVerify = options.Mode == ProgrammingMode.Verify;
        bool hasFaults = options.Faults is { Total: > 0 };
        if (!isVerify && !hasFaults) return card.Assumptions;

        List<string> assumptions = [.. card.Assumptions];
        if (isVerify) assumptions.Add(Pulses);
        if (isVerify && card.ProgrammingError is { IsAfterVerify: true }) assumptions.Add(Verified);
        if (hasFaults) assumptions.Add(Stuck);
        return assumptions;
    }
}
