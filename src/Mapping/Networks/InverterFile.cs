using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Mapping.Networks;

/// <summary>A characterised inverter on disk: a JSON file, and its two tables of currents in NumPy files beside it.</summary>
/// <remarks>
/// <c>name.output.npy</c> holds the current that the inverter delivers, <c>name.supply.npy</c> what it takes from the positive rail: amperes,
/// [input, output], both voltages from <c>firstVolts</c> to <c>lastVolts</c> in even steps, counted from the middle of the rails.
/// <c>subcircuit</c>, if there is one, is the circuit itself as deck text, which exported decks hold.
/// </remarks>
public static class InverterFile
{
    private const int SchemaVersion = 1;

    private static readonly JsonSerializerOptions Json = new(StrictJson.Options)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The files of an inverter: the JSON file itself, then its tables.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <returns>Three paths.</returns>
    public static IReadOnlyList<string> Paths(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string folder = Path.GetDirectoryName(path) ?? "", stem = Path.GetFileNameWithoutExtension(path);
        return [path, Path.Combine(folder, $"{stem}.output.npy"), Path.Combine(folder, $"{stem}.supply.npy")];
    }

    /// <summary>Writes an inverter.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <param name="inverter">The inverter.</param>
    public static void Write(string path, TabulatedInverter inverter)
    {
        ArgumentNullException.ThrowIfNull(inverter);
        IReadOnlyList<string> paths = Paths(path);
        TwoPortTable output = inverter.OutputAmps;
        WriteTable(paths[1], output);
        WriteTable(paths[2], inverter.PositiveRailAmps);
        InverterDefinition? definition = inverter.Definition;
        var entry = new InverterEntry(
            SchemaVersion, inverter.Name, inverter.SupplyVolts, output.PointCount, output.FirstVolts, output.LastVolts, inverter.InterpolationErrorVolts,
            Path.GetFileName(paths[1]), Path.GetFileName(paths[2]),
            definition is null ? null : new SubcircuitEntry(definition.Subcircuit, definition.Ports, definition.Lines));
        AtomicFile.Write(path, s => JsonSerializer.Serialize(s, entry, Json));
    }

    /// <summary>Reads an inverter.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <returns>The inverter.</returns>
    /// <exception cref="InputFileException">A file is missing or does not hold what the format asks for.</exception>
    public static TabulatedInverter Read(string path)
    {
        InverterEntry entry = ReadEntry(path);
        return new TabulatedInverter
        {
            Name = entry.Name,
            SupplyVolts = entry.SupplyVolts,
            InterpolationErrorVolts = entry.InterpolationErrorVolts,
            OutputAmps = ReadTable(InnerPath.Of(path, entry.OutputFile), entry),
            PositiveRailAmps = ReadTable(InnerPath.Of(path, entry.SupplyFile), entry),
            Definition = entry.Subcircuit is null ? null : Definition(path, entry.Subcircuit),
        };
    }

    private static InverterDefinition Definition(string path, SubcircuitEntry entry)
    {
        try
        {
            return new InverterDefinition { Subcircuit = entry.Name, Ports = entry.Ports, Lines = entry.Lines };
        }
        catch (InvalidDesignException e)
        {
            throw new InputFileException(path, $"holds deck text that is no circuit. {e.Message}", innerException: e);
        }
    }

    /// <summary>Changes when any of an inverter's files changes.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <returns>A hexadecimal text.</returns>
    /// <exception cref="InputFileException">A file is missing or does not hold what the format asks for.</exception>
    public static string Fingerprint(string path)
    {
        InverterEntry entry = ReadEntry(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(InputBytes.Read(path));
        hash.AppendData(InputBytes.Read(InnerPath.Of(path, entry.OutputFile)));
        hash.AppendData(InputBytes.Read(InnerPath.Of(path, entry.SupplyFile)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void WriteTable(string path, TwoPortTable table) =>
        AtomicFile.Write(path, s => NpyFile.Write(s, table.Amps.Span, table.PointCount, table.PointCount));

    private static TwoPortTable ReadTable(string path, InverterEntry entry)
    {
        (double[] amps, int rows, int columns) = NpyFile.Read(path);
        if (rows != entry.PointCount || columns != entry.PointCount)
            throw new InputFileException(path, $"holds {rows} x {columns} currents; {entry.PointCount} x {entry.PointCount} are needed.");
        try
        {
            return new TwoPortTable(amps, entry.PointCount, entry.FirstVolts, entry.LastVolts);
        }
        catch (InvalidDesignException e)
        {
            throw new InputFileException(path, e.Message, innerException: e);
        }
    }

    private static InverterEntry ReadEntry(string path)
    {
        InverterEntry entry = JsonInput.Read<InverterEntry>(path, "a characterised inverter", "Write it with 'circuitsim characterize'.", Json);
        if (entry.SchemaVersion != SchemaVersion)
            throw new InputFileException(path, $"has schema version {entry.SchemaVersion}; this program reads version {SchemaVersion}.");
        if (!(entry.SupplyVolts > 0) || !double.IsFinite(entry.SupplyVolts))
            throw new InputFileException(path, FormattableString.Invariant($"gives a supply of {entry.SupplyVolts:R} V; it must be positive."));
        if (entry.Subcircuit is not null && entry.Subcircuit.Ports.Order().SequenceEqual(Enum.GetValues<InverterPort>()) is false)
            throw new InputFileException(path, "gives the subcircuit's ports as other than input, output, positiveRail and negativeRail, each once.");
        return entry;
    }

    private sealed record InverterEntry(
        int SchemaVersion, string Name, double SupplyVolts, int PointCount, double FirstVolts, double LastVolts, double InterpolationErrorVolts,
        string OutputFile, string SupplyFile, SubcircuitEntry? Subcircuit);

    private sealed record SubcircuitEntry(string Name, IReadOnlyList<InverterPort> Ports, IReadOnlyList<string> Lines);
}
