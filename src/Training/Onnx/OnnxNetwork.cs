using CircuitSim.Circuit.Errors;
using CircuitSim.Training.Layers;
using Google.Protobuf;

namespace CircuitSim.Training.Onnx;

/// <summary>Imports trained convolutional networks from ONNX files (Open Neural Network Exchange, onnx.ai).</summary>
/// <remarks>
/// Reads onnx.proto from IR version 3 on, with operator sets 7 to 23 of the domain ai.onnx. Weights are put into the order of
/// <see cref="TrainedImageNetwork"/>: images as [row, column, channel], where ONNX has [channel, row, column].
/// </remarks>
public static class OnnxNetwork
{
    /// <summary>Reads a network.</summary>
    /// <param name="path">The .onnx file, with its weights inside.</param>
    /// <returns>Layers, weights and running statistics; named like the file, without a history. A softmax at the end is left out.</returns>
    /// <exception cref="InputFileException">The file is missing, cut short, or no valid ONNX model.</exception>
    /// <exception cref="InvalidDesignException">The model has what the layers here do not; every such node is listed.</exception>
    public static TrainedImageNetwork Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = new OnnxFile(path);
        try
        {
            return Translate(file);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw file.Broken($"is no whole ONNX model: {e.Message}", e);
        }
    }

    private static TrainedImageNetwork Translate(OnnxFile file)
    {
        var problems = new ProblemList();
        LayerTree? tree = null;
        if (new GraphTranslation(file, OnnxModel.Read(file), problems).Run() is { } last) tree = LayerTree.Read(last, problems);
        foreach (Stage stage in tree?.Stages ?? [])
        {
            if (!IsFinite(stage.Weights) || !IsFinite(stage.Bias) || !IsFinite(stage.State))
                problems.Add($"{stage.Label}: its numbers, scaled by alpha or beta or added up, go beyond single precision.");
        }

        if (tree is null || problems.Count > 0) throw new InvalidDesignException($"ONNX network '{file.Path}'", problems.ToArray());

        var network = new NetworkSpec { Name = Path.GetFileNameWithoutExtension(file.Path), Input = tree.Input, Layers = tree.Layers };
        return new TrainedImageNetwork(network, Joined(tree.Stages.SelectMany(s => (float[][])[s.Weights, s.Bias])), Joined(tree.Stages.Select(s => s.State)), []);
    }

    private static bool IsFinite(float[] numbers) => Array.TrueForAll(numbers, float.IsFinite);

    private static float[] Joined(IEnumerable<float[]> pieces)
    {
        float[][] all = [.. pieces];
        var joined = new float[all.Sum(p => p.Length)];
        int at = 0;
        foreach (float[] piece in all)
        {
            piece.CopyTo(joined, at);
            at += piece.Length;
        }

        return joined;
    }
}
