using System.Reflection;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.Data;

/// <summary>The data sets that an experiment can name: four inside the library, and full MNIST from a data folder.</summary>
public static class DataSets
{
    private const string MnistImages = "train-images-idx3-ubyte";
    private const string MnistLabels = "train-labels-idx1-ubyte";
    private const long MostSourceBytes = 1 << 20;

    /// <summary>Names of the sets inside the library, in the order to show them.</summary>
    public static IReadOnlyList<string> EmbeddedNames { get; } = ["mnist14", "iris", "wdbc", "wine"];

    /// <summary>Names of the sets that are read from a data folder.</summary>
    public static IReadOnlyList<string> FolderNames { get; } = ["mnist"];

    /// <summary>Class names of the digit sets.</summary>
    internal static IReadOnlyList<string> DigitNames { get; } = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>Opens a data set by name.</summary>
    /// <param name="name">One of <see cref="EmbeddedNames"/> or <see cref="FolderNames"/>.</param>
    /// <param name="dataFolder">Folder that holds <c>mnist/</c> or <c>data/mnist/</c>, or null when there is none.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="UnknownDataSetException">No set of that name exists; the message lists all names.</exception>
    /// <exception cref="InputFileException">A file of the data folder is missing or malformed.</exception>
    public static DataSet Open(string name, string? dataFolder = null) => name switch
    {
        "mnist14" => Mnist14(),
        "iris" => Table("iris", "iris.csv", "species", null),
        "wdbc" => Table("wdbc", "wdbc.csv", "diagnosis", ["B", "M"]),
        "wine" => Table("wine", "wine.csv", "class", null),
        "mnist" => Mnist(dataFolder),
        _ => throw new UnknownDataSetException(name, [.. EmbeddedNames, .. FolderNames]),
    };

    private static DataSet Mnist14()
    {
        using Stream stream = Resource("mnist14.pool.gz");
        return PooledDigits.Read(stream, "mnist14.pool.gz", "mnist14", Text("mnist14.SOURCE.md"));
    }

    private static DataSet Table(string name, string file, string labelColumn, IReadOnlyList<string>? classNames)
    {
        using var reader = new StreamReader(Resource(file));
        return TableReader.Read(reader, file, name, labelColumn, Text($"{name}.SOURCE.md"), classNames);
    }

    private static DataSet Mnist(string? dataFolder)
    {
        string folder = Folder(dataFolder, "mnist", "the IDX files");
        string sourcePath = Path.Combine(folder, "SOURCE.md"), imagePath = PlainOrCompressed(folder, MnistImages);
        string source = File.Exists(sourcePath) ? System.Text.Encoding.UTF8.GetString(InputBytes.Read(sourcePath, MostSourceBytes)) : $"MNIST, Y. LeCun, C. Cortes, C. J. C. Burges; read from {imagePath}";
        return Digits(imagePath, PlainOrCompressed(folder, MnistLabels), source);
    }

    /// <summary>Digits of a pair of IDX files.</summary>
    internal static DataSet Digits(string imagePath, string labelPath, string source)
    {
        IdxImages images = IdxReader.ReadImages(imagePath, labelPath);
        byte[] labels = IdxReader.ReadLabels(labelPath);
        int bad = Array.FindIndex(labels, l => l > 9);
        if (bad >= 0) throw new InputFileException(labelPath, $"label {bad} is {labels[bad]}; digits are 0 to 9.", byteOffset: 8 + bad);

        var inputs = new double[images.Pixels.Length];
        ReadOnlySpan<byte> pixels = images.Pixels.Span;
        for (int i = 0; i < inputs.Length; i++) inputs[i] = pixels[i] / 255.0;
        return new DataSet("mnist", images.Width * images.Height, inputs, [.. labels.Select(l => (int)l)], DigitNames, source,
            imageWidth: images.Width, imageHeight: images.Height);
    }

    /// <summary>The folder of a set below a data folder, or below its folder <c>data</c>.</summary>
    internal static string Folder(string? dataFolder, string set, string files)
    {
        if (dataFolder is null)
            throw new InputFileException(set, $"is not inside the library; name a data folder that holds {set}/ or data/{set}/ with {files}.");
        string folder = Path.Combine(dataFolder, set);
        if (!Directory.Exists(folder)) folder = Path.Combine(dataFolder, "data", set);
        return Directory.Exists(folder) ? folder
            : throw new InputFileException(dataFolder, $"holds neither {set}/ nor data/{set}/; put {files} there or name another data folder.");
    }

    internal static string PlainOrCompressed(string folder, string file)
    {
        string plain = Path.Combine(folder, file);
        return File.Exists(plain) ? plain : plain + ".gz";
    }

    private static string Text(string name)
    {
        using var reader = new StreamReader(Resource(name));
        return reader.ReadToEnd();
    }

    private static Stream Resource(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"CircuitSim.Training.Data.{name}")
        ?? throw new InvalidOperationException($"The library was built without its resource '{name}'.");
}
