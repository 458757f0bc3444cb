using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;
using CircuitSim.Training.Layers;
using CircuitSim.Training.Onnx;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Reads and writes convolutional networks of experiments: published ones by name, others layer by layer.</summary>
internal static class NetworkSection
{
    private static readonly string[] Published = ["mnist-toy", "vgg-block", "wide-residual"];
    private static readonly string[] Kinds = ["convolution", "fully_connected", "pool", "batch_normalization", "relu", "residual"];

    internal static NetworkSpec Read(YamlSection section, out string? onnx)
    {
        onnx = section.OptionalText("onnx");
        if (onnx is not null)
        {
            NetworkSpec imported = OnnxNetwork.Read(onnx).Network;
            imported = imported with { Input = Image(section, imported.Input), Normalization = Normalization(section) };
            Check(section, imported);
            section.RefuseUnknownKeys();
            return imported;
        }

        NetworkSpec network = PublishedNetworks.MnistToy();
        if (section.Has("published"))
        {
            string name = section.OneOf("published", Published[0], Published);
            int depth = section.Count("depth", 16, 10, 1_000), width = section.Count("width", 1, 1, 1_000);
            if ((depth - 4) % 6 != 0)
            {
                section.Complain("depth", $"'depth' is {depth}; 10, 16, 22, 28 and so on are possible.");
                depth = 16;
            }

            network = name switch { "vgg-block" => PublishedNetworks.VggBlock(), "wide-residual" => PublishedNetworks.WideResidual(depth, width), _ => network };
            section.RefuseUnknownKeys();
            return network;
        }

        if (!section.IsPresent) return network;
        IReadOnlyList<int> input = section.Counts("input", 1, 3, required: true, 4_096) ?? [];
        network = new NetworkSpec
        {
            Name = section.Text("name", "own"),
            Input = input.Count == 3 ? new FeatureShape(input[0], input[1], input[2]) : new FeatureShape(1, 1, 1),
            Normalization = Normalization(section),
            Layers = [.. section.Sections("layers").Select(Layer)],
        };
        if (input.Count > 3) section.Complain("input", "'input' is [height, width, channels].");
        if (input.Count == 3) Check(section, network);
        section.RefuseUnknownKeys();
        return network;
    }

    internal static string Write(NetworkSpec network, string? onnx) => onnx is not null
        ? $"{{ onnx: {ExperimentFile.Scalar(Path.GetFullPath(onnx))}, input: [{network.Input.Height}, {network.Input.Width}, {network.Input.Channels}]{Write(network.Normalization)} }}"
        : $"{{ name: {ExperimentFile.Scalar(network.Name)}, input: [{network.Input.Height}, {network.Input.Width}, {network.Input.Channels}]{Write(network.Normalization)}, layers: {Write(network.Layers)} }}";

    // Networks of [N, features] do not say which image their features are; of one channel the order is the same.
    private static FeatureShape Image(YamlSection section, FeatureShape imported)
    {
        if (section.Counts("input", 1, 3, most: 4_096) is not { } input) return imported;
        if (input.Count == 3 && new FeatureShape(input[0], input[1], input[2]) is { } image && (image == imported || (imported.Height * imported.Width == 1 && image.Channels == 1 && image.Count == imported.Count))) return image;
        section.Complain("input", $"'input' is [{string.Join(", ", input)}], the network's {imported}; with 'onnx' it says which image of one channel a network of features takes, so that both hold as many numbers.");
        return imported;
    }

    private static void Check(YamlSection section, NetworkSpec network)
    {
        try
        {
            network.Output();
        }
        catch (InvalidDesignException e)
        {
            foreach (string problem in e.Violations) section.Require(problem);
        }
    }

    private static InputNormalization? Normalization(YamlSection section)
    {
        IReadOnlyList<double>? mean = section.Numbers("mean", double.IsFinite, "a number"), deviation = section.Numbers("deviation", d => d > 0, "a positive number");
        if (mean is null != deviation is null) section.Require("'mean' and 'deviation' of pixels go together; give both, one number a channel, or neither.");
        return mean is null || deviation is null ? null : new InputNormalization(mean, deviation);
    }

    private static LayerSpec Layer(YamlSection section)
    {
        LayerSpec layer = section.OneOf("kind", "", Kinds) switch
        {
            "convolution" => new ConvolutionSpec
            {
                OutputChannels = section.Count("channels", 0, 1, ExperimentLimits.LayerSize),
                Kernel = section.Count("kernel", 3, 1, 256),
                Stride = section.Count("stride", 1, 1),
                Padding = section.Count("padding", (section.Count("kernel", 3, 1, 256) - 1) / 2, 0, 256),
                HasBias = section.Flag("bias", true),
            },
            "fully_connected" => new FullyConnectedSpec { Outputs = section.Count("outputs", 0, 1, ExperimentLimits.LayerSize), HasBias = section.Flag("bias", true) },
            "pool" => new PoolSpec
            {
                Size = section.Count("size", 2, 1),
                Stride = section.OptionalCount("stride", 1),
                Pool = section.OneOf("of", "maximum", ["maximum", "average"]) == "average" ? PoolKind.Average : PoolKind.Maximum,
            },
            "batch_normalization" => new BatchNormalizationSpec(),
            "residual" => new ResidualSpec { Body = [.. section.Sections("body").Select(Layer)], Shortcut = [.. section.Sections("shortcut").Select(Layer)] },
            _ => new ReluSpec(),
        };
        if (!section.Has("kind")) section.Require($"'kind' is missing; it is one of {string.Join(", ", Kinds)}.");
        section.RefuseUnknownKeys();
        return layer;
    }

    private static string Write(InputNormalization? n) => n is null ? ""
        : FormattableString.Invariant($", mean: [{ArrayExperiment.Numbers(n.Mean)}], deviation: [{ArrayExperiment.Numbers(n.Deviation)}]");

    private static string Write(IEnumerable<LayerSpec> layers) => $"[{string.Join(", ", layers.Select(Write))}]";

    private static string Write(LayerSpec layer) => layer switch
    {
        ConvolutionSpec c => $"{{ kind: convolution, channels: {c.OutputChannels}, kernel: {c.Kernel}, stride: {c.Stride}, padding: {c.Padding}, bias: {Flag(c.HasBias)} }}",
        FullyConnectedSpec f => $"{{ kind: fully_connected, outputs: {f.Outputs}, bias: {Flag(f.HasBias)} }}",
        PoolSpec p => $"{{ kind: pool, of: {(p.Pool == PoolKind.Average ? "average" : "maximum")}, size: {p.Size}{(p.Stride is { } s ? $", stride: {s}" : "")} }}",
        BatchNormalizationSpec => "{ kind: batch_normalization }",
        ResidualSpec r => $"{{ kind: residual, body: {Write(r.Body)}, shortcut: {Write(r.Shortcut)} }}",
        _ => "{ kind: relu }",
    };

    private static string Flag(bool value) => value ? "true" : "false";
}
