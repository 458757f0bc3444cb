using System.CommandLine;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim solve</c>: the analyses of any deck that the parser reads.</summary>
internal static class SolveCommand
{
    internal static Command Create(CliContext context)
    {
        var deck = new Argument<string>("DECK") { Description = "SPICE deck." };
        Option<string> engine = EngineChoice.CreateOption($"{EngineChoice.Description}.");
        var tight = new Option<bool>("--tight") { Description = "Tolerances for comparisons (1e-12 relative) instead of SPICE's own." };
        var control = new Option<bool>("--allow-control")
        {
            Description = "Run the .control block of your own deck in ngspice, without commands that start programs or reach beyond its folder; the result is that of its last analysis.",
        };
        var command = new Verb("solve", "Runs the analyses of a SPICE deck and prints node voltages (volts) and source currents (amperes).",
            "solve netlists/neurons/phax-neuron.cir", "solve netlists/inverters/vtc-sym.cir --engine native --tight --json")
        {
            deck, engine, tight, control, SharedOptions.Trust,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            EngineOptions options = parsed.GetValue(tight) ? EngineOptions.Tight : EngineOptions.Default;
            string path = parsed.GetValue(deck)!;
            string name = parsed.GetValue(engine)!;
            if (name != NgspiceEngine.EngineName && parsed.GetValue(control))
                throw new UsageException("--allow-control goes with --engine ngspice, which is what runs a .control block.");
            DeckTrust trust = EngineChoice.Trust(parsed, parsed.GetValue(control));
            EngineResult result = name == NgspiceEngine.EngineName
                ? SolveInNgspice(context, parsed, path, options, trust, cancellation)
                : EngineChoice.Create(name, context, trust).Solve(Parse(context, parsed, path), options, cancellation);
            if (parsed.GetValue(SharedOptions.Json)) SolveOutput.WriteJson(context.Output, result);
            else SolveOutput.WriteText(context.Output, result);
            return ExitCode.Done;
        }, CancellationToken.None));
        return command;
    }

    // ngspice gets the deck's own text. What we can read too answers in our order and with measures; a deck with foundry models, which only
    // ngspice can read, in ngspice's.
    private static EngineResult SolveInNgspice(
        CliContext context, ParseResult parsed, string path, EngineOptions options, DeckTrust trust, CancellationToken cancellation)
    {
        NgspiceEngine engine = EngineChoice.FindNgspice(context, trust);
        Netlist? netlist = null;
        try
        {
            netlist = Parse(context, parsed, path);
        }
        catch (DeckSyntaxException e)
        {
            if (!parsed.GetValue(SharedOptions.Quiet))
                context.Error.Write($"warning: {e.Errors[0]}; ngspice reads the deck itself, and results have its names.\n");
        }

        EngineResult result = engine.SolveDeckFile(path, netlist, options, cancellation);
        if (parsed.GetValue(SharedOptions.Quiet)) return result;
        if (!NgspiceEngine.IsConfined) context.Error.Write($"note: ngspice was {NgspiceEngine.Confinement}.\n");
        foreach (string note in result.Notes) context.Error.Write($"note: {note}.\n");
        return result;
    }

    private static Netlist Parse(CliContext context, ParseResult parsed, string path)
    {
        SpiceDeck deck = SpiceParser.ParseFile(path);
        if (!parsed.GetValue(SharedOptions.Quiet))
            foreach (DeckDiagnostic warning in deck.Warnings) context.Error.Write($"warning: {warning}\n");
        return deck.Netlist;
    }
}
