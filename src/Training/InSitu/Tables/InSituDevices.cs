using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.InSitu.Tables;

/// <summary>Device technologies that an experiment can name: eight inside the library as parametric models, any other from a folder of tables.</summary>
public static class InSituDevices
{
    // Each device of a population has a table of its own in memory.
    private const int MostDevices = 1000;

    private const string Resource = "CircuitSim.Training.InSitu.devices.json", StandardFolder = "standard", PopulationPrefix = "multi", RangesFile = "devices.csv";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = false,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Lazy<IReadOnlyList<DeviceModels>> Embedded = new(ReadEmbedded);

    /// <summary>Names of the technologies inside the library, in the order to show them.</summary>
    public static IReadOnlyList<string> Names => [.. Embedded.Value.Select(d => d.Name)];

    /// <summary>Parametric models of a technology inside the library, with the errors of their fits.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The models, or null when none of that name ships.</returns>
    public static DeviceModels? Models(string name) => Embedded.Value.FirstOrDefault(d => d.Name == name);

    /// <summary>Opens a technology inside the library.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The device with the tables that its parametric models stand for.</returns>
    /// <exception cref="InvalidDesignException">None of that name ships; the message lists all names.</exception>
    public static InSituDevice Open(string name) =>
        Models(name)?.ToDevice()
        ?? throw new InvalidDesignException("Device for training in situ", [$"'{name}' is unknown; choose one of {string.Join(", ", Names)}, or name a folder of update tables."]);

    /// <summary>Reads a technology from a folder of full tables.</summary>
    /// <remarks>
    /// The typical device is the pair of files in the folder itself or in <c>standard/</c>; the population is the pairs in the folders of a
    /// folder <c>multi…/</c>, or the typical device scaled to each range of <c>devices.csv</c> (index, lowest, highest conductance), or the
    /// typical device alone. Without a typical device the first of the population stands for it.
    /// </remarks>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Name of the device; null takes the folder's.</param>
    /// <returns>The device.</returns>
    /// <exception cref="InputFileException">The folder is missing or holds no tables, or a file is malformed.</exception>
    /// <exception cref="InvalidDesignException">A table breaks a rule of update tables.</exception>
    public static InSituDevice ReadFolder(string folder, string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder)) throw new InputFileException(folder, "no such folder of update tables; check the path.");
        string own = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), inside = Path.Combine(folder, StandardFolder);
        UpdateTable? standard = HoldsPair(folder) ? UpdateTableReader.ReadFolder(folder)
            : HoldsPair(inside) ? UpdateTableReader.ReadFolder(inside) : null;
        string[] several = [.. Directory.EnumerateDirectories(folder).Where(d => Path.GetFileName(d).StartsWith(PopulationPrefix, StringComparison.Ordinal))];
        if (several.Length > 1)
            throw new InputFileException(folder, $"has several folders {PopulationPrefix}… ({string.Join(", ", several.Select(Path.GetFileName))}); name one population by keeping one of them.");
        UpdateTable[] population = several.Length == 1
            ? [.. Numbered(several[0]).Where(HoldsPair).Select(UpdateTableReader.ReadFolder)]
            : standard is null ? [] : Scaled(standard, Path.Combine(folder, RangesFile));
        standard ??= population.FirstOrDefault()
            ?? throw new InputFileException(folder, $"holds no update tables: neither {UpdateTableReader.IncreasingFile} nor {StandardFolder}/ nor a folder {PopulationPrefix}… with numbered folders.");
        if (population.Length == 0) population = [standard];
        return new InSituDevice(name ?? own, own, $"update tables of {own}", standard, population);
    }

    /// <summary>Writes models as the file that the library holds.</summary>
    /// <param name="models">The models.</param>
    /// <returns>JSON, one line a model.</returns>
    internal static string Write(IReadOnlyList<DeviceModels> models)
    {
        IEnumerable<string> devices = models.Select(d =>
        {
            string head = JsonSerializer.Serialize(d with { Population = [] }, Json).Replace(",\"population\":[]", "", StringComparison.Ordinal)[..^1];
            return $"{head},\"population\":[\n{string.Join(",\n", d.Population.Select(p => JsonSerializer.Serialize(p, Json)))}\n]}}";
        });
        return $"[\n{string.Join(",\n", devices)}\n]\n";
    }

    private static List<DeviceModels> ReadEmbedded()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The library was built without its resource '{Resource}'.");
        return JsonSerializer.Deserialize<List<DeviceModels>>(stream, Json)!;
    }

    private static bool HoldsPair(string folder) => File.Exists(Path.Combine(folder, UpdateTableReader.IncreasingFile));

    private static IEnumerable<string> Numbered(string folder) => Directory.EnumerateDirectories(folder)
        .OrderBy(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : int.MaxValue)
        .ThenBy(d => d, StringComparer.Ordinal);

    private static UpdateTable[] Scaled(UpdateTable standard, string path)
    {
        if (!File.Exists(path)) return [];
        string[] lines = [.. InputText.ReadLines(path)];
        var tables = new List<UpdateTable>();
        if (lines.Length > MostDevices + 1) throw new InputFileException(path, $"lists {lines.Length - 1} devices; at most {MostDevices} are supported.", MostDevices + 2);
        for (int i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            string[] cells = lines[i].Split(',');
            if (cells.Length != 3 || !double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double low)
                || !double.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double high) || !(low > 0) || !(high > low) || !double.IsFinite(high))
            {
                throw new InputFileException(path, $"'{CsvTable.Shown(lines[i])}' is no range; a line holds index, lowest and highest conductance, positive and rising.", i + 1);
            }

            tables.Add(standard.WithRange(low, high));
        }

        return [.. tables];
    }
}
