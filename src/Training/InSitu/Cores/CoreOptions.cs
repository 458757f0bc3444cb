using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Training.InSitu.Cores;

/// <summary>How weights are kept in devices and updated.</summary>
public sealed record CoreOptions
{
    /// <summary>How conductances carry signs.</summary>
    public CoreKind Kind { get; init; } = CoreKind.Balanced;

    /// <summary>What a device makes of a request.</summary>
    public UpdateMode Mode { get; init; } = UpdateMode.Standard;

    /// <summary>Lower end of the window that weights are scaled to, as a fraction of the device's range, at least 0.</summary>
    public double WindowLow { get; init; } = 0.1;

    /// <summary>Upper end of the window, above the lower one and at most 1.</summary>
    public double WindowHigh { get; init; } = 0.9;

    /// <summary>True to leave out the noise of updates.</summary>
    public bool IgnoreNoise { get; init; }

    /// <summary>True to update as if every pulse were calibrated to the state it meets: the mean change is what was requested.</summary>
    public bool IgnoreNonlinearity { get; init; }

    /// <summary>Levels between the hard limits that a device is rounded to after an update; 0 is none, otherwise at least 2.</summary>
    public int Levels { get; init; }

    /// <summary>True to round to the level below or above at random, with the probabilities that keep the mean.</summary>
    public bool HasStochasticLevels { get; init; }

    /// <summary>How the tables of a population are read.</summary>
    public MultiLookup Lookup { get; init; } = MultiLookup.PerDevice;

    /// <summary>Converters between the digital part and the arrays; null is ideal.</summary>
    public ConverterOptions? Converters { get; init; }

    /// <summary>Periodic carry; null keeps each weight in one place.</summary>
    public CarryOptions? Carry { get; init; }

    /// <summary>Tables that devices have in this mode: that of the typical device, or those of the population.</summary>
    internal IReadOnlyList<UpdateTable> Tables(InSituDevice device) => Mode == UpdateMode.Multi ? device.Population : [device.Standard];

    internal void Check()
    {
        var violations = new List<string>();
        if (!Enum.IsDefined(Kind)) violations.Add($"Kind {(int)Kind} is unknown; choose {string.Join(", ", Enum.GetNames<CoreKind>())}.");
        if (!Enum.IsDefined(Mode)) violations.Add($"Mode {(int)Mode} is unknown; choose {string.Join(", ", Enum.GetNames<UpdateMode>())}.");
        if (!Enum.IsDefined(Lookup)) violations.Add($"Lookup {(int)Lookup} is unknown; choose {string.Join(", ", Enum.GetNames<MultiLookup>())}.");
        if (!(WindowLow >= 0 && WindowLow < WindowHigh && WindowHigh <= 1))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"The window is {WindowLow:R} to {WindowHigh:R} of the range; it must rise and lie within 0 to 1."));
        if (Levels is < 0 or 1) violations.Add($"{Levels} levels; 0 (none) or at least 2 are possible.");
        Converters?.AddViolations(violations);
        Carry?.AddViolations(violations);
        if (violations.Count > 0) throw new InvalidDesignException("In-situ core", violations);
    }
}
