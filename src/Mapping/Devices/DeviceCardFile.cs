using System.Text.Json;
using System.Text.Json.Serialization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Mapping.Devices;

/// <summary>Device cards of a user's own on disk: one JSON file a card, as <c>circuitsim devices fit</c> writes it or written by hand.</summary>
/// <remarks>An unknown key is an error. <c>programmingError</c> is a polynomial (<c>scaleSiemens</c>, <c>spreadSiemens</c>) or a table of quantiles.
/// <c>assumptionParts</c> says of an assumption which part of the card it concerns, for example <c>"drift"</c>.</remarks>
public static class DeviceCardFile
{
    private const int SchemaVersion = 1;

    private static readonly JsonSerializerOptions Json = new(StrictJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a card whose programming error is a polynomial or a table, and whose drift, if any, is measured.</summary>
    /// <param name="path">Where the file shall stand.</param>
    /// <param name="card">The card.</param>
    /// <exception cref="ArgumentException">The card holds a law that the format has no words for, as most published cards do.</exception>
    public static void Write(string path, DeviceCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        CardEntry entry = Entry(card);
        AtomicFile.Write(path, s =>
        {
            JsonSerializer.Serialize(s, entry, Json);
            s.WriteByte((byte)'\n');
        });
    }

    /// <summary>Reads a card.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The card.</returns>
    /// <exception cref="InputFileException">The file is missing, no such JSON, or breaks a rule of cards; the message says which.</exception>
    public static DeviceCard Read(string path)
    {
        CardEntry entry = JsonInput.Read<CardEntry>(path, "a device card", "Write it with 'circuitsim devices fit', or by the documentation.", Json);
        try
        {
            return entry.SchemaVersion == SchemaVersion
                ? Card(entry)
                : throw new InputFileException(path, $"has schema version {entry.SchemaVersion}; this program reads {SchemaVersion}.");
        }
        catch (Exception e) when (e is InvalidDesignException or ArgumentException)
        {
            throw new InputFileException(path, e.Message, innerException: e);
        }
    }

    private static CardEntry Entry(DeviceCard card)
    {
        ErrorEntry? error = card.ProgrammingError switch
        {
            null => null,
            GaussianProgrammingError g => new ErrorEntry(g.Source, g.IsAfterVerify, Polynomial: new PolynomialEntry(g.Spread.ScaleSiemens, g.Spread.Coefficients)),
            EmpiricalProgrammingError e => new ErrorEntry(e.Source, e.IsAfterVerify, Quantiles: new QuantileEntry(e.Table.Probabilities, e.Table.TargetSiemens, e.Table.DeviationSiemens)),
            var other => throw NotWritable(card, other.GetType().Name),
        };
        DriftEntry? drift = card.Drift switch
        {
            null => null,
            EmpiricalDrift d => new DriftEntry(d.Source, [.. d.Points.Select(p => p.Seconds)], [.. d.Points.Select(p => p.Table.DeviationSiemens)]),
            var other => throw NotWritable(card, other.GetType().Name),
        };
        NoiseEntry? noise = card.ReadNoise switch
        {
            null => null,
            ConstantReadNoise c => new NoiseEntry(c.Source, c.Siemens),
            var other => throw NotWritable(card, other.GetType().Name),
        };
        if (card.Conduction is not null) throw NotWritable(card, card.Conduction.GetType().Name);
        return new CardEntry(
            SchemaVersion, card.Name, card.MinimumSiemens, card.MaximumSiemens, card.Source, card.Technology, card.Validity, card.Assumptions, card.Levels,
            error, drift, noise, card.Faults is { } f ? new FaultEntry(f.StuckLow, f.StuckHigh, f.StuckAnywhere, f.Source) : null, card.PulseEnergyJoules,
            card.AssumptionParts.Count > 0 ? card.AssumptionParts : null);
    }

    private static DeviceCard Card(CardEntry entry)
    {
        EmpiricalDrift? drift = null;
        if (entry.Drift is { } d)
        {
            if (entry.ProgrammingError?.Quantiles is not { } table)
                throw new InvalidDesignException($"Device card '{entry.Name}'", ["Measured drift needs the programming error as quantiles, whose targets and probabilities it shares."]);
            if (d.Seconds.Count != d.DeviationSiemens.Count)
                throw new InvalidDesignException($"Device card '{entry.Name}'", [$"Drift has {d.DeviationSiemens.Count} tables for {d.Seconds.Count} times."]);
            drift = new EmpiricalDrift([.. d.Seconds.Zip(d.DeviationSiemens, (seconds, rows) => (seconds, new QuantileTable(table.Probabilities, table.TargetSiemens, rows)))])
            {
                Source = d.Source,
                FirstSeconds = d.Seconds[0],
                LastSeconds = d.Seconds[^1],
            };
        }

        if (entry.PulseEnergyJoules < 0 || entry.ReadNoise?.Siemens < 0)
            throw new InvalidDesignException($"Device card '{entry.Name}'", ["Pulse energy and read noise are at least 0."]);
        if (entry.ProgrammingError?.Polynomial is { } polynomial && !(polynomial.ScaleSiemens > 0))
            throw new InvalidDesignException($"Device card '{entry.Name}'", ["The scale of a polynomial is a positive number of siemens."]);
        return new DeviceCard(entry.Name, entry.MinimumSiemens, entry.MaximumSiemens, entry.Source)
        {
            Technology = entry.Technology ?? "",
            Validity = entry.Validity ?? "",
            Assumptions = entry.Assumptions ?? [],
            AssumptionParts = entry.AssumptionParts ?? new Dictionary<string, DevicePart>(),
            Levels = entry.Levels ?? [],
            ProgrammingError = Error(entry),
            Drift = drift,
            ReadNoise = entry.ReadNoise is { } n ? new ConstantReadNoise(n.Siemens) { Source = n.Source } : null,
            Faults = entry.Faults is { } f ? new FaultRates(f.StuckLow, f.StuckHigh, f.StuckAnywhere) { Source = f.Source ?? "" } : null,
            PulseEnergyJoules = entry.PulseEnergyJoules,
        };
    }

    private static ProgrammingError? Error(CardEntry entry) => entry.ProgrammingError switch
    {
        null => null,
        { Polynomial: { } p, Quantiles: null } e => new GaussianProgrammingError(new SpreadPolynomial(p.ScaleSiemens, [.. p.SpreadSiemens])) { Source = e.Source, IsAfterVerify = e.IsAfterVerify },
        { Polynomial: null, Quantiles: { } q } e => new EmpiricalProgrammingError(new QuantileTable(q.Probabilities, q.TargetSiemens, q.DeviationSiemens)) { Source = e.Source, IsAfterVerify = e.IsAfterVerify },
        _ => throw new InvalidDesignException($"Device card '{entry.Name}'", ["A programming error is either a polynomial or a table of quantiles."]),
    };

    private static ArgumentException NotWritable(DeviceCard card, string law) =>
        new($"Card '{card.Name}' holds the law {law}, which card files have no words for; open it by its name.", nameof(card));

    private sealed record CardEntry(
        int SchemaVersion, string Name, double MinimumSiemens, double MaximumSiemens, string Source,
        string? Technology = null, string? Validity = null, IReadOnlyList<string>? Assumptions = null, IReadOnlyList<double>? Levels = null,
        ErrorEntry? ProgrammingError = null, DriftEntry? Drift = null, NoiseEntry? ReadNoise = null, FaultEntry? Faults = null, double? PulseEnergyJoules = null,
        IReadOnlyDictionary<string, DevicePart>? AssumptionParts = null);

    private sealed record ErrorEntry(string Source, bool IsAfterVerify = false, PolynomialEntry? Polynomial = null, QuantileEntry? Quantiles = null);

    private sealed record PolynomialEntry(double ScaleSiemens, IReadOnlyList<double> SpreadSiemens);

    private sealed record QuantileEntry(IReadOnlyList<double> Probabilities, IReadOnlyList<double> TargetSiemens, IReadOnlyList<IReadOnlyList<double>> DeviationSiemens);

    private sealed record DriftEntry(string Source, IReadOnlyList<double> Seconds, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> DeviationSiemens);

    private sealed record NoiseEntry(string Source, double Siemens);

    private sealed record FaultEntry(double StuckLow, double StuckHigh, double StuckAnywhere = 0, string? Source = null);
}
