using System.CommandLine;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim solve</c>: the analyses of any deck that the parser reads.</summary>
internal static class SolveCommand
{
    private static readonly Option<double> MaximumValues = new("--max-values")
    {
        Description = "Numbers that the native engine keeps of one analysis, points times vectors.",
        HelpName = "N",
        DefaultValueFactory = _ => EngineOptions.Default.MaximumValues,
    };

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
        var control = new Option<bool>("--allow-control")
        {
            Description = "Run the .control block of your own deck in ngspice, without commands that start programs or reach beyond its folder; the result is that of its last analysis.",
        };
        var command = new Verb("solve", "Runs the analyses of a SPICE deck and prints node voltages (volts) and source currents (amperes).",
            "solve netlists/neurons/phax-neuron.cir", "solve netlists/inverters/vtc-sym.cir --engine native --tight --json")
        {
            deck, engine, tight, IncludeRoot, Limit, MaximumValues, control, SharedOptions.Trust,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            EngineOptions options = (parsed.GetValue(tight) ? EngineOptions.Tight : EngineOptions.Default) with { MaximumValues = Values(parsed) };
            string path = parsed.GetValue(deck)!;
            string name = parsed.GetValue(engine)!;
            if (name != NgspiceEngine.EngineName && parsed.GetValue(control))
                throw new UsageException("--allow-control goes with --engine ngspice, which is what runs a .control block.");
            DeckTrust trust = EngineChoice.Trust(parsed, parsed.GetValue(control)) with { IncludeFolders = parsed.GetValue(IncludeRoot) ?? [] };
            var remarks = new DeckRemarks();
            EngineResult result = name == NgspiceEngine.EngineName
                ? SolveInNgspice(context, parsed, path, options, trust, remarks, cancellation)
                : EngineChoice.Create(name, context, trust).Solve(Parse(context, parsed, path, remarks, cancellation), options, cancellation);
            if (parsed.GetValue(SharedOptions.Json)) SolveOutput.WriteJson(context.Output, result, remarks.Warnings, remarks.LeftOut, cancellation);
            else SolveOutput.WriteText(context.Output, result, cancellation);
            return SolveOutput.TellLostPoints(context.Error, result) ? ExitCode.Numerical : ExitCode.Done;
        }, CancellationToken.None));
        return command;
    }

    private static long Values(ParseResult parsed) => parsed.GetValue(MaximumValues) is >= 1 and <= 1e18 and double values
        ? (long)values
        : throw new UsageException("--max-values: a number from 1 to 1e18.");

    // ngspice gets the deck's own text. What we can read too answers in our order and with measures; a deck with foundry models, which only
    // ngspice can read, in ngspice's.
    private static EngineResult SolveInNgspice(
        CliContext context, ParseResult parsed, string path, EngineOptions options, DeckTrust trust, DeckRemarks remarks, CancellationToken cancellation)
    {
        NgspiceEngine engine = EngineChoice.FindNgspice(context, trust);
        Netlist? netlist = null;
        try
        {
            netlist = Parse(context, parsed, path, remarks, cancellation);
        }
        catch (DeckSyntaxException e)
        {
            remarks.Warnings.Add(e.Errors[0]);
            if (!parsed.GetValue(SharedOptions.Quiet))
                context.Error.Write($"warning: {e.Errors[0]}; ngspice reads the deck itself, and results have its names.\n");
        }

        EngineResult result = engine.SolveDeckFile(path, netlist, options, cancellation);
        remarks.LeftOut.AddRange(result.Notes.Select(note => new DeckDiagnostic(path, 1, 1, $"{note}.")));
        if (parsed.GetValue(SharedOptions.Quiet)) return result;
        if (!NgspiceEngine.IsConfined) context.Error.Write($"note: ngspice was {NgspiceEngine.Confinement}.\n");
        foreach (string note in result.Notes) context.Error.Write($"note: {note}.\n");
        return result;
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

        return new DeckReadingOptions { IncludeRoots = [.. parsed.GetValue(IncludeRoot) ?? [], .. parsed.GetValue(SharedOptions.Trust) ?? []], Limits = limits };
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
