using System.IO.Compression;
using System.Text;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.TestSupport;
using CircuitSim.Training.Bayesian;
using CircuitSim.Training.Data;
using CircuitSim.Training.InSitu.Tables;
using CircuitSim.Training.Layers;
using CircuitSim.Training.Tests.ArchitectureAware;

namespace CircuitSim.Training.Tests.Data;

/// <summary>A damaged data set, table or network gives a description or an error of this project, never a crash, whatever the reader.</summary>
[Trait("Kind", "property")]
public class ReaderFuzzTests
{
    private static readonly Func<Exception, bool> IsTyped = e => e is CircuitSimException;

    [Fact]
    public void Tables() => Run(300, ("t.csv", "a,kind,b\n1.5,x,2e-3\n2,y,4\n3,x,-5\n\"4\",y,1\n"u8.ToArray()), root => TableReader.Read(Path.Combine(root, "t.csv"), "t", "kind", "test"));

    [Fact]
    public void Images() => Run(300, ("i", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, .. new byte[12]]), root => IdxReader.ReadImages(Path.Combine(root, "i")));

    [Fact]
    public void Packed_images_with_labels() => ReaderFuzz.Run(
        new Dictionary<string, byte[]>
        {
            ["mnist/train-images-idx3-ubyte.gz"] = Packed([0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 2, 0, 0, 0, 3, .. new byte[60]]),
            ["mnist/train-labels-idx1-ubyte.gz"] = Packed([0, 0, 8, 1, 0, 0, 0, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        }, root => DataSets.Open("mnist", root), IsTyped, ReaderFuzz.Seeds(300));

    [Fact]
    public void Batches_of_colour_images() => Run(200, ("b.bin", [3, .. Noise(3072), 9, .. Noise(3072)]), root => CifarReader.Read([Path.Combine(root, "b.bin")]));

    [Fact]
    public void Heartbeats()
    {
        string header = "split,aami,rr_prev,rr_next,rr_mean10,qrs_samples,peak_uv,ptp_uv," + string.Join(',', Enumerable.Range(0, 24).Select(i => $"m{i:D2}"));
        string row(string split, string label) => $"{split},{label},300,310,305,40,900,1200,{string.Join(',', Enumerable.Range(0, 24))}";
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', header, row("DS1", "N"), row("DS1", "V"), row("DS2", "S"), row("DS2", "Q"), row("paced", "F"), ""));

        ReaderFuzz.Run(new Dictionary<string, byte[]> { ["plain.csv"] = text }, root =>
        {
            Directory.CreateDirectory(Path.Combine(root, "mitdb"));
            File.WriteAllBytes(Path.Combine(root, "mitdb", "beats.csv.gz"), Packed(File.ReadAllBytes(Path.Combine(root, "plain.csv"))));
            PublishedSplits.Open("mitdb", root);
        }, IsTyped, ReaderFuzz.Seeds(200));
    }

    [Fact]
    public void Update_tables()
    {
        const string up = "title\n1e-6,2e-6,3e-6\n0,0.5,1\n1e-7,1e-7,1e-7\n2e-7,2e-7,2e-7\n3e-7,3e-7,3e-7\n", down = "title\n1e-6,2e-6,3e-6\n0,0.5,1\n-3e-7,-3e-7,-3e-7\n-2e-7,-2e-7,-2e-7\n-1e-7,-1e-7,-1e-7\n";
        ReaderFuzz.Run(
            new Dictionary<string, byte[]>
            {
                ["dev/dG_increasing.txt"] = Encoding.UTF8.GetBytes(up),
                ["dev/dG_decreasing.txt"] = Encoding.UTF8.GetBytes(down),
                ["dev/devices.csv"] = "index,low,high\n1,1e-6,3e-6\n2,2e-6,5e-6\n"u8.ToArray(),
            }, root => InSituDevices.ReadFolder(Path.Combine(root, "dev")), IsTyped, ReaderFuzz.Seeds(300));
    }

    [Fact]
    public void Pulse_trains()
    {
        var text = new StringBuilder("pulse,polarity,conductance\n");
        for (int train = 0; train < 4; train++)
            for (int k = 0; k < 30; k++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{k + 1},{(train % 2 == 0 ? "set" : "reset")},{(train % 2 == 0 ? 1 + k : 30 - k) * 1e-6 + train * 1e-8}\n");
        Run(300, ("p.csv", Encoding.UTF8.GetBytes(text.ToString())), root => UpdateTableBuilder.Build("p", PulseTrainReader.Read(Path.Combine(root, "p.csv"))));
    }

    [Fact]
    public void Image_networks()
    {
        using var folder = new TemporaryFolder();
        TrainedImageNetworkFile.Write(folder.File("n.net"), ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, TinyNetworks.Options with { Epochs = 1 }));
        Run(300, ("n.net", File.ReadAllBytes(folder.File("n.net"))), root => TrainedImageNetworkFile.Read(Path.Combine(root, "n.net")));
    }

    [Fact]
    public void Checkpoints()
    {
        using var folder = new TemporaryFolder();
        ImageTrainingOptions once = TinyNetworks.Options with { Epochs = 1 };
        ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, once, checkpointPath: folder.File("c"));
        Run(100, ("c", File.ReadAllBytes(folder.File("c"))), root => ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, once, checkpointPath: Path.Combine(root, "c")));
    }

    [Fact]
    public void Posteriors()
    {
        using var folder = new TemporaryFolder();
        PosteriorFile.Write(folder.File("model.json"), BayesianNetwork.Sample(
            [1, 2], [-1, -0.5, 0.2, 0.6, 1], [0, 0, 1, 0, 1], new BayesianNetworkOptions { Sampler = new NutsOptions { ChainCount = 2, WarmUpCount = 100, DrawCount = 10 } }));
        ReaderFuzz.Run(Directory.GetFiles(folder.Root).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes), root => PosteriorFile.Read(Path.Combine(root, "model.json")), IsTyped, ReaderFuzz.Seeds(300));
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte.gz", 0, "magic number is 0")]
    [InlineData("train-images-idx3-ubyte.gz", 10, "goes on for 1048576 or more bytes")]
    public void A_packed_file_of_endless_zeros_is_refused_by_its_header(string name, int count, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            if (count > 0) gzip.Write([0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 28, 0, 0, 0, 28]);
            var zeros = new byte[1 << 20];
            for (int k = 0; k < 300; k++) gzip.Write(zeros);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        InputFileException error = Assert.Throws<InputFileException>(() => IdxReader.ReadImages(path));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.Path);
        // The header, what it announces, and a buffer to look for more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void A_header_that_announces_more_than_can_be_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("images");
        File.WriteAllBytes(path, [0, 0, 8, 3, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]);

        Assert.Contains("at most 1073741824 bytes", Assert.Throws<InputFileException>(() => IdxReader.ReadImages(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_batch_of_endless_images_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("data_batch_1.bin.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            var zeros = new byte[3073 * 1000];
            for (int k = 0; k < 51; k++) gzip.Write(zeros);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("more than 50000 records", Assert.Throws<InputFileException>(() => CifarReader.Read([path])).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    private static byte[] Noise(int count)
    {
        var random = new CounterRandom(1, "noise");
        return [.. Enumerable.Range(0, count).Select(i => (byte)random.Below((ulong)i, 256))];
    }

    private static byte[] Packed(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return memory.ToArray();
    }

    private static void Run(int seeds, (string Name, byte[] Bytes) file, Action<string> read) =>
        ReaderFuzz.Run(new Dictionary<string, byte[]> { [file.Name] = file.Bytes }, read, IsTyped, ReaderFuzz.Seeds(seeds));
}
