using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>One memristor technology: the window of conductance it can be programmed to, what is published of its statistics, and where.</summary>
/// <remarks>
/// A part that is null is not published for this technology; asking for it is a <see cref="MissingDevicePartException"/>. What had to be
/// assumed to make a card usable stands in <see cref="Assumptions"/>, which every listing, report and figure of the card shows.
/// </remarks>
public sealed record DeviceCard
{
    private const double Rounding = 1e-12;

    private readonly IReadOnlyList<double> _levels = [];

    /// <summary>Creates a card and checks it.</summary>
    /// <param name="name">Name by which experiments and reports call it.</param>
    /// <param name="minimumSiemens">Lowest programmable conductance, siemens, at least 0.</param>
    /// <param name="maximumSiemens">Highest programmable conductance, siemens, above the lowest.</param>
    /// <param name="source">Paper or code that gives the window.</param>
    /// <exception cref="InvalidDesignException">The window is empty, negative or beyond <see cref="PhysicalConductance.LargestSiemens"/>, or the name cannot be part of a file name.</exception>
    public DeviceCard(string name, double minimumSiemens, double maximumSiemens, string source)
    {
        Name = name;
        MinimumSiemens = minimumSiemens;
        MaximumSiemens = maximumSiemens;
        Source = source;
        List<string> problems = [];
        if (string.IsNullOrWhiteSpace(name) || name.Any(c => char.IsControl(c) || c is '/' or '\\' or ':' or '"' or '\''))
            problems.Add("The name must not be empty nor hold slashes, colons, quotes or line ends: it becomes part of file names.");
        if (!(minimumSiemens >= 0) || !(maximumSiemens > minimumSiemens) || !double.IsFinite(maximumSiemens))
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"The window is {minimumSiemens:R} to {maximumSiemens:R} S; the lower end must be at least 0 and below the upper end."));
        }

        if (PhysicalConductance.Problem(maximumSiemens) is string unit)
            problems.Add($"The upper end of the window is {unit}; give the window in siemens.");
        if (problems.Count > 0) throw new InvalidDesignException($"Device card '{name}'", problems);
    }

    /// <summary>Name by which experiments and reports call it.</summary>
    public string Name { get; }

    /// <summary>Lowest programmable conductance, siemens.</summary>
    public double MinimumSiemens { get; }

    /// <summary>Highest programmable conductance, siemens.</summary>
    public double MaximumSiemens { get; }

    /// <summary>Paper and figure, or code, that the card is taken from.</summary>
    public string Source { get; }

    /// <summary>What the device is, in a few words.</summary>
    public string Technology { get; init; } = "";

    /// <summary>Over which conductances, voltages and times the card was measured or fitted.</summary>
    public string Validity { get; init; } = "";

    /// <summary>What the card assumes beyond its source, one sentence each; empty when nothing is assumed.</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];

    /// <summary>The assumptions that concern one part of the card alone, by their sentence; a circuit that makes no use of the part does not assume it.</summary>
    public IReadOnlyDictionary<string, DevicePart> AssumptionParts { get; init; } = new Dictionary<string, DevicePart>();

    /// <summary>Conductances of the levels, siemens, rising; empty for an analogue device.</summary>
    /// <exception cref="InvalidDesignException">A level lies outside the window, or the levels do not rise.</exception>
    public IReadOnlyList<double> Levels
    {
        get => _levels;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            string[] problems =
            [
                .. value.Where(g => !Contains(g)).Select(g => string.Create(CultureInfo.InvariantCulture,
                    $"Level {g:G6} S is outside the window of {MinimumSiemens:G6} to {MaximumSiemens:G6} S.")),
                .. value.Skip(1).Where((g, i) => !(g > value[i])).Select((g, _) => string.Create(CultureInfo.InvariantCulture,
                    $"Level {g:G6} S is not above the one before it; list levels in rising order, each once.")),
            ];
            if (problems.Length > 0) throw new InvalidDesignException($"Device card '{Name}'", problems);
            _levels = [.. value];
        }
    }

    /// <summary>What one programming operation leaves against its target, or null when not published.</summary>
    public ProgrammingError? ProgrammingError { get; init; }

    /// <summary>How the conductance moves after programming, or null when not published.</summary>
    public ConductanceDrift? Drift { get; init; }

    /// <summary>Noise of one read, or null when not published.</summary>
    public ReadNoise? ReadNoise { get; init; }

    /// <summary>Current against voltage, or null when not published: the device is then a resistor.</summary>
    public ConductionLaw? Conduction { get; init; }

    /// <summary>Shares of devices that cannot be programmed, or null when not published.</summary>
    public FaultRates? Faults { get; init; }

    /// <summary>Energy of one programming pulse, joules, or null when not published.</summary>
    public double? PulseEnergyJoules { get; init; }

    /// <summary>Whether a conductance lies in the window, ends included and, for the rounding of whoever computed it, 1e-12 of them more.</summary>
    /// <param name="siemens">Conductance, siemens.</param>
    /// <returns>True when the device can be programmed to it.</returns>
    public bool Contains(double siemens) => siemens >= MinimumSiemens * (1 - Rounding) && siemens <= MaximumSiemens * (1 + Rounding);

    /// <summary>What a circuit assumes that makes use of some parts of the card.</summary>
    /// <param name="parts">The parts in use.</param>
    /// <returns>The assumptions of these parts, and those of the card as a whole.</returns>
    public IReadOnlyList<string> AssumptionsOf(IReadOnlySet<DevicePart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return [.. Assumptions.Where(a => !AssumptionParts.TryGetValue(a, out DevicePart part) || parts.Contains(part))];
    }

    /// <summary>Mean and standard deviation of devices programmed once to a target and read later, over all devices; read noise is not in it.</summary>
    /// <param name="targetSiemens">Target, siemens, inside the window.</param>
    /// <param name="readSeconds">Time of the read after programming, seconds; null for what programming left.</param>
    /// <returns>Siemens, of the laws as they are: a normal law may reach below 0 S.</returns>
    /// <exception cref="MissingDevicePartException">The card has no programming error, or no drift when a time is given.</exception>
    public (double MeanSiemens, double StandardDeviationSiemens) Statistics(double targetSiemens, double? readSeconds = null)
    {
        if (ProgrammingError is null)
            throw new MissingDevicePartException(this, "programming error", c => c.ProgrammingError is not null, "Or take devices as ideal.");
        double mean = ProgrammingError.MeanSiemens(targetSiemens), deviation = ProgrammingError.StandardDeviationSiemens(targetSiemens);
        if (readSeconds is not double seconds) return (mean, deviation);
        if (Drift is null) throw new MissingDevicePartException(this, "drift or relaxation", c => c.Drift is not null, "Or leave out the time of the read.");
        (mean, double variance) = Drift.After(targetSiemens, mean, deviation * deviation, seconds);
        return (mean, Math.Sqrt(variance));
    }
}
