using System.Text;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;
using global::SpiceSharp.Components;
using global::SpiceSharp.Simulations;
using SpiceSharpParser;
using SpiceSharpParser.Common;
using SpiceSharpParser.ModelReaders.Netlist.Spice;

namespace CircuitSim.Circuit.Tests.Netlists;

/// <summary>Our reading of decks against SpiceSharp-Parser's; compiled with -p:SpiceSharp=true.</summary>
public sealed class SpiceSharpParserTests
{
    // Parameters used before they are defined, and models that are called as elements are.
    private static readonly string[] Refused =
        ["netlists/inverters/doped-substrate.cir", "netlists/inverters/parametrised.cir", "netlists/transients/gate-capacitance.cir"];

    // What SpiceSharp makes of its own reading.
    private static readonly Dictionary<string, string> Unsolved = new()
    {
        ["netlists/neurons/network-3-3-3-2.cir"] = "SpiceSharp 3.2.3 ends in NaN: its ln(1+exp(x)) overflows.",
        ["netlists/transients/exponential-gear.cir"] = "SpiceSharp 3.2.3 has no time in an operating point.",
    };

    public static TheoryData<string> Decks => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "netlists"), "*.cir", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [Trait("Kind", "peer")]
    [MemberData(nameof(Decks))]
    public void A_deck_is_the_same_circuit(string deck)
    {
        SpiceSharpModel? theirs = Read(Path.Combine(Repository.Root, deck));
        Assert.Equal(Refused.Contains(deck), theirs is null);
        Skip.If(theirs is null, "SpiceSharp-Parser 3.3.10 refuses this deck.");

        List<Element> ours = FlatNetlist.Expand(SpiceParser.ParseFile(Path.Combine(Repository.Root, deck)).Netlist, CancellationToken.None);

        Dictionary<string, IComponent> components = theirs!.Circuit.OfType<IComponent>().ToDictionary(c => c.Name.ToLowerInvariant());
        Assert.Equal(components.Keys.Order(StringComparer.Ordinal), ours.Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.All(ours, e => Compare(e, components[e.Name]));
    }

    [SkippableTheory]
    [Trait("Kind", "peer")]
    [MemberData(nameof(Decks))]
    public void A_deck_has_the_operating_point_that_SpiceSharp_finds_from_its_own_reading(string deck)
    {
        SpiceSharpModel? model = Read(Path.Combine(Repository.Root, deck));
        Skip.If(model is null, "SpiceSharp-Parser 3.3.10 refuses this deck.");
        Skip.If(Unsolved.TryGetValue(deck, out string? reason), reason);
        Netlist netlist = SpiceParser.ParseFile(Path.Combine(Repository.Root, deck)).Netlist with { Analyses = [new OperatingPointAnalysis()], Measures = [], SavedVectors = [] };

        var ours = (OperatingPoint)new NativeEngine().Solve(netlist, EngineOptions.Tight).Analyses[0];

        OpWithEvents simulation = model!.Simulations.OfType<OpWithEvents>().Single();
        BiasingParameters parameters = simulation.BiasingParameters;
        (parameters.RelativeTolerance, parameters.VoltageTolerance, parameters.AbsoluteTolerance) = (1e-10, 1e-13, 1e-18);
        // Validation refuses gates, which draw no direct current; our own check of the topology has passed them.
        (parameters.Gmin, parameters.DcMaxIterations, parameters.Validate) = (1e-18, 1000, false);
        var theirs = new Dictionary<string, double>();
        simulation.EventExportData += (_, _) =>
        {
            foreach (string node in ours.NodeVolts.Keys) theirs[node] = simulation.GetVoltage(node);
        };
        simulation.Execute(model.Circuit);

        Assert.Equal(ours.NodeVolts.Count, theirs.Count);
        // Newton stops at a relative change of 1e-10; exponentials and gains multiply what is left.
        foreach ((string node, double volts) in theirs) Close.Numbers(volts, ours.NodeVolts[node], 2e-9, 0, node);
    }

    private static void Compare(Element ours, IComponent theirs)
    {
        int terminals = Math.Min(ours.Nodes.Count, theirs.Nodes.Count);
        Assert.Equal(theirs.Nodes.Take(terminals).Select(n => n.ToLowerInvariant()), ours.Nodes.Take(terminals));
        // One rounding of a decimal number with a scale factor on each side.
        const double relative = 4e-16;
        switch (ours)
        {
            case CircuitSim.Circuit.Netlists.Resistor r:
                Close.Numbers(theirs.GetProperty<double>("resistance"), r.Ohms, 0, relative, r.Name);
                break;
            case CircuitSim.Circuit.Netlists.Capacitor c:
                Close.Numbers(theirs.GetProperty<double>("capacitance"), c.Farads, 0, relative, c.Name);
                break;
            case CircuitSim.Circuit.Netlists.Inductor l:
                Close.Numbers(theirs.GetProperty<double>("inductance"), l.Henries, 0, relative, l.Name);
                break;
            case CircuitSim.Circuit.Netlists.VoltageSource { Value.Waveform: null } v:
                Close.Numbers(theirs.GetProperty<double>("dc"), v.Value.AtDc, 0, relative, v.Name);
                break;
            case CircuitSim.Circuit.Netlists.CurrentSource { Value.Waveform: null } i:
                Close.Numbers(theirs.GetProperty<double>("dc"), i.Value.AtDc, 0, relative, i.Name);
                break;
            default:
                break;
        }
    }

    /// <summary>Their reading, or null when they refuse the deck. Of its directives only those that make the circuit are kept, and an operating point is asked for.</summary>
    private static SpiceSharpModel? Read(string path)
    {
        string[] others = [".options", ".meas", ".op", ".dc", ".ac", ".tran", ".save", ".print", ".end"];
        IEnumerable<string> kept = File.ReadLines(path).Where(l => !others.Contains(l.Split(' ')[0], StringComparer.OrdinalIgnoreCase));
        string folder = Path.GetDirectoryName(path)!;
        var parser = new SpiceNetlistParser();
        parser.Settings.WorkingDirectory = folder;
        SpiceNetlistParseResult parsed = parser.ParseNetlist(string.Join('\n', [.. kept, ".op", ".end"]));
        if (parsed.FinalModel is null || parsed.ValidationResult.HasError) return null;

        var reader = new SpiceSharpReader(new SpiceNetlistReaderSettings(new SpiceNetlistCaseSensitivitySettings(), () => folder, Encoding.UTF8));
        SpiceSharpModel model = reader.Read(parsed.FinalModel);
        return model.ValidationResult.HasError ? null : model;
    }
}
