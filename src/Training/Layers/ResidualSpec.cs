namespace CircuitSim.Training.Layers;

/// <summary>Output = body(x) + shortcut(x) (He, Zhang, Ren, Sun, CVPR 2016).</summary>
public sealed record ResidualSpec : LayerSpec
{
    /// <summary>Layers of the body, at least one.</summary>
    public required IReadOnlyList<LayerSpec> Body { get; init; }

    /// <summary>Layers of the shortcut; none for the identity.</summary>
    public IReadOnlyList<LayerSpec> Shortcut { get; init; } = [];

    internal override FeatureShape Output(FeatureShape input, List<string> problems)
    {
        if (Body.Count == 0) problems.Add("a residual block has an empty body.");
        FeatureShape body = NetworkSpec.Output(input, Body, problems), shortcut = NetworkSpec.Output(input, Shortcut, problems);
        if (body != shortcut) problems.Add($"a residual block adds {body} to {shortcut}; both must have one shape.");
        return body;
    }
}
