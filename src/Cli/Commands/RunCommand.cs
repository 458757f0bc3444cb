using System.CommandLine;
using CircuitSim.Export.InSitu;
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
        var matrix = new Option<bool>("--matrix")
        {
            Description = "Train in situ every device of the experiment's 'matrix' in every mode with several seeds, instead of one network (default folder: runs/<name>-matrix).",
        };
        var threads = new Option<int>("--threads") { Description = "Trainings of a matrix at a time; results do not depend on it (default: all cores).", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Verb("run", "Trains, maps, exports, solves, cross-checks and reports. Stages that are done and unchanged are kept.",
            "run phax-iris", "run phax-iris --seed 2 --output runs/iris-2 --json")
        {
            experiment, SharedOptions.Output, SharedOptions.Data, SharedOptions.MixWidths, SharedOptions.Force, SharedOptions.Seed,
            SharedOptions.AllowUnjudged, SharedOptions.Trust, matrix, threads,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => parsed.GetValue(matrix) ? MatrixOutput.Execute(context, parsed, services =>
        {
            Experiment chosen = ExperimentArgument.Resolve(parsed.GetValue(experiment)!, parsed.GetValue(SharedOptions.Seed));
            if (chosen.InSitu is null)
                throw new UsageException($"--matrix trains in situ; experiment '{chosen.Name}' does not (train: {{ method: in-situ }}).");
            int count = parsed.GetValue(threads);
            if (count < 1) throw new UsageException($"--threads is {count}; at least 1 is needed.");
            string folder = parsed.GetValue(SharedOptions.Output) ?? Path.Combine("runs", chosen.Name + "-matrix");
            return (folder, InSituMatrix.Create(chosen, folder, services, count).Run(cancellation));
        }) : RunOutput.Execute(context, parsed, services =>
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
