using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CircuitSim.Export.InSitu;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Cli;

/// <summary>Runs a table of trainings with progress on the error stream and prints it.</summary>
internal static class MatrixOutput
{
    internal static int Execute(CliContext context, ParseResult parsed, Func<RunServices, (string Folder, InSituMatrixResult Result)> run)
    {
        (string folder, InSituMatrixResult? result) = ("", null);
        ProgressDisplay.Show(context, parsed.GetValue(SharedOptions.Quiet), parsed.GetValue(SharedOptions.Verbose),
            progress => (folder, result) = run(RunOutput.Services(context, parsed) with { Progress = progress }));
        if (parsed.GetValue(SharedOptions.Json)) WriteJson(context.Output, folder, result!);
        else WriteText(context.Output, folder, result!);
        return ExitCode.Done;
    }

    private static void WriteJson(TextWriter output, string folder, InSituMatrixResult result) => output.Write(JsonSerializer.Serialize(new
    {
        schemaVersion = 1,
        matrix = folder,
        name = result.Name,
        dataSet = result.DataSet,
        trained = result.TrainedCount,
        seconds = result.Seconds,
        configurations = result.Configurations.Append(result.FloatingPoint).Select(c => new
        {
            device = c.Device,
            mode = c.Mode,
            meanPercent = c.MeanPercent,
            deviationPercent = c.DeviationPercent,
            testPercent = c.TestPercent,
            validationPercent = c.ValidationPercent,
            relativeUpdateError = c.Updates?.RelativeError,
        }),
    }, FidelityJson.Options) + "\n");

    private static void WriteText(TextWriter output, string folder, InSituMatrixResult result)
    {
        string[] modes = [.. result.Configurations.Select(c => c.Mode).Distinct()];
        int seeds = result.FloatingPoint.TestPercent.Count;
        output.Write($"{result.Name}: test accuracy on {result.DataSet}, percent, mean and standard deviation over {seeds} seeds\n");
        output.Write($"  {"",-18}{string.Concat(modes.Select(m => $"{m,16}"))}\n");
        foreach (IGrouping<string, InSituConfiguration> device in result.Configurations.GroupBy(c => c.Device))
        {
            output.Write($"  {device.First().Label,-18}");
            foreach (string mode in modes)
            {
                InSituConfiguration? c = device.FirstOrDefault(d => d.Mode == mode);
                output.Write(c is null ? new string(' ', 16) : string.Create(CultureInfo.InvariantCulture, $"{$"{c.MeanPercent:F2} ± {c.DeviationPercent:F2}",16}"));
            }

            output.Write("\n");
        }

        output.Write(string.Create(CultureInfo.InvariantCulture,
            $"  floating point, same shape, splits and budget: {result.FloatingPoint.MeanPercent:F2} ± {result.FloatingPoint.DeviationPercent:F2}\n"));
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{result.TrainedCount} trainings in {result.Seconds:F1} s, the rest kept\n"));
        output.Write($"table: {Path.Combine(folder, InSituMatrix.TableFile)}\nfigures: {Path.Combine(folder, "figures")}\n");
    }
}
