using System.CommandLine;
using CircuitSim.Export.Runs;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim run</c>: everything, from data to verdict.</summary>
internal static class RunCommand
{
    internal static Command Create(CliContext context)
    {
        var experiment = new Argument<string>("EXPERIMENT")
        {
            Description = $"Experiment file, or a shipped one: {string.Join(", ", ShippedExperiments.Names)}.",
        };
        var command = new Verb("run", "Trains, maps, exports, solves, cross-checks and reports. Stages that are done and unchanged are kept.",
            "run phax-iris", "run phax-iris --seed 2 --output runs/iris-2 --json")
        {
            experiment, SharedOptions.Output, SharedOptions.Data, SharedOptions.Force, SharedOptions.Seed,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => RunOutput.Execute(context, parsed, services =>
        {
            Experiment chosen = ExperimentArgument.Resolve(parsed.GetValue(experiment)!, parsed.GetValue(SharedOptions.Seed));
            string folder = parsed.GetValue(SharedOptions.Output) ?? Path.Combine("runs", chosen.Name);
            RunPipeline pipeline = RunPipeline.Create(chosen, new RunFolder(folder), services, parsed.GetValue(SharedOptions.Force));
            pipeline.RunThrough(RunStage.Report, cancellation);
            return pipeline;
        }), CancellationToken.None));
        return command;
    }
}
