using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>Programs the devices of one array: targets in, the conductances of one chip out.</summary>
/// <remarks>
/// Every draw is keyed by (seed, purpose and name of the array, index of the device), so that a device gets the same conductance whatever
/// the order, the thread or the shard in which its array is programmed. Thread-safe.
/// </remarks>
public static class ArrayProgrammer
{
    /// <summary>Programs an array.</summary>
    /// <param name="card">The device technology.</param>
    /// <param name="options">How to program and when to read.</param>
    /// <param name="targetSiemens">Targets, siemens, inside the card's window, in any fixed order.</param>
    /// <param name="seed">Seed of the chip.</param>
    /// <param name="array">Name of the array, for example "layer 1"; another name gives other draws.</param>
    /// <param name="siemens">Receives the conductances, siemens, at least 0; as long as the targets. It may be the same memory as the targets.</param>
    /// <returns>Pulses, energy, faults and errors.</returns>
    /// <exception cref="MissingDevicePartException">The options ask for what the card lacks.</exception>
    /// <exception cref="InvalidDesignException">A target is outside the window, or options contradict each other; every violation is listed.</exception>
    /// <exception cref="ArgumentException">The lengths differ, or the name is empty.</exception>
    public static ProgrammingReport Program(
        DeviceCard card, ProgrammingOptions options, ReadOnlySpan<double> targetSiemens, ulong seed, string array, Span<double> siemens)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(array);
        if (siemens.Length != targetSiemens.Length)
            throw new ArgumentException($"{siemens.Length} conductances for {targetSiemens.Length} targets.", nameof(siemens));

        ProgrammingRules.Check(card, options, targetSiemens, array);
        var programming = new ArrayProgramming(card, options, seed, array);
        for (int i = 0; i < siemens.Length; i++) siemens[i] = programming.Program(i, targetSiemens[i]);
        return programming.Report();
    }
}
