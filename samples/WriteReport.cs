using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Samples;

/// <summary>Runs a shipped experiment and writes its report page once more, without heat maps.</summary>
public static class WriteReport
{
    /// <summary>Prints the files of the run and what the verdict judged.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("circuitsim-sample-");
        try
        {
            Experiment experiment = ShippedExperiments.Find("phax-iris")!;
            var folder = new RunFolder(Path.Combine(root.FullName, "run"));
            RunPipeline.Create(experiment, folder, new RunServices()).RunThrough(RunStage.Report);

            FidelityDocument document = FidelityJson.Read(folder.Fidelity);
            using var page = new StringWriter();
            FidelityReport.Write(document, ReportMatrices.Empty, page);
            output.Write($"{document.Name}: {string.Join(", ", document.Accuracies.Select(a => a.Name))}\n");
            output.Write($"page of its own: {(page.ToString().StartsWith("<!DOCTYPE html>", StringComparison.Ordinal) ? "yes" : "no")}\n");
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
