using System.CommandLine;
using CircuitSim.Circuit.Characterization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Characterization;
using CircuitSim.Export.Figures;
using CircuitSim.Mapping.Files;
using CircuitSim.Mapping.Networks;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim characterize</c>: a user's inverter as a two-port table that experiments take.</summary>
internal static class CharacterizeCommand
{
    private static readonly Argument<string> Deck = new("DECK") { Description = "SPICE deck that holds the inverter; its analyses are not used." };
    private static readonly Option<string> Input = new("--input") { Description = "Port (or node) of the input.", HelpName = "N", Required = true };
    private static readonly Option<string> Output = new("--output") { Description = "Port (or node) of the output.", HelpName = "N", Required = true };
    private static readonly Option<string?> Subcircuit = new("--subcircuit") { Description = "Subcircuit with four ports (default: the deck's top level is the inverter).", HelpName = "NAME" };
    private static readonly Option<string> Positive = new("--positive") { Description = "Port (or node) of the positive rail.", HelpName = "N", DefaultValueFactory = _ => "vp" };
    private static readonly Option<string> Negative = new("--negative") { Description = "Port (or node) of the negative rail.", HelpName = "N", DefaultValueFactory = _ => "vn" };
    private static readonly Option<double> Supply = new("--supply") { Description = "Voltage between the rails, volts.", HelpName = "V", DefaultValueFactory = _ => 0.5 };
    private static readonly Option<double[]> Loads = new("--load-ohms") { Description = "Loads to show besides the open output, ohms (default: 1e7 1e6 1e5).", HelpName = "R", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> MostPoints = new("--points") { Description = "Largest table: points along each axis.", HelpName = "N", DefaultValueFactory = _ => 513 };
    private static readonly Option<string?> OutputFile = new("--output-file") { Description = "Inverter file (JSON, tables beside it) that an experiment takes as 'inverter: FILE'.", HelpName = "FILE" };
    private static readonly Option<string?> Figure = new("--figure") { Description = "SVG file with the transfer curves.", HelpName = "FILE" };
    private static readonly Option<bool> Force = new("--force") { Description = "Replace files that exist." };

    internal static Command Create(CliContext context)
    {
        Option<string> engine = EngineChoice.CreateOption($"{EngineChoice.Description}. ngspice takes foundry models too.");
        var command = new Verb("characterize", "Turns an inverter of your own into a neuron: current over input and output voltage, transfer curves under load, tanh fit, and a file for experiments.",
            "characterize netlists/inverters/vtc-phax90.cir --subcircuit inv --input in --output out",
            "characterize netlists/inverters/cmos-level1.cir --input in --output out --positive vdd --negative 0 --supply 1.8 --json")
        {
            Deck, Input, Output, Subcircuit, Positive, Negative, Supply, Loads, MostPoints, engine, OutputFile, Figure, Force, SharedOptions.Trust,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string?[] targets = [parsed.GetValue(OutputFile), parsed.GetValue(Figure)];
            RefuseExisting(targets, parsed.GetValue(Force));
            double[]? loads = parsed.GetValue(Loads);
            InverterCharacterization result = InverterCharacterizer.Characterize(
                Source(parsed), EngineChoice.Create(parsed.GetValue(engine)!, context, EngineChoice.Trust(parsed)), loads is { Length: > 0 } ? loads : null,
                parsed.GetValue(SharedOptions.Quiet) ? null : new Lines(context.Error), cancellation);
            if (!parsed.GetValue(SharedOptions.Quiet))
                foreach (DeckDiagnostic warning in result.Warnings) context.Error.Write($"warning: {warning}\n");
            if (targets[0] is string file) InverterFile.Write(file, result.Inverter);
            if (targets[1] is string figure) AtomicFile.WriteText(figure, w => SvgFigure.Write(InverterFigure.Chart(result), w));
            string[] written = [.. targets.OfType<string>()];
            if (parsed.GetValue(SharedOptions.Json)) CharacterizeOutput.WriteJson(context.Output, result, written);
            else CharacterizeOutput.WriteText(context.Output, result, written);
            return ExitCode.Done;
        }, CancellationToken.None));
        return command;
    }

    private static InverterSource Source(ParseResult parsed)
    {
        string deck = parsed.GetValue(Deck)!;
        return new InverterSource
        {
            DeckPath = deck,
            Name = parsed.GetValue(Subcircuit) ?? Path.GetFileNameWithoutExtension(deck),
            Subcircuit = parsed.GetValue(Subcircuit),
            Input = parsed.GetValue(Input)!,
            Output = parsed.GetValue(Output)!,
            PositiveRail = parsed.GetValue(Positive)!,
            NegativeRail = parsed.GetValue(Negative)!,
            SupplyVolts = parsed.GetValue(Supply),
            MostPoints = parsed.GetValue(MostPoints),
        };
    }

    private static void RefuseExisting(string?[] targets, bool isForced)
    {
        string? existing = isForced ? null : targets.FirstOrDefault(File.Exists);
        if (existing is not null) throw new UsageException($"'{existing}' exists; give another name, or --force to replace it.");
    }

    private sealed class Lines(TextWriter error) : IProgress<(int Points, double ErrorVolts)>
    {
        public void Report((int Points, double ErrorVolts) value) =>
            error.Write(FormattableString.Invariant($"table of {value.Points} x {value.Points}: transfer curves within {value.ErrorVolts:G3} V\n"));
    }
}
