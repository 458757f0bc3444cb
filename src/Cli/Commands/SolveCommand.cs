using System.CommandLine;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim solve</c>: the analyses of any deck that the parser reads.</summary>
internal static class SolveCommand
{
    private static readonly Option<string[]> IncludeRoot = new("--include-root")
    {
        Description = "Folder outside the deck's own from which files may be included; may be given several times.",
        HelpName = "DIR",
    };

    private static readonly Option<string[]> Limit = new("--limit")
    {
        Description = $"Raise a limit of what a deck may ask for ({string.Join(", ", DeckLimits.Names)}), as elements=5e7; may be given several times.",
        HelpName = "NAME=N",
    };

    internal static Command Create(CliContext context)
    {
        var deck = new Argument<string>("DECK") { Description = "SPICE deck." };
        Option<string> engine = EngineChoice.CreateOption($"{EngineChoice.Description}.");
        var tight = new Option<bool>("--tight") { Description = "Tolerances for comparisons (1e-12 relative) instead of SPICE's own." };
        var command = new Verb("solve", "Runs the analyses of a SPICE deck and prints node voltages (volts) and source currents (amperes).",
            "solve netlists/neurons/phax-neuron.cir", "solve netlists/inverters/vtc-sym.cir --engine native --tight --json")
        {
            deck, engine, tight, IncludeRoot, Limit,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            EngineOptions options = parsed.GetValue(tight) ? EngineOptions.Tight : EngineOptions.Default;
            string path = parsed.GetValue(deck)!;
            string name = parsed.GetValue(engine)!;
            var remarks = new DeckRemarks();
            EngineResult result = name == NgspiceEngine.EngineName
                ? SolveInNgspice(context, parsed, path, options, remarks, cancellation)
                : EngineChoice.Create(name, context).Solve(Parse(context, parsed, path, remarks, cancellation), options, cancellation);
            if (parsed.GetValue(SharedOptions.Json)) SolveOutput.WriteJson(context.Output, result, remarks.Warnings, remarks.LeftOut);
            else SolveOutput.WriteText(context.Output, result);
            return ExitCode.Done;
        }, CancellationToken.None));
        return command;
    }

    // What we can read runs with the tolerances asked for and answers in the deck's order; a deck with foundry models, which only
    // ngspice can read, is handed over as it lies.
    private static EngineResult SolveInNgspice(
        CliContext context, ParseResult parsed, string path, EngineOptions options, DeckRemarks remarks, CancellationToken cancellation)
    {
        NgspiceEngine engine = EngineChoice.FindNgspice(context);
        Netlist netlist;
        try
        {
            netlist = Parse(context, parsed, path, remarks, cancellation);
        }
        catch (DeckSyntaxException e) when (!options.IsTight)
        {
            remarks.Warnings.Add(e.Errors[0]);
            if (!parsed.GetValue(SharedOptions.Quiet))
                context.Error.Write($"warning: {e.Errors[0]}; ngspice reads the deck itself, and results come in its order.\n");
            return engine.SolveDeckFile(path, options, cancellation);
        }

        return engine.Solve(netlist, options, cancellation);
    }

    private static Netlist Parse(CliContext context, ParseResult parsed, string path, DeckRemarks remarks, CancellationToken cancellation)
    {
        SpiceDeck deck = SpiceParser.ParseFile(path, Reading(parsed), cancellation);
        remarks.Warnings.AddRange(deck.Warnings);
        remarks.LeftOut.AddRange(deck.LeftOut);
        if (deck.Netlist.Analyses.Count == 0)
            remarks.Warnings.Add(new DeckDiagnostic(path, 1, 1, "the deck asks for no analysis; its operating point is solved. Add .op to say so."));
        if (!parsed.GetValue(SharedOptions.Quiet))
            foreach (DeckDiagnostic warning in remarks.Warnings) context.Error.Write($"warning: {warning}\n");
        return deck.Netlist;
    }

    private static DeckReadingOptions Reading(ParseResult parsed)
    {
        DeckLimits limits = DeckLimits.Default;
        foreach (string limit in parsed.GetValue(Limit) ?? [])
        {
            if (limit.Split('=') is not [var name, var text] || !DeckLimits.Names.Contains(name) || !SpiceNumber.TryParse(text, out double value) || value < 1 || value > 1e18)
                throw new UsageException($"--limit {limit} cannot be read; write NAME=N with a number from 1 to 1e18 and one of {string.Join(", ", DeckLimits.Names)}.");
            limits = limits.With(name, (long)value);
        }

        return new DeckReadingOptions { IncludeRoots = parsed.GetValue(IncludeRoot) ?? [], Limits = limits };
    }

    /// <summary>What the reader of a deck remarked, for the document.</summary>
    private sealed class DeckRemarks
    {
        /// <summary>All remarks.</summary>
        internal List<DeckDiagnostic> Warnings { get; } = [];

        /// <summary>Those of them on parts of the deck that results do not show.</summary>
        internal List<DeckDiagnostic> LeftOut { get; } = [];
    }
}
