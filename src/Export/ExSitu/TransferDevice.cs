using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Devices.Fitting;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.ExSitu;

/// <summary>The devices that a study transfers to.</summary>
public sealed record TransferDevice
{
    internal static readonly string[] AssignmentNames = ["pair_aware", "scale_search", "nearest"];

    private static readonly PairAssignment[] Assignments = [PairAssignment.PairAware, PairAssignment.ScaleSearch, PairAssignment.Nearest];

    /// <summary>Name of a published card, or path of a card file (.json).</summary>
    public string Card { get; init; } = PublishedCards.HfO2NineLevels.Name;

    /// <summary>Table of a user's own measured levels (.csv) that takes the place of a card, or null.</summary>
    public string? Samples { get; init; }

    /// <summary>Levels, equally spaced over the window, or null for those of the card.</summary>
    public int? LevelCount { get; init; }

    /// <summary>Time between programming and read, seconds, or null to read what programming left.</summary>
    public double? ReadSeconds { get; init; }

    /// <summary>How weights become levels.</summary>
    public PairAssignment Assignment { get; init; } = PairAssignment.PairAware;

    /// <summary>Opens the card, or makes one of the samples.</summary>
    internal DeviceCard Open() => Samples is not string path ? DeviceCards.Open(Card)
        : DeviceFitter.Fit(DeviceSamples.Read(path), new DeviceFitOptions { Name = Path.GetFileNameWithoutExtension(path), Source = $"measured levels of {Path.GetFileName(path)}" }).Card;

    /// <summary>The levels as the device has them.</summary>
    internal LevelPlan Levels(DeviceCard card)
    {
        if (LevelCount is int count) return LevelPlan.EquallySpaced(card, count);
        return card.Levels.Count > 0 ? LevelPlan.At(card.Levels)
            : throw new InvalidDesignException($"Device card '{card.Name}'", ["It has no table of levels; give 'levels: COUNT' in 'device', or a card with levels."]);
    }

    /// <summary>Changes when a file of the user's changes.</summary>
    internal string Fingerprint()
    {
        string? file = Samples ?? (Card.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Card : null);
        return file is null ? "" : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(InputBytes.Read(file)));
    }

    internal static TransferDevice Read(YamlSection section)
    {
        if (section.Has("samples")) section.Complain("card", "'samples' makes a card of its own; leave 'card' out.");
        var device = new TransferDevice
        {
            Card = section.Text("card", new TransferDevice().Card),
            Samples = section.OptionalText("samples"),
            LevelCount = section.OptionalCount("levels", 2, ExperimentLimits.Levels),
            ReadSeconds = section.OptionalNumber("read_seconds", v => v > 0, "a positive number of seconds after programming"),
            Assignment = Assignments[Math.Max(0, Array.IndexOf(AssignmentNames, section.OneOf("assignment", AssignmentNames[0], AssignmentNames)))],
        };
        section.RefuseUnknownKeys();
        return device;
    }

    internal static string NameOf(PairAssignment assignment) => AssignmentNames[Array.IndexOf(Assignments, assignment)];

    internal string Write()
    {
        List<string> keys = [Samples is null ? $"card: {ExperimentFile.Scalar(Card)}" : $"samples: {ExperimentFile.Scalar(Samples)}"];
        if (LevelCount is int count) keys.Add(FormattableString.Invariant($"levels: {count}"));
        if (ReadSeconds is double seconds) keys.Add(FormattableString.Invariant($"read_seconds: {seconds:R}"));
        keys.Add($"assignment: {NameOf(Assignment)}");
        return $"{{ {string.Join(", ", keys)} }}";
    }
}
