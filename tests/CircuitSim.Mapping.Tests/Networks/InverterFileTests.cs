using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Networks;

[Trait("Kind", "closed form")]
public sealed class InverterFileTests : IDisposable
{
    private const int Points = 9;

    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("mine.json");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_is_read(bool hasDefinition)
    {
        TabulatedInverter written = Inverter(hasDefinition);

        InverterFile.Write(FilePath, written);
        TabulatedInverter read = InverterFile.Read(FilePath);

        Assert.Equal(("mine", 0.5, 3e-12), (read.Name, read.SupplyVolts, read.InterpolationErrorVolts));
        Assert.Equal(written.OutputAmps.Amps.ToArray(), read.OutputAmps.Amps.ToArray());
        Assert.Equal(written.PositiveRailAmps.Amps.ToArray(), read.PositiveRailAmps.Amps.ToArray());
        Assert.Equal(written.OutputCurrent(0.1, -0.2, 0.5), read.OutputCurrent(0.1, -0.2, 0.5));
        Assert.Equal(written.Definition?.Lines, read.Definition?.Lines);
        Assert.Equal(written.Definition?.Ports, read.Definition?.Ports);
        Assert.Equal(written.Definition?.Subcircuit, read.Definition?.Subcircuit);
    }

    [Fact]
    public void The_fingerprint_changes_with_a_table()
    {
        InverterFile.Write(FilePath, Inverter(true));
        string before = InverterFile.Fingerprint(FilePath);
        string table = InverterFile.Paths(FilePath)[1];
        byte[] bytes = File.ReadAllBytes(table);
        bytes[^1] ^= 1;

        File.WriteAllBytes(table, bytes);

        Assert.NotEqual(before, InverterFile.Fingerprint(FilePath));
    }

    [Theory]
    [InlineData("{", "not a characterised inverter")]
    [InlineData("null", "holds null")]
    [InlineData("\"schemaVersion\": 1", "schema version")]
    [InlineData("\"supplyVolts\": 0.5", "must be positive")]
    [InlineData("\"pointCount\": 9", "are needed")]
    [InlineData("\"input\"", "each once")]
    [InlineData("\"name\"", "not a characterised inverter")]
    public void A_broken_file_is_refused(string piece, string complaint)
    {
        InverterFile.Write(FilePath, Inverter(true));
        string text = File.ReadAllText(FilePath);
        File.WriteAllText(FilePath, piece switch
        {
            "{" or "null" => piece,
            "\"schemaVersion\": 1" => text.Replace(piece, "\"schemaVersion\": 9", StringComparison.Ordinal),
            "\"supplyVolts\": 0.5" => text.Replace(piece, "\"supplyVolts\": -1", StringComparison.Ordinal),
            "\"pointCount\": 9" => text.Replace(piece, "\"pointCount\": 10", StringComparison.Ordinal),
            "\"input\"" => text.Replace(piece, "\"output\"", StringComparison.Ordinal),
            _ => text.Replace(piece, "\"nome\"", StringComparison.Ordinal),
        });

        var error = Assert.Throws<InputFileException>(() => InverterFile.Read(FilePath));

        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_table_is_named()
    {
        InverterFile.Write(FilePath, Inverter(true));
        File.Delete(InverterFile.Paths(FilePath)[2]);

        Assert.Contains("mine.supply.npy", Assert.Throws<InputFileException>(() => InverterFile.Read(FilePath)).Message, StringComparison.Ordinal);
    }

    private static TabulatedInverter Inverter(bool hasDefinition) => new()
    {
        Name = "mine",
        SupplyVolts = 0.5,
        InterpolationErrorVolts = 3e-12,
        OutputAmps = Table((i, j) => -1e-6 * i - 2e-6 * j),
        PositiveRailAmps = Table((i, j) => 1e-6 * (20 - i)),
        Definition = !hasDefinition ? null : new InverterDefinition
        {
            Subcircuit = "inv",
            Ports = [InverterPort.NegativeRail, InverterPort.Input, InverterPort.Output, InverterPort.PositiveRail],
            Lines = [".subckt inv vn a y vp", "r1 a y 1k", ".ends"],
        },
    };

    private static TwoPortTable Table(Func<int, int, double> amps) =>
        new(Enumerable.Range(0, Points * Points).Select(k => amps(k / Points, k % Points)).ToArray(), Points, -0.3, 0.3);
}
