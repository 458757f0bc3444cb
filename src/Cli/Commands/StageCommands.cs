using System.CommandLine;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Engines.NgspiceWasm;
using CircuitSim.Circuit.Netlists.Dialects;
using CircuitSim.Export.Runs;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim train</c>, <c>map</c>, <c>export</c>, <c>check</c>, <c>report</c>: one stage of a run.</summary>
internal static class StageCommands
{
    internal static IEnumerable<Verb> Create(CliContext context)
    {
        yield return CreateTrain(context);
        yield return Create(context, RunStage.Map, "map", "Turns the weights of a run into conductances and lays out its circuit.");
        yield return CreateExport(context);
        yield return CreateCheck(context);
        yield return ReportCommand.Create(context);
    }

    private static Verb CreateTrain(CliContext context)
    {
        var argument = new Argument<string>("EXPERIMENT") { Description = "Experiment file, a shipped experiment, or a run folder to train again." };
        var command = new Verb("train", "Trains the network of an experiment, and the unconstrained one that it is held against.",
            "train phax-iris", "train phax-iris --seed 2 --output runs/iris-2")
        {
            argument, SharedOptions.Output, SharedOptions.Data, SharedOptions.MixWidths, SharedOptions.Force, SharedOptions.Seed,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => RunOutput.Execute(context, parsed, services =>
        {
            string text = parsed.GetValue(argument)!;
            var given = new RunFolder(text);
            if (given.IsRun)
            {
                RunPipeline existing = RunPipeline.Open(given, services);
                existing.RunOnly(RunStage.Train, cancellation);
                return existing;
            }

            Experiment experiment = ExperimentArgument.Resolve(text, parsed.GetValue(SharedOptions.Seed));
            string folder = parsed.GetValue(SharedOptions.Output) ?? Path.Combine("runs", experiment.Name);
            RunPipeline pipeline = RunPipeline.Create(experiment, new RunFolder(folder), services, parsed.GetValue(SharedOptions.Force));
            pipeline.RunThrough(RunStage.Train, cancellation);
            return pipeline;
        }), CancellationToken.None));
        return command;
    }

    private static Verb CreateExport(CliContext context)
    {
        Argument<string> folder = Folder();
        var dialects = new Option<string?>("--dialects")
        {
            Description = $"Simulators to write for, instead of the experiment's; the run's experiment.yaml takes them over: {string.Join(", ", SpiceDialect.All.Select(d => d.Name))}.",
            HelpName = "NAME,...",
        };
        var command = new Verb("export", "Writes the netlists of a run.",
            "export runs/phax-iris", "export runs/phax-iris --dialects ngspice,spectre --json")
        {
            folder, dialects, SharedOptions.Data, SharedOptions.MixWidths,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => RunOutput.Execute(context, parsed, services =>
        {
            RunPipeline pipeline = RunPipeline.Open(new RunFolder(parsed.GetValue(folder)!), services, Known(parsed.GetValue(dialects)));
            pipeline.RunOnly(RunStage.Export, cancellation);
            return pipeline;
        }), CancellationToken.None));
        return command;
    }

    private static string[]? Known(string? text)
    {
        if (text is null) return null;
        string[] dialects = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (dialects.Length == 0) throw new UsageException($"--dialects names none; choose from {string.Join(", ", SpiceDialect.All.Select(d => d.Name))}.");
        string? unknown = dialects.FirstOrDefault(d => SpiceDialect.Find(d) is null);
        if (unknown is not null) throw new UsageException($"--dialects has no '{unknown}'; choose from {string.Join(", ", SpiceDialect.All.Select(d => d.Name))}.");
        return [.. dialects.Distinct()];
    }

    private static Verb CreateCheck(CliContext context)
    {
        Argument<string> folder = Folder();
        var against = new Option<string?>("--against")
        {
            Description = $"Only solve the exported ngspice decks again, from their text on disk, and name every statement and voltage that is not the run's: in {NgspiceEngine.EngineName}, {NgspiceWasmEngine.EngineName} (npm package {NgspiceWasmEngine.PackageName} in CIRCUITSIM_EECIRCUIT or beside the program), {NativeEngine.EngineName} (our own second solver) or, in builds with it, spicesharp.",
            HelpName = "ENGINE",
        };
        against.AcceptOnlyFromAmong([.. EngineChoice.Referees]);
        var command = new Verb("check", "Solves the circuit of a run and compares behavioural network, circuit and other solvers of its decks.",
            "check runs/phax-iris", "check runs/phax-iris --against ngspice")
        {
            folder, against, SharedOptions.Data, SharedOptions.MixWidths, SharedOptions.AllowUnjudged, SharedOptions.Trust,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => parsed.GetValue(against) is { } name
            ? RecheckOutput.Execute(context, parsed, EngineChoice.CreateReferee(name, context, EngineChoice.Trust(parsed)), new RunFolder(parsed.GetValue(folder)!), cancellation)
            : RunOutput.Execute(context, parsed, services =>
            {
                RunPipeline pipeline = RunPipeline.Open(new RunFolder(parsed.GetValue(folder)!), services);
                pipeline.RunOnly(RunStage.Check, cancellation);
                return pipeline;
            }), CancellationToken.None));
        return command;
    }

    private static Argument<string> Folder() => new("RUN") { Description = "Run folder made by 'circuitsim train' or 'circuitsim run'." };

    private static Verb Create(CliContext context, RunStage stage, string name, string purpose)
    {
        Argument<string> folder = Folder();
        var command = new Verb(name, purpose, $"{name} runs/phax-iris", $"{name} runs/phax-iris --json")
        {
            folder, SharedOptions.Data, SharedOptions.MixWidths,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => RunOutput.Execute(context, parsed, services =>
        {
            RunPipeline pipeline = RunPipeline.Open(new RunFolder(parsed.GetValue(folder)!), services);
            pipeline.RunOnly(stage, cancellation);
            return pipeline;
        }), CancellationToken.None));
        return command;
    }
}
