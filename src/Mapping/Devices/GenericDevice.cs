using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>A technology known by four numbers only: largest conductance, on/off ratio, levels, and a spread that is a share of the range.</summary>
/// <remarks>The description of Wang, Park and Lu, whose programming variation is 1.56 % (1/64) or 0.78 % (1/128) of the range at every level.</remarks>
public sealed record GenericDevice
{
    /// <summary>Name of the card.</summary>
    public string Name { get; init; } = "generic";

    /// <summary>Largest conductance, siemens, positive.</summary>
    public required double MaximumSiemens { get; init; }

    /// <summary>Largest over smallest conductance, above 1; infinity for an OFF state of 0 S.</summary>
    public required double OnOffRatio { get; init; }

    /// <summary>Equally spaced levels, both ends of the window among them, at least 2; or null for an analogue device.</summary>
    public int? LevelCount { get; init; }

    /// <summary>Standard deviation of the programmed conductance as a share of the range, largest minus smallest conductance; at least 0.</summary>
    public required double SpreadShare { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public string Source { get; init; } = "chosen by the user";

    /// <summary>What is assumed, one sentence each.</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];

    /// <summary>The device card of such a technology.</summary>
    /// <param name="device">The numbers.</param>
    /// <returns>A card with a normal programming error of constant spread.</returns>
    /// <exception cref="InvalidDesignException">A number is out of its range; all violations are listed.</exception>
    public static DeviceCard Card(GenericDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        var problems = new List<string>();
        if (!(device.MaximumSiemens > 0 && double.IsFinite(device.MaximumSiemens))) problems.Add(Text($"The largest conductance is {device.MaximumSiemens:G6} S; it must be positive."));
        if (!(device.OnOffRatio > 1)) problems.Add(Text($"The on/off ratio is {device.OnOffRatio:G6}; it must be above 1."));
        if (device.LevelCount < 2) problems.Add(Text($"There are {device.LevelCount} levels; at least 2 are needed."));
        if (!(device.SpreadShare >= 0 && device.SpreadShare <= 1)) problems.Add(Text($"The spread is {device.SpreadShare:G6} of the range; it must be from 0 to 1 (1.56 % is 0.0156)."));
        if (problems.Count > 0) throw new InvalidDesignException($"Generic device '{device.Name}'", problems);

        double minimum = device.MaximumSiemens / device.OnOffRatio, spread = device.SpreadShare * (device.MaximumSiemens - minimum);
        var card = new DeviceCard(device.Name, minimum, device.MaximumSiemens, device.Source)
        {
            Technology = "generic device: window, levels and a constant spread",
            Validity = "a model, not a measurement",
            Assumptions = device.Assumptions,
            ProgrammingError = new GaussianProgrammingError(new SpreadPolynomial(device.MaximumSiemens, spread)) { Source = device.Source },
        };
        return device.LevelCount is int count
            ? card with { Levels = [.. LevelPlan.EquallySpaced(card, count).Bins.Select(b => b.TargetSiemens)] }
            : card;

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
