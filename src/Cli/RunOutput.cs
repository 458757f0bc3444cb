using System.CommandLine;
using System.Text.Json;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Cli;

/// <summary>Runs stages with progress on the error stream, prints the result, and turns the verdict into an exit code.</summary>
internal static class RunOutput
{
    internal static int Execute(CliContext context, ParseResult parsed, Func<RunServices, RunPipeline> run)
    {
        RunServices services = Services(context, parsed);
        RunPipeline? pipeline = null;
        bool isQuiet = parsed.GetValue(SharedOptions.Quiet);
        ProgressDisplay.Show(context, isQuiet, parsed.GetValue(SharedOptions.Verbose),
            progress => pipeline = run(services with { Progress = progress }));
        FidelityDocument? document = pipeline!.Fidelity;
        FidelityVerdict? verdict = document?.Verdict ?? pipeline.InSitu?.Verdict ?? pipeline.Study?.Verdict ?? pipeline.Arrays?.Verdict;
        if (parsed.GetValue(SharedOptions.Json)) WriteJson(context.Output, pipeline, document, verdict);
        else RunSummary.Write(context.Output, pipeline, document);
        bool isAccepted = verdict is null or { Passed: true } || verdict.IsUnjudged && parsed.GetResult(SharedOptions.AllowUnjudged) is not null && parsed.GetValue(SharedOptions.AllowUnjudged);
        return !isAccepted && pipeline.LastStage >= RunStage.Check ? ExitCode.LimitMissed : ExitCode.Done;
    }

    internal static RunServices Services(CliContext context, ParseResult parsed) => new()
    {
        DataFolder = parsed.GetResult(SharedOptions.Data) is null ? context.DataFolder : parsed.GetValue(SharedOptions.Data) ?? context.DataFolder,
        EngineSearchPath = context.SearchPath,
        EecircuitFolder = context.EecircuitFolder,
        Trust = EngineChoice.Trust(parsed),
        DeckEngines = EngineChoice.InProcess,
        MixesVectorUnits = parsed.GetResult(SharedOptions.MixWidths) is not null && parsed.GetValue(SharedOptions.MixWidths),
    };

    private static void WriteJson(TextWriter output, RunPipeline pipeline, FidelityDocument? document, FidelityVerdict? verdict) => output.Write(JsonSerializer.Serialize(new
    {
        schemaVersion = 1,
        run = pipeline.Folder.Root,
        name = pipeline.Experiment.Name,
        lastStage = pipeline.LastStage.ToString().ToLowerInvariant(),
        passed = verdict?.Passed,
        isUnjudged = verdict?.IsUnjudged,
        limits = verdict?.Limits,
        accuracies = document?.Accuracies ?? pipeline.InSitu?.Accuracies ?? pipeline.Study?.Accuracies,
        attribution = (object?)document?.Attribution ?? pipeline.InSitu?.Attribution,
        leftOut = document?.SkippedEffects.Where(e => e.Effect is null).Select(e => e.Reason) ?? pipeline.Study?.LeftOut,
        spiceChecks = document?.SpiceChecks ?? pipeline.InSitu?.SpiceChecks ?? pipeline.Study?.SpiceChecks,
        ownChecks = document?.OwnChecks ?? pipeline.InSitu?.OwnChecks ?? pipeline.Study?.OwnChecks,
        timings = document?.Timings ?? pipeline.InSitu?.Timings ?? pipeline.Study?.Timings ?? pipeline.Arrays?.Timings,
        tables = pipeline.Study?.Tables,
        arrays = pipeline.Arrays is null ? null : new { pipeline.Arrays.Trainings, pipeline.Arrays.Points, pipeline.Arrays.Comparisons, pipeline.Arrays.Wires, pipeline.Arrays.Tiles },
    }, FidelityJson.Options) + "\n");
}
