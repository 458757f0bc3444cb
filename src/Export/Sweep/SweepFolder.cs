namespace CircuitSim.Export.Sweep;

/// <summary>Where the files of a sweep stand.</summary>
/// <param name="Root">The folder.</param>
public sealed record SweepFolder(string Root)
{
    /// <summary>The experiment with every setting spelled out.</summary>
    public string Experiment => Path.Combine(Root, "experiment.yaml");

    /// <summary>Which sweep and which shard stands here.</summary>
    public string Manifest => Path.Combine(Root, "sweep.json");

    /// <summary>Finished chips in the order in which they were finished, one JSON object a line.</summary>
    public string Journal => Path.Combine(Root, "journal.jsonl");

    /// <summary>Trained networks, one folder for each that the grid asks for.</summary>
    public string Models => Path.Combine(Root, "models");

    /// <summary>One row a chip, with the values of its point.</summary>
    public string Table => Path.Combine(Root, "chips.csv");

    /// <summary>The same, one JSON object a line.</summary>
    public string Rows => Path.Combine(Root, "chips.jsonl");

    /// <summary>Quantiles and yield, point by point.</summary>
    public string Summary => Path.Combine(Root, "summary.json");

    /// <summary>Folder of the figures.</summary>
    public string Figures => Path.Combine(Root, "figures");

    /// <summary>Folder of the worst and the median chip's netlists.</summary>
    public string Netlists => Path.Combine(Root, "netlist");

    /// <summary>Whether a sweep was begun here.</summary>
    public bool IsSweep => File.Exists(Manifest);

    internal string Model(string fingerprint) => Path.Combine(Models, fingerprint[..16], "model.json");
}
