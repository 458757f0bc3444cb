using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Export.Reports;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim solve</c>: the analyses of any deck that the parser reads.</summary>
internal static class SolveCommand
{
    internal static Command Create(CliContext context)
    {
        var deck = new Argument<string>("DECK") { Description = "SPICE deck." };
        var engine = new Option<string>("--engine") { Description = "native or ngspice (default: native).", DefaultValueFactory = _ => NativeEngine.EngineName };
        engine.AcceptOnlyFromAmong(NativeEngine.EngineName, NgspiceEngine.EngineName);
        var tight = new Option<bool>("--tight") { Description = "Tolerances for comparisons (1e-12 relative) instead of SPICE's own." };
        var command = new Verb("solve", "Runs the analyses of a SPICE deck and prints node voltages (volts) and source currents (amperes).",
            "solve netlists/neurons/phax-neuron.cir", "solve netlists/inverter.cir --engine native --tight --json")
        {
            deck, engine, tight,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            EngineOptions options = parsed.GetValue(tight) ? EngineOptions.Tight : EngineOptions.Default;
            string path = parsed.GetValue(deck)!;
            // ngspice reads the file itself, with all that we do not parse, unless its tolerances are to be replaced.
            EngineResult result = parsed.GetValue(engine) == NativeEngine.EngineName
                ? new NativeEngine().Solve(Parse(context, parsed, path), options, cancellation)
                : options.IsTight
                    ? FindNgspice(context).Solve(Parse(context, parsed, path), options, cancellation)
                    : FindNgspice(context).SolveDeckFile(path, options, cancellation);
            if (parsed.GetValue(SharedOptions.Json)) WriteJson(context.Output, result);
            else WriteText(context.Output, result);
            return ExitCode.Done;
        }, CancellationToken.None));
        return command;
    }

    private static Netlist Parse(CliContext context, ParseResult parsed, string path)
    {
        SpiceDeck deck = SpiceParser.ParseFile(path);
        if (!parsed.GetValue(SharedOptions.Quiet))
            foreach (DeckDiagnostic warning in deck.Warnings) context.Error.Write($"warning: {warning}\n");
        return deck.Netlist;
    }

    private static NgspiceEngine FindNgspice(CliContext context) => NgspiceEngine.TryFind(context.SearchPath)
        ?? throw new EngineException(NgspiceEngine.EngineName, "not found on the PATH; install it (Debian: apt-get install ngspice) or use --engine native.");

    private static void WriteText(TextWriter output, EngineResult result)
    {
        foreach (OperatingPoint point in result.Analyses.OfType<OperatingPoint>())
        {
            output.Write($"operating point ({result.Engine}, {point.Iterations} iterations)\n");
            foreach ((string node, double volts) in point.NodeVolts)
                output.Write(string.Create(CultureInfo.InvariantCulture, $"v({node}) = {volts:R} V\n"));
            foreach ((string branch, double amps) in point.BranchAmps)
                output.Write(string.Create(CultureInfo.InvariantCulture, $"i({branch}) = {amps:R} A\n"));
        }
    }

    private static void WriteJson(TextWriter output, EngineResult result) => output.Write(JsonSerializer.Serialize(new
    {
        schemaVersion = 1,
        engine = result.Engine,
        seconds = result.Seconds,
        analyses = result.Analyses.OfType<OperatingPoint>().Select(p => new
        {
            analysis = "op",
            iterations = p.Iterations,
            nodeVolts = p.NodeVolts,
            branchAmps = p.BranchAmps,
        }),
    }, FidelityJson.Options) + "\n");
}
