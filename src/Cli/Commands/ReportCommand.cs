using System.CommandLine;
using System.Text.Json;
using CircuitSim.Export.Comparison;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim report</c>: the page of one run, or two runs side by side.</summary>
internal static class ReportCommand
{
    internal static Verb Create(CliContext context)
    {
        var folder = new Argument<string?>("RUN") { Description = "Run folder made by 'circuitsim train' or 'circuitsim run'.", Arity = ArgumentArity.ZeroOrOne };
        var compared = new Option<string[]>("--compare")
        {
            Description = "Two run folders to set side by side, instead of RUN.",
            HelpName = "A B",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var output = new Option<string?>("--output") { Description = "Folder for a comparison (default: runs/<A>-and-<B>).", HelpName = "DIR" };
        var command = new Verb("report", "Writes the report page of a run with its figures as files, or of two runs side by side.",
            "report runs/phax-iris", "report --compare runs/phax-iris runs/iris-2")
        {
            folder, compared, output, SharedOptions.Data, SharedOptions.MixWidths, SharedOptions.Force,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? run = parsed.GetValue(folder);
            string[]? pair = parsed.GetValue(compared);
            if (pair is { Length: 2 })
            {
                if (run is not null) throw new UsageException("give RUN, or --compare with two runs, not both.");
                return Compare(context, parsed, pair, parsed.GetValue(output), parsed.GetValue(SharedOptions.Force));
            }

            if (run is null) throw new UsageException("RUN is missing; give a run folder, or --compare with two of them.");
            if (parsed.GetValue(output) is not null) throw new UsageException("--output is for comparisons; the report of a run stands in its folder.");
            return RunOutput.Execute(context, parsed, services =>
            {
                RunPipeline pipeline = RunPipeline.Open(new RunFolder(run), services);
                pipeline.RunOnly(RunStage.Report, cancellation);
                return pipeline;
            });
        }, CancellationToken.None));
        return command;
    }

    private static int Compare(CliContext context, ParseResult parsed, string[] pair, string? output, bool isForced)
    {
        RunComparison comparison = RunComparer.Compare(new RunFolder(pair[0]), new RunFolder(pair[1]));
        string folder = output ?? Path.Combine("runs", $"{comparison.First.Folder}-and-{comparison.Second.Folder}");
        if (!isForced && ComparisonReport.IsForeign(folder))
            throw new UsageException($"'{folder}' holds files that are not of a comparison; give another folder with --output, or --force to write there all the same.");

        string page = ComparisonReport.WriteFiles(comparison, folder);
        if (parsed.GetValue(SharedOptions.Json)) context.Output.Write(JsonSerializer.Serialize(comparison, FidelityJson.Options) + "\n");
        else ComparisonOutput.Write(context.Output, comparison, page);
        return ExitCode.Done;
    }
}
