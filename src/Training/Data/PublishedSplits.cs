using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Data;

/// <summary>Data sets of a data folder whose training and test part are published apart: MNIST, and the beats of the MIT-BIH Arrhythmia Database.</summary>
public static class PublishedSplits
{
    private const string MnistTestImages = "t10k-images-idx3-ubyte", MnistTestLabels = "t10k-labels-idx1-ubyte";
    private const string MnistHalfImages = "t10k-first5000-images-idx3-ubyte", MnistHalfLabels = "t10k-first5000-labels-idx1-ubyte";

    /// <summary>Names of the sets.</summary>
    public static IReadOnlyList<string> Names { get; } = ["mnist", "mitdb"];

    /// <summary>Opens both parts of a set.</summary>
    /// <remarks>
    /// <c>mnist</c>: the 60 000 training images, and the 10 000 test images or, where the folder holds only those, the first 5000 of them, which are
    /// harder than the rest. <c>mitdb</c>: beats as feature vectors, records DS1 to train and DS2 to test (de Chazal et al., IEEE Trans. Biomed. Eng. 51, 2004).
    /// </remarks>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="dataFolder">Folder that holds the set's folder, or a folder <c>data</c> with it; null when there is none.</param>
    /// <returns>Training and test part.</returns>
    /// <exception cref="UnknownDataSetException">No set of that name exists.</exception>
    /// <exception cref="InputFileException">There is no data folder, or a file is missing or malformed.</exception>
    public static DataSplit Open(string name, string? dataFolder) => name switch
    {
        "mnist" => Mnist(dataFolder),
        "mitdb" => HeartbeatReader.Read(Path.Combine(DataSets.Folder(dataFolder, "mitdb", "beats.csv.gz"), "beats.csv.gz")),
        _ => throw new UnknownDataSetException(name, Names),
    };

    private static DataSplit Mnist(string? dataFolder)
    {
        string folder = DataSets.Folder(dataFolder, "mnist", "the IDX files");
        DataSet training = DataSets.Open("mnist", dataFolder);
        string whole = DataSets.PlainOrCompressed(folder, MnistTestImages);
        bool isWhole = File.Exists(whole);
        DataSet test = DataSets.Digits(
            isWhole ? whole : DataSets.PlainOrCompressed(folder, MnistHalfImages), DataSets.PlainOrCompressed(folder, isWhole ? MnistTestLabels : MnistHalfLabels), training.Source);
        return new DataSplit(training, test);
    }
}
