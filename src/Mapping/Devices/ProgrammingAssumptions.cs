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
        List<string> assumptions = [.. card.AssumptionsOf(Parts(options))];
        if (isVerify) assumptions.Add(Pulses);
        if (isVerify && card.ProgrammingError is { IsAfterVerify: true }) assumptions.Add(Verified);
        if (hasFaults) assumptions.Add(Stuck);
        return assumptions;
    }

    // Programmed devices are resistors: whatever the card says of current against voltage, no circuit made of them has it.
    private static HashSet<DevicePart> Parts(ProgrammingOptions options)
    {
        var parts = new HashSet<DevicePart>();
        if (options.Mode != ProgrammingMode.Ideal) parts.Add(DevicePart.ProgrammingError);
        if (options.ReadSeconds is not null) parts.Add(DevicePart.Drift);
        if (options.IncludeReadNoise) parts.Add(DevicePart.ReadNoise);
        if (options.Faults is { Total: > 0 }) parts.Add(DevicePart.Faults);
        if (options.Rounding != LevelRounding.None || options.Levels is not null) parts.Add(DevicePart.Levels);
        return parts;
    }
}
