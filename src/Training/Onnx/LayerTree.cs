using CircuitSim.Training.Layers;

namespace CircuitSim.Training.Onnx;

/// <summary>Layers in order, with residual blocks found again in a graph of stages.</summary>
/// <param name="Input">Shape of a sample.</param>
/// <param name="Layers">Layers, nested as the blocks are.</param>
/// <param name="Stages">What holds their numbers, in the order of the network's parameters.</param>
internal sealed record LayerTree(FeatureShape Input, IReadOnlyList<LayerSpec> Layers, IReadOnlyList<Stage> Stages)
{
    private const int DepthLimit = 32;

    /// <summary>Reads the graph backwards from its last stage.</summary>
    /// <param name="last">The last stage.</param>
    /// <param name="problems">Receives what is no residual block.</param>
    /// <returns>The layers, or null with a problem.</returns>
    public static LayerTree? Read(Stage last, ProblemList problems)
    {
        Stage input = last;
        while (input.Dominator is { } before) input = before;
        (IReadOnlyList<LayerSpec> Layers, IReadOnlyList<Stage> Stages)? all = Branch(input, last, [], problems, 0);
        if (all is not { } tree) return null;
        if (tree.Stages.Any(s => s.IsMatrix)) return new LayerTree(input.Output, tree.Layers, tree.Stages);
        problems.Add("there is no convolution and no fully connected layer: nothing would be on arrays.");
        return null;
    }

    private static (IReadOnlyList<LayerSpec> Layers, IReadOnlyList<Stage> Stages)? Branch(Stage from, Stage to, HashSet<Stage> seen, ProblemList problems, int depth)
    {
        var pieces = new List<(LayerSpec Layer, IReadOnlyList<Stage> Stages)>();
        for (Stage stage = to; stage != from; stage = stage.Dominator!)
        {
            if (!seen.Add(stage))
            {
                problems.Add($"{stage.Label}: its result goes to several nodes, but these do not form a residual block, body(x) + shortcut(x), "
                    + "whose branches meet in one Add and share nothing in between.");
                return null;
            }

            if (stage.Layer is { } layer)
            {
                pieces.Add((layer, [stage]));
                continue;
            }

            if (depth == DepthLimit)
            {
                problems.Add($"{stage.Label}: residual blocks are nested more than {DepthLimit} deep.");
                return null;
            }

            if (Branch(stage.Dominator!, stage.Inputs[0], seen, problems, depth + 1) is not { } first) return null;
            if (Branch(stage.Dominator!, stage.Inputs[1], seen, problems, depth + 1) is not { } second) return null;
            (var body, var shortcut) = second.Stages.Count > first.Stages.Count ? (second, first) : (first, second);
            if (body.Stages.Count == 0)
            {
                problems.Add($"{stage.Label}: adds a value to itself; a residual block has a layer in at least one branch.");
                return null;
            }

            pieces.Add((new ResidualSpec { Body = body.Layers, Shortcut = shortcut.Layers }, [.. body.Stages, .. shortcut.Stages]));
        }

        pieces.Reverse();
        return ([.. pieces.Select(p => p.Layer)], [.. pieces.SelectMany(p => p.Stages)]);
    }
}
