using System.Globalization;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Runs;

/// <summary>Where the files of a run stand.</summary>
/// <param name="Root">The folder.</param>
public sealed record RunFolder(string Root)
{
    /// <summary>The experiment with every setting spelled out.</summary>
    public string Experiment => Path.Combine(Root, "experiment.yaml");

    /// <summary>The trained network; its weights stand beside it.</summary>
    public string Model => Path.Combine(Root, "model.json");

    /// <summary>Losses and accuracies by epoch, of the network and of the unconstrained one.</summary>
    public string Training => Path.Combine(Root, "training.json");

    /// <summary>What mapping did, layer by layer.</summary>
    public string Mapping => Path.Combine(Root, "mapping.json");

    /// <summary>Every memristor with its place, conductance and nodes.</summary>
    public string Devices => Path.Combine(Root, "devices.csv");

    /// <summary>Folder of all netlists, one folder a dialect.</summary>
    public string Netlists => Path.Combine(Root, "netlist");

    /// <summary>Every number of the report.</summary>
    public string Fidelity => Path.Combine(Root, "fidelity.json");

    /// <summary>The report as one page.</summary>
    public string Report => Path.Combine(Root, "report.html");

    /// <summary>Folder of the report's figures, each as <c>.svg</c> with its numbers as <c>.csv</c>.</summary>
    public string Figures => Path.Combine(Root, ReportPage.FigureFolder);

    /// <summary>Which stages are done, and from what.</summary>
    public string Stages => Path.Combine(Root, "stages.json");

    /// <summary>What happened, one JSON object a line.</summary>
    public string Log => Path.Combine(Root, "log.jsonl");

    /// <summary>Whether a folder was made by a run.</summary>
    public bool IsRun => File.Exists(Experiment) && File.Exists(Stages);

    /// <summary>Whether anything that is not a run stands here; one that ended before its first file was whole is a run.</summary>
    public bool IsForeign => !IsRun && !File.Exists(Stages) && Directory.Exists(Root) && Directory.EnumerateFileSystemEntries(Root).Any(e => !FolderLock.IsOwn(e));

    /// <summary>Appends one event to the log.</summary>
    /// <param name="time">When it happened.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="message">What happened.</param>
    /// <param name="seconds">How long it took, seconds.</param>
    internal void Append(DateTimeOffset time, string stage, string message, double seconds)
    {
        string line = System.Text.Json.JsonSerializer.Serialize(new
        {
            time = time.ToString("O", CultureInfo.InvariantCulture),
            stage,
            message,
            seconds = Math.Round(seconds, 3),
        });
        AtomicFile.Append(Log, line + "\n");
    }

    /// <summary>The trained network with its weights, however many files the training method makes of it.</summary>
    internal IEnumerable<string> ModelFiles() => Directory.Exists(Root) ? Directory.EnumerateFiles(Root, "model*").Order(StringComparer.Ordinal) : [];

    internal void WriteExperiment(Experiment experiment) =>
        AtomicFile.WriteText(Experiment, w => ExperimentFile.Write(w, experiment));

    /// <summary>Makes the folder that of a run before its first stage is done, so that it continues after an interruption.</summary>
    internal void Begin(Experiment experiment)
    {
        // First what tells a run: whatever ends the process, the next one finds either nothing or a run.
        if (!File.Exists(Stages)) AtomicFile.WriteText(Stages, w => w.Write("{}\n"));
        WriteExperiment(experiment);
    }
}
