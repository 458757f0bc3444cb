using System.CommandLine;
using CircuitSim.Export.Runs;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim train</c>, <c>map</c>, <c>export</c>, <c>check</c>, <c>report</c>: one stage of a run.</summary>
internal static class StageCommands
{
    internal static IEnumerable<Verb> Create(CliContext context)
    {
        yield return CreateTrain(context);
        yield return Create(context, RunStage.Map, "map", "Turns the weights of a run into conductances and lays out its circuit.");
        yield return Create(context, RunStage.Export, "export", "Writes the netlists of a run.");
        yield return Create(context, RunStage.Check, "check", "Solves the circuit of a run and holds behavioural network, circuit and ngspice against each other.");
        yield return ReportCommand.Create(context);
    }

    private static Verb CreateTrain(CliContext context)
    {
        var argument = new Argument<string>("EXPERIMENT") { Description = "Experiment file, a shipped experiment, or a run folder to train again." };
        var command = new Verb("train", "Trains the network of an experiment, and the unconstrained one that it is held against.",
            "train phax-iris", "train phax-iris --seed 2 --output runs/iris-2")
        {
            argument, SharedOptions.Output, SharedOptions.Data, SharedOptions.Force, SharedOptions.Seed,
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

    private static Verb Create(CliContext context, RunStage stage, string name, string purpose)
    {
        var folder = new Argument<string>("RUN") { Description = "Run folder made by 'circuitsim train' or 'circuitsim run'." };
        var command = new Verb(name, purpose, $"{name} runs/phax-iris", $"{name} runs/phax-iris --json")
        {
            folder, SharedOptions.Data,
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
