using System.CommandLine;
using System.Globalization;
using CircuitSim.Export.Runs;
using CircuitSim.Export.Sweep;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim sweep</c>: Monte Carlo over chips and settings, in one process or in shards.</summary>
internal static class SweepCommand
{
    internal static Command Create(CliContext context)
    {
        var experiment = new Argument<string>("EXPERIMENT")
        {
            Description = $"Experiment file with a 'sweep' section, or a shipped one: {string.Join(", ", ShippedExperiments.SweepNames)}.",
        };
        var output = new Option<string?>("--output") { Description = "Folder for the results (default: sweeps/<name>, for shards sweeps/<name>.<i>-of-<n>).", HelpName = "DIR" };
        var shard = new Option<string?>("--shard") { Description = "Compute the i-th of n parts only; put them together with 'sweep merge'.", HelpName = "i/n" };
        var chips = new Option<int?>("--chips") { Description = "Chips at every point, instead of the experiment's.", HelpName = "N" };
        var threads = new Option<int>("--threads") { Description = "Threads that share the chips; results do not depend on it (default: all cores).", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        var most = new Option<long?>("--most-chips") { Description = $"Chips that the sweep may have, all points together (default: {new RunServices().MostSweepChips}).", HelpName = "N" };
        var command = new Verb("sweep", "Makes and measures many chips of an experiment, at every point of its grid. A sweep that was interrupted goes on where it stopped.",
            "sweep phax-iris-yield --chips 20 --output sweeps/first-look", "sweep phax-iris-yield --chips 20 --shard 1/2 --output sweeps/part1")
        {
            experiment, output, chips, shard, threads, most, SharedOptions.Data, SharedOptions.MixWidths, SharedOptions.Force, SharedOptions.Seed,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => SweepOutput.Execute(context, parsed, (services, progress) =>
        {
            Experiment chosen = ExperimentArgument.Resolve(parsed.GetValue(experiment)!, parsed.GetValue(SharedOptions.Seed));
            if (parsed.GetValue(chips) is int count) chosen = WithChips(chosen, count);
            SweepShard part = Shard(parsed.GetValue(shard));
            string name = part.Count == 1 ? chosen.Name : string.Create(CultureInfo.InvariantCulture, $"{chosen.Name}.{part.Index}-of-{part.Count}");
            var folder = new SweepFolder(parsed.GetValue(output) ?? Path.Combine("sweeps", name));
            int threadCount = parsed.GetValue(threads);
            if (threadCount < 1) throw new UsageException($"--threads is {threadCount}; at least 1 is needed.");
            if (parsed.GetValue(most) is long limit) services = services with { MostSweepChips = limit };
            SweepRun run = SweepRun.Create(chosen, folder, services, part, threadCount, parsed.GetValue(SharedOptions.Force));
            return (folder, run.Run(progress, cancellation));
        }), CancellationToken.None));
        command.Subcommands.Add(CreateMerge(context));
        return command;
    }

    private static Verb CreateMerge(CliContext context)
    {
        var shards = new Argument<string[]>("SHARD") { Description = "Folders of all shards of one sweep, in any order.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output") { Description = "Folder for the results.", HelpName = "DIR", Required = true };
        var command = new Verb("merge", "Puts the shards of a sweep together; the results are those of one process.",
            "sweep merge sweeps/part1 sweeps/part2 --output sweeps/whole", "sweep merge sweeps/part2 sweeps/part1 --output sweeps/whole --json")
        {
            shards, output, SharedOptions.Data, SharedOptions.MixWidths, SharedOptions.Force,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => SweepOutput.Execute(context, parsed, (services, _) =>
        {
            var folder = new SweepFolder(parsed.GetValue(output)!);
            SweepFolder[] parts = [.. parsed.GetValue(shards)!.Select(s => new SweepFolder(s))];
            return (folder, SweepMerge.Merge(parts, folder, services with { MostSweepChips = long.MaxValue }, parsed.GetValue(SharedOptions.Force), cancellation));
        }), CancellationToken.None));
        return command;
    }

    private static Experiment WithChips(Experiment experiment, int count)
    {
        if (count < 1) throw new UsageException($"--chips is {count}; at least 1 is needed.");
        return experiment with { Sweep = (experiment.Sweep ?? new SweepSettings()) with { Chips = count } };
    }

    private static SweepShard Shard(string? text)
    {
        if (text is null) return SweepShard.Whole;
        string[] parts = text.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && index >= 1 && index <= count)
        {
            return new SweepShard(index, count);
        }

        throw new UsageException($"--shard is '{text}'; write i/n with i from 1 to n, such as 2/7.");
    }
}
