using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Characterization;

/// <summary>The inverter on a bench: between rails, driven at its input, and driven or loaded at its output.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class InverterBench
{
    private const string InputSource = "vbench_in", OutputSource = "vbench_out", PositiveSource = "vbench_p", Middle = "bench_mid";

    private readonly InverterStatements _statements;
    private readonly InverterSource _source;
    private readonly ICircuitEngine _engine;
    private readonly string _input, _output, _positive, _negative;
    private readonly string? _call;
    private readonly CancellationToken _cancellationToken;

    private InverterBench(InverterSource source, ICircuitEngine engine, InverterStatements statements, IReadOnlyList<InverterPort>? ports, CancellationToken cancellationToken)
    {
        (_source, _engine, _statements, _cancellationToken) = (source, engine, statements, cancellationToken);
        if (ports is null)
        {
            (_input, _output, _positive, _negative) = (source.Input, source.Output, source.PositiveRail, source.NegativeRail);
            return;
        }

        string subcircuit = source.Subcircuit!.ToLowerInvariant();
        (_input, _output, _positive, _negative) = ("bench_in", "bench_out", "bench_p", "bench_n");
        _call = $"xbench {string.Join(' ', ports.Select(Node))} {subcircuit}";
        Definition = new InverterDefinition { Subcircuit = subcircuit, Ports = ports, Lines = statements.Statements };
    }

    /// <summary>The subcircuit, or null when the deck's top level is the inverter.</summary>
    internal InverterDefinition? Definition { get; }

    /// <summary>Remarks on the deck, from the latest run.</summary>
    internal IReadOnlyList<DeckDiagnostic> Warnings { get; private set; } = [];

    // A rail in the middle of which voltages count: with the negative rail on ground everything is lifted.
    private double MiddleVolts => _negative == Netlist.Ground ? _source.SupplyVolts / 2 : 0;

    /// <summary>Puts an inverter on the bench.</summary>
    /// <exception cref="InputFileException">The deck cannot be read.</exception>
    /// <exception cref="InvalidDesignException">The subcircuit is not defined, or its ports are not the four that were named.</exception>
    internal static InverterBench Open(InverterSource source, ICircuitEngine engine, CancellationToken cancellationToken)
    {
        InverterStatements statements = InverterStatements.Read(source);
        return new InverterBench(source, engine, statements, source.Subcircuit is null ? null : Ports(source, statements), cancellationToken);
    }

    /// <summary>Currents with input and output both driven over the same even levels.</summary>
    /// <param name="points">Levels along each axis.</param>
    /// <param name="lastVolts">Highest level, volts from mid-rail; the lowest is its negative.</param>
    /// <returns>Currents out of the output, from the positive rail, and into the input, amperes, row-major [input, output].</returns>
    internal (double[] Output, double[] Positive, double[] Input) Currents(int points, double lastVolts)
    {
        double step = 2 * lastVolts / (points - 1);
        string sweep = Text($"{MiddleVolts - lastVolts:R} {MiddleVolts + lastVolts + step / 4:R} {step:R}");
        DcSweepResult result = Run(
            $"{OutputSource} {_output} 0 0\n", $".dc {OutputSource} {sweep} {InputSource} {sweep}",
            $"i({OutputSource}) i({PositiveSource}) i({InputSource})");
        return (Branch(OutputSource, 1), Branch(PositiveSource, -1), Branch(InputSource, -1));

        double[] Branch(string name, double sign)
        {
            double[] amps = [.. result.BranchAmps[name].Select(a => sign * a)];
            return amps.Length == points * points
                ? amps
                : throw new EngineException(_engine.Name, $"a sweep over {points} x {points} voltages gave {amps.Length} points; try another engine.");
        }
    }

    /// <summary>Output of the loaded inverter over inputs from rail to rail.</summary>
    /// <param name="points">Inputs.</param>
    /// <param name="loadOhms">Load to the middle of the rails, ohms; null is none.</param>
    /// <returns>Volts from mid-rail.</returns>
    internal double[] Outputs(int points, double? loadOhms)
    {
        double half = _source.SupplyVolts / 2, step = _source.SupplyVolts / (points - 1);
        string load = loadOhms is double ohms ? Text($"rbench {_output} {Middle} {ohms:R}\nvbench_mid {Middle} 0 {MiddleVolts:R}\n") : "";
        DcSweepResult result = Run(
            load, Text($".dc {InputSource} {MiddleVolts - half:R} {MiddleVolts + half + step / 4:R} {step:R}"), $"v({_output.ToLowerInvariant()})");
        double[] volts = [.. result.NodeVolts[_output.ToLowerInvariant()].Select(v => v - MiddleVolts)];
        return volts.Length == points
            ? volts
            : throw new EngineException(_engine.Name, $"a sweep over {points} voltages gave {volts.Length} points; try another engine.");
    }

    private static InverterPort[] Ports(InverterSource source, InverterStatements statements)
    {
        string subject = $"Inverter in '{source.DeckPath}'";
        IReadOnlyList<string>? ports = statements.Ports(source.Subcircuit!);
        if (ports is null)
        {
            string hint = statements.Title.StartsWith(".subckt", StringComparison.OrdinalIgnoreCase) ? " The first line of a deck is its title, never a statement." : "";
            throw new InvalidDesignException(subject, [$"Subcircuit '{source.Subcircuit}' is defined neither there nor in a file that it includes.{hint}"]);
        }

        (string Name, InverterPort Port)[] roles =
        [
            (source.Input, InverterPort.Input), (source.Output, InverterPort.Output),
            (source.PositiveRail, InverterPort.PositiveRail), (source.NegativeRail, InverterPort.NegativeRail),
        ];
        var violations = roles
            .Where(r => !ports.Contains(r.Name.ToLowerInvariant()))
            .Select(r => $"'{r.Name}' is none of the ports of '{source.Subcircuit}': {string.Join(", ", ports)}.").ToList();
        if (ports.Count != roles.Length)
            violations.Add($"'{source.Subcircuit}' has {ports.Count} ports ({string.Join(", ", ports)}); an inverter has an input, an output and two rails. Wrap it in a subcircuit of four ports.");
        if (roles.Select(r => r.Name.ToLowerInvariant()).Distinct().Count() != roles.Length) violations.Add("Input, output and rails are four different ports.");
        return violations.Count == 0
            ? [.. ports.Select(p => roles.Single(r => r.Name.Equals(p, StringComparison.OrdinalIgnoreCase)).Port)]
            : throw new InvalidDesignException(subject, violations);
    }

    private string Node(InverterPort port) => port switch
    {
        InverterPort.Input => _input,
        InverterPort.Output => _output,
        InverterPort.PositiveRail => _positive,
        _ => _negative,
    };

    private DcSweepResult Run(string elements, string analysis, string saved)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        double half = _source.SupplyVolts / 2;
        string negative = _negative == Netlist.Ground ? "" : Text($"vbench_n {_negative} 0 {MiddleVolts - half:R}\n");
        string bench = Text($"{InputSource} {_input} 0 0\n{PositiveSource} {_positive} 0 {MiddleVolts + half:R}\n{negative}{elements}");
        string deck = $"{_statements.Title}\n{string.Join('\n', _statements.Lines)}\n{bench}{_call}\n{analysis}\n.save {saved}\n"
            + ".options reltol=1e-10 vntol=1e-13 abstol=1e-18 gmin=1e-18 itl1=2000 itl2=2000\n.end\n";
        return Solve(deck).Analyses.OfType<DcSweepResult>().SingleOrDefault()
            ?? throw new EngineException(_engine.Name, "the sweep gave no result.");
    }

    private EngineResult Solve(string deck)
    {
        SpiceDeck? parsed = null;
        try
        {
            parsed = SpiceParser.Parse(deck, _source.DeckPath);
        }
        catch (DeckSyntaxException) when (_engine is NgspiceEngine)
        {
            // Foundry models, which ngspice reads itself.
        }

        Warnings = parsed?.Warnings ?? [];
        // The deck's own text, not our reading of it, goes to a simulator that reads decks.
        return _engine is NgspiceEngine ngspice
            ? ngspice.SolveDeckText(deck, parsed?.Netlist, _source.DeckPath, parsed is null ? EngineOptions.Default : EngineOptions.Tight, _cancellationToken)
            : _engine.Solve(parsed!.Netlist, EngineOptions.Tight, _cancellationToken);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
