using System.Globalization;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Netlists.Dialects;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Netlists;

/// <summary>A deck before it is written: its netlist, and what the index says of it.</summary>
internal sealed record DeckDraft
{
    /// <summary>File name without its ending.</summary>
    internal required string Name { get; init; }

    /// <summary>What the deck holds.</summary>
    internal required string Description { get; init; }

    /// <summary>Index from 0 within the held-out samples; null for a transient through several.</summary>
    internal required int? Sample { get; init; }

    internal required DeckWires Wires { get; init; }

    internal int? ExcerptLayer { get; init; }

    internal required NetlistEffort Size { get; init; }

    internal required string? RefusedBecause { get; init; }

    /// <summary>The netlist with its title, tolerances and comments, but for those of a dialect.</summary>
    internal required Netlist Netlist { get; init; }

    /// <summary>The deck of a network with current read-out for one sample, with the sums that it should have.</summary>
    /// <param name="solver">Solver of the network.</param>
    /// <param name="name">File name without its ending.</param>
    /// <param name="experiment">Experiment that it comes from.</param>
    /// <param name="description">What the deck holds.</param>
    /// <param name="sample">Index from 0 within the held-out samples.</param>
    /// <param name="inputs">Inputs of the sample, in units of the network.</param>
    internal static DeckDraft Of(ReadoutSolver solver, string name, string experiment, string description, int sample, ReadOnlySpan<double> inputs)
    {
        ReadoutNetwork circuit = solver.Network;
        NetlistEffort effort = NetlistEffort.Of(circuit);
        Netlist netlist = ReadoutElaborator.Elaborate(circuit, inputs, $"{experiment}: {description}");
        double[] sums = solver.Solve(inputs)[^1].Sums.ToArray();
        return new DeckDraft
        {
            Name = name,
            Description = description,
            Sample = sample,
            Wires = DeckWires.AsDesigned,
            Size = effort,
            RefusedBecause = DeckExporter.Refusal(effort),
            Netlist = netlist with
            {
                Options = DeckExporter.TightOptions,
                HeaderComments =
                [
                    .. netlist.HeaderComments,
                    $"Expected, volts: {string.Join(", ", sums.Select((z, k) => string.Create(CultureInfo.InvariantCulture, $"{NodeNames.Sum(circuit.Layers.Count - 1, k)} {z:R}")))}",
                ],
            },
        };
    }

    /// <summary>The netlist as a dialect writes it.</summary>
    internal Netlist For(SpiceDialect dialect) => Netlist with
    {
        HeaderComments =
        [
            .. Netlist.HeaderComments,
            $"Run: {dialect.Command(Name + dialect.Extension)}",
            dialect.Manual is null
                ? "This is the dialect that CircuitSim itself runs and compares"
                : $"Written by the {dialect.Manual}, not run in {dialect.Simulator}; what was run and compared is the ngspice deck of the same circuit",
        ],
    };

    /// <summary>The entry of the index.</summary>
    internal DeckEntry Entry(SpiceDialect dialect) => new()
    {
        File = Name + dialect.Extension,
        Description = Description,
        Dialect = dialect.Name,
        Sample = Sample,
        Wires = Wires,
        ExcerptLayer = ExcerptLayer,
        NodeCount = (int)Size.NodeCount,
        ElementCount = (int)Size.ElementCount,
        RefusedBecause = RefusedBecause,
        KluSeconds = Size.KluSeconds,
        NativeSeconds = Size.NativeSeconds,
    };
}
