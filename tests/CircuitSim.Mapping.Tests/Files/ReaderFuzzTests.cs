using System.Text;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Devices.Fitting;
using CircuitSim.Mapping.Files;
using CircuitSim.Mapping.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Files;

/// <summary>A damaged file gives a description or an error of this project, never a crash, whatever the reader.</summary>
[Trait("Kind", "property")]
public class ReaderFuzzTests
{
    private const string Card = """
        {
          "schemaVersion": 1,
          "name": "mine",
          "minimumSiemens": 1e-6,
          "maximumSiemens": 1e-4,
          "source": "measured",
          "technology": "oxide",
          "validity": "300 K",
          "assumptions": ["ends of the window"],
          "levels": [1e-6, 2e-5, 1e-4],
          "programmingError": { "source": "own", "isAfterVerify": false, "quantiles": { "probabilities": [0, 0.5, 1], "targetSiemens": [1e-6, 1e-4], "deviationSiemens": [[-1e-7, 0, 1e-7], [-1e-6, 0, 2e-6]] } },
          "drift": { "source": "own", "seconds": [1, 100], "deviationSiemens": [[[-1e-7, 0, 1e-7], [-1e-6, 0, 2e-6]], [[-2e-7, 0, 2e-7], [-3e-6, 0, 3e-6]]] },
          "readNoise": { "source": "own", "siemens": 1e-8 },
          "faults": { "stuckLow": 0.01, "stuckHigh": 0.01, "stuckAnywhere": 0, "source": "own" },
          "pulseEnergyJoules": 1e-12
        }
        """;

    private const string Samples = "target_siemens,measured_siemens,time_seconds,cycle\n1e-6,1.1e-6,1,a\n1e-6,0.9e-6,1,b\n1e-5,1.1e-5,1,a\n1e-5,1.0e-5,1,b\n1e-5,1.2e-5,10,a\n1e-6,1.2e-6,10,a\n";

    private static readonly Func<Exception, bool> IsTyped = e => e is CircuitSimException;

    [Fact]
    public void Device_cards() => Run(300, ("card.json", Encoding.UTF8.GetBytes(Card)), folder => DeviceCardFile.Read(Path.Combine(folder, "card.json")));

    [Fact]
    public void Cards_with_a_polynomial() => Run(
        300,
        ("card.json", """{"schemaVersion":1,"name":"p","minimumSiemens":0,"maximumSiemens":1e-4,"source":"s","programmingError":{"source":"own","polynomial":{"scaleSiemens":1e-6,"spreadSiemens":[1e-7,2e-8]}}}"""u8.ToArray()),
        folder => DeviceCardFile.Read(Path.Combine(folder, "card.json")));

    [Fact]
    public void Tables_of_measured_devices() => Run(300, ("samples.csv", Encoding.UTF8.GetBytes(Samples)), folder => DeviceSamples.Read(Path.Combine(folder, "samples.csv")));

    [Fact]
    public void Matrices() => Run(300, ("m.npy", Matrix(3, 4)), folder => NpyFile.Read(Path.Combine(folder, "m.npy")));

    [Fact]
    public void Trained_networks()
    {
        using var folder = new TemporaryFolder();
        TrainedNetworkFile.Write(folder.File("model.json"), new TrainedNetwork(0.5, 7.33, "tanh", [new TrainedLayer(2, 3, new double[18]), new TrainedLayer(3, 2, new double[16])]));
        ReaderFuzz.Run(Files(folder), root => TrainedNetworkFile.Read(Path.Combine(root, "model.json")), IsTyped, ReaderFuzz.Seeds(300));
    }

    [Fact]
    public void Characterised_inverters()
    {
        using var folder = new TemporaryFolder();
        double[] amps = [.. Enumerable.Range(0, 81).Select(k => 1e-6 * (k / 9 - k % 9))];
        InverterFile.Write(folder.File("inv.json"), new TabulatedInverter
        {
            Name = "inv",
            SupplyVolts = 0.5,
            InterpolationErrorVolts = 1e-4,
            OutputAmps = new TwoPortTable(amps, 9, -0.3, 0.3),
            PositiveRailAmps = new TwoPortTable(amps, 9, -0.3, 0.3),
            Definition = new InverterDefinition { Subcircuit = "inv", Ports = [InverterPort.Input, InverterPort.Output, InverterPort.PositiveRail, InverterPort.NegativeRail], Lines = [".subckt inv a b c d", ".ends"] },
        });
        ReaderFuzz.Run(Files(folder), root =>
        {
            InverterFile.Read(Path.Combine(root, "inv.json"));
            InverterFile.Fingerprint(Path.Combine(root, "inv.json"));
        }, IsTyped, ReaderFuzz.Seeds(300));
    }

    [Theory]
    [InlineData("{\"levels\":[1e-6,null]", "a list holds null")]
    [InlineData("{\"name\":\"a\\ud800\"", "no valid Unicode")]
    [InlineData("{\"maximumSiemens\":1e999", "beyond the range of doubles")]
    public void What_the_serialiser_lets_through_is_refused_with_its_line(string start, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("card.json");
        File.WriteAllText(path, Card.Replace("{\n  \"schemaVersion\"", start + ",\n  \"schemaVersion\"", StringComparison.Ordinal));

        InputFileException error = Assert.Throws<InputFileException>(() => DeviceCardFile.Read(path));

        Assert.Equal(1, error.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("card.json");
        byte[] bytes = Encoding.UTF8.GetBytes(Card);
        bytes[Array.IndexOf(bytes, (byte)'m', 40)] = 0xFF;
        File.WriteAllBytes(path, bytes);

        Assert.IsType<InputFileException>(Record.Exception(() => DeviceCardFile.Read(path)));
    }

    [Theory]
    [InlineData("../model.theta1.npy")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\u0000")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("c:\\\\theta.npy")]
    public void Files_that_a_model_names_stand_beside_it(string name)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.json");
        TrainedNetworkFile.Write(path, new TrainedNetwork(0.5, 7.33, "tanh", [new TrainedLayer(2, 3, new double[18])]));
        File.WriteAllText(path, File.ReadAllText(path).Replace("model.theta1.npy", name, StringComparison.Ordinal));

        InputFileException error = Assert.Throws<InputFileException>(() => TrainedNetworkFile.Read(path));

        Assert.Contains("as a plain name without '..'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_elsewhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.json"), weights = folder.File("model.theta1.npy");
        TrainedNetworkFile.Write(path, new TrainedNetwork(0.5, 7.33, "tanh", [new TrainedLayer(2, 3, new double[18])]));
        File.Move(weights, folder.File("elsewhere.npy"));
        File.CreateSymbolicLink(weights, folder.File("elsewhere.npy"));

        Assert.Contains("is a link", Assert.Throws<InputFileException>(() => TrainedNetworkFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("/proc/self/environ")]
    public void Devices_are_not_opened(string path)
    {
        Skip.IfNot(File.Exists(path), $"there is no {path} here");

        Assert.Empty(InputBytes.Read(path));
        Assert.Throws<InputFileException>(() => NpyFile.Read(path));
        Assert.Throws<InputFileException>(() => DeviceCardFile.Read(path));
        Assert.Throws<InputFileException>(() => CsvTable.Read(path));
    }

    [Fact]
    public void A_folder_a_NUL_and_a_large_file_are_named()
    {
        using var folder = new TemporaryFolder();
        string large = folder.File("large.json");
        using (FileStream stream = File.Create(large)) stream.SetLength(3L << 30);

        Assert.Contains("is a folder", Assert.Throws<InputFileException>(() => InputBytes.Read(folder.Root)).Message, StringComparison.Ordinal);
        Assert.Contains("NUL", Assert.Throws<InputFileException>(() => InputBytes.Read("a\0b")).Message, StringComparison.Ordinal);
        Assert.Contains("at most 268435456", Assert.Throws<InputFileException>(() => DeviceCardFile.Read(large)).Message, StringComparison.Ordinal);
        Assert.Contains("at most 268435456", Assert.Throws<InputFileException>(() => CsvTable.Read(large)).Message, StringComparison.Ordinal);
        Assert.Contains("at most 1073741824", Assert.Throws<InputFileException>(() => NpyFile.Read(large)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), ", "C-order")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), ", "'<f8'")]
    [InlineData("'descr': '>f8', 'fortran_order': False, 'shape': (2, 3), ", "'<f8'")]
    [InlineData("'descr': '|O', 'fortran_order': False, 'shape': (2, 3), ", "'<f8'")]
    [InlineData("'descr': '<f8', 'fortran_order': False, 'shape': (6,), ", "two-dimensional")]
    [InlineData("'descr': '<f8', 'fortran_order': False, 'shape': (999999999, 999999999), ", "999999999 x 999999999 doubles need 7999999984000000136")]
    [InlineData("'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 3), ", "two-dimensional")]
    [InlineData("'descr': '<f8', 'fortran_order': False, 'shape': (-2, 3), ", "two-dimensional")]
    public void Other_matrices_are_refused_with_what_they_hold(string header, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("m.npy"), text = ("{" + header + "}").PadRight(117) + "\n";
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text), .. new byte[48]]);

        InputFileException error = Assert.Throws<InputFileException>(() => NpyFile.Read(path));

        Assert.Equal(path, error.Path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Matrix(int rows, int columns)
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, [.. Enumerable.Range(0, rows * columns).Select(k => (double)k)], rows, columns);
        return stream.ToArray();
    }

    private static Dictionary<string, byte[]> Files(TemporaryFolder folder) => Directory.GetFiles(folder.Root).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);

    private static void Run(int seeds, (string Name, byte[] Bytes) file, Action<string> read) =>
        ReaderFuzz.Run(new Dictionary<string, byte[]> { [file.Name] = file.Bytes }, read, IsTyped, ReaderFuzz.Seeds(seeds));
}
