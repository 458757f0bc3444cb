using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Data;

/// <summary>Image sets that are read from a data folder: MNIST (IDX files) and CIFAR-10 (binary batches), plain or gzip-compressed.</summary>
public static class ImageSets
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["mnist", "cifar10"];

    /// <summary>Opens a set.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="dataFolder">Folder that holds <c>mnist/</c> and <c>cifar10/</c>, or <c>data/</c> with them; null when there is none.</param>
    /// <returns>Training and test images. The whole test file is taken where it is there, else its first 5000 images under <c>…first5000…</c>.</returns>
    /// <exception cref="UnknownDataSetException">No set of that name exists.</exception>
    /// <exception cref="InputFileException">A file is missing or malformed; the message names it.</exception>
    public static ImageSplit Open(string name, string? dataFolder) => name switch
    {
        "mnist" => Mnist(Folder(name, dataFolder)),
        "cifar10" => Cifar(Folder(name, dataFolder)),
        _ => throw new UnknownDataSetException(name, [.. Names]),
    };

    private static string Folder(string name, string? dataFolder)
    {
        if (dataFolder is null)
            throw new InputFileException(name, $"is not inside the library; name a data folder that holds {name}/ or data/{name}/, with --data or CIRCUITSIM_DATA.");
        string[] places = [Path.Combine(dataFolder, name), Path.Combine(dataFolder, "data", name)];
        return places.FirstOrDefault(Directory.Exists)
            ?? throw new InputFileException(dataFolder, $"holds neither {name}/ nor data/{name}/; put the files there or name another data folder.");
    }

    private static ImageSplit Mnist(string folder) => new(
        Digits(Find(folder, "train-images-idx3-ubyte"), Find(folder, "train-labels-idx1-ubyte")),
        Digits(Find(folder, "t10k-images-idx3-ubyte", "t10k-first5000-images-idx3-ubyte"), Find(folder, "t10k-labels-idx1-ubyte", "t10k-first5000-labels-idx1-ubyte")));

    private static LabelledImages Digits(string imagePath, string labelPath)
    {
        IdxImages images = IdxReader.ReadImages(imagePath, labelPath);
        byte[] labels = IdxReader.ReadLabels(labelPath);
        int bad = labels.AsSpan().IndexOfAnyInRange((byte)10, byte.MaxValue);
        if (bad >= 0) throw new InputFileException(labelPath, $"label {bad} is {labels[bad]}; digits are 0 to 9.", byteOffset: 8 + bad);
        return new LabelledImages("mnist", images.Height, images.Width, 1, images.Pixels.Span, labels, DataSets.DigitNames);
    }

    private static ImageSplit Cifar(string folder)
    {
        string[] training = [.. Enumerable.Range(1, 5).SelectMany(b => (string[])[Path.Combine(folder, $"data_batch_{b}.bin"), Path.Combine(folder, $"data_batch_{b}.bin.gz")]).Where(File.Exists)];
        if (training.Length == 0) throw new InputFileException(folder, "holds no data_batch_1.bin to data_batch_5.bin, plain or as .gz; put the binary version of CIFAR-10 there.");
        return new ImageSplit(CifarReader.Read(training), CifarReader.Read([Find(folder, "test_batch.bin", "test_batch_first5000.bin")]));
    }

    private static string Find(string folder, params string[] files) =>
        files.SelectMany(f => (string[])[Path.Combine(folder, f), Path.Combine(folder, f + ".gz")]).FirstOrDefault(File.Exists)
        ?? throw new InputFileException(Path.Combine(folder, files[0]), "is missing, plain and as .gz; put it there or name another data folder.");
}
