using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Networks;

[Trait("Kind", "property")]
public sealed class TrainedNetworkFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reading_back_gives_every_bit()
    {
        TrainedNetwork network = NetworkMapperTests.Network(7.33, 0.1, -1.0 / 3, 1e-300, -40);
        string path = _folder.File("model.json");

        TrainedNetworkFile.Write(path, network);
        TrainedNetwork read = TrainedNetworkFile.Read(path);

        Assert.Equal(network.Layers[0].Theta.ToArray(), read.Layers[0].Theta.ToArray());
        Assert.Equal((network.SupplyVolts, network.ConductanceRatio, network.NeuronCurve), (read.SupplyVolts, read.ConductanceRatio, read.NeuronCurve));
        Assert.Equal(["model.json", "model.theta1.npy"], Directory.GetFiles(_folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var e = Assert.Throws<InputFileException>(() => TrainedNetworkFile.Read(_folder.File("nowhere.json")));

        Assert.Contains("nowhere.json", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_cut_short_are_named_with_their_length()
    {
        string path = _folder.File("model.json");
        TrainedNetworkFile.Write(path, NetworkMapperTests.Network(7.33, 1, 2, 3, 4));
        string weights = _folder.File("model.theta1.npy");
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..^3]);

        var e = Assert.Throws<InputFileException>(() => TrainedNetworkFile.Read(path));

        Assert.Equal(weights, e.Path);
        Assert.Contains("157 bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_no_network_is_refused_with_its_line()
    {
        File.WriteAllText(_folder.File("model.json"), "{\n \"schemaVersion\": 1,\n nonsense }");

        var e = Assert.Throws<InputFileException>(() => TrainedNetworkFile.Read(_folder.File("model.json")));

        Assert.Equal(3, e.Line);
    }

    [Fact]
    public void Layers_that_do_not_fit_are_refused() =>
        Assert.Throws<InvalidDesignException>(() => new TrainedNetwork(0.5, 7.33, "tanh",
            [new TrainedLayer(1, 2, new double[8]), new TrainedLayer(3, 1, new double[8])]));
}
