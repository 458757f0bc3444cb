using System.Text.RegularExpressions;
using CircuitSim.Circuit.Characterization;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Export.Runs;
using CircuitSim.Export.Tests.ArchitectureAware;
using CircuitSim.Mapping.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.Runs;

/// <summary>The quickest experiment of each of the five training methods, and what a run of it leaves.</summary>
internal static partial class MethodExperiments
{
    private const string Phax = """
        name: phax
        data:    { set: iris }
        network: { layers: [4, 3, 3] }
        train:   { epochs: 3 }
        circuit: { segment_ohms: 2 }
        check:   { samples: 5, against: [behavioural] }
        export:  { samples: [0] }
        """;

    // Two digits a weight: their sum rounds otherwise than the weights that training held.
    private const string InSitu = """
        name: in-situ
        data:    { set: iris, train: 0.4, validation: 0.3 }
        network: { layers: [4, 5, 3] }
        train:   { method: in-situ, mode: multi, epochs: 2, learning_rate: 0.1, weight_scales: [0.528, 1.694], carry: { digits: 2, base: 8, frequency: 20, programming: blind } }
        device:  { tables: dwmtj-sot-300k }
        circuit: { segment_ohms: 1, terminal_ohms: 10 }
        check:   { samples: 5, against: [behavioural] }
        export:  { samples: [0] }
        """;

    private const string ExSitu = """
        name: ex-situ
        data:    { set: iris, train: 0.6 }
        network: { layers: [4, 3, 3] }
        train:   { method: ex-situ, hidden: [3], epochs: 5, learning_rate: 0.02, batch: 16, retrained_levels: [3], retraining_epochs: 2 }
        device:  { card: hfo2-nine-levels, read_seconds: 3600 }
        circuit: { tile_rows: 5 }
        transfer: { levels: [3], misread_bound: 0.1, read_seconds: [0], chips: 2 }
        check:   { samples: 5, against: [behavioural] }
        export:  { samples: [0] }
        """;

    private const string Bayesian = """
        name: bayesian
        data:    { set: iris, train: 0.5, classes: [setosa, versicolor] }
        network: { layers: [4, 2, 2] }
        train:   { method: bayesian, chains: 2, warm_up: 20, draws: 20, maximum_depth: 4, prediction_draws: 20, deterministic_epochs: 3 }
        transfer: { crossbars: [1, 2], chips: 2, total_variation: 0.5 }
        check:   { samples: 5, against: [behavioural] }
        export:  { samples: [0] }
        """;

    private const string Arrays = """
        name: arrays
        data:    { set: mnist, images: 60 }
        network:
          name: small
          input: [8, 8, 1]
          layers:
            - { kind: convolution, channels: 4, bias: false }
            - { kind: relu }
            - { kind: pool, size: 4 }
            - { kind: fully_connected, outputs: 10 }
        train:   { method: architecture-aware, batch: 20 }
        arrays:  { inputs: 40, outputs: 4, weight_bits: 4, on_off_ratio: 10 }
        trainings:
          - { name: fp, epochs: 1, learning_rate: 0.05 }
          - { name: level-2, level: 2, from: fp, epochs: 1, learning_rate: 0.02 }
        evaluations:
          - { figure: 9, of: [fp, level-2], level: 2, variation: [0.05], chips: 2 }
        circuit: { of: level-2, segment_ohms: [5], tiles: 2, excerpt: 8 }
        check:   { against: [ngspice] }
        """;

    internal static string Text(string method) => method switch
    {
        "phax" => Phax,
        "in-situ" => InSitu,
        "ex-situ" => ExSitu,
        "bayesian" => Bayesian,
        "arrays" => Arrays,
        _ => throw new ArgumentException($"no experiment of method '{method}'", nameof(method)),
    };

    /// <summary>A run in a folder of the test, whose data folder is the test's own.</summary>
    internal static RunPipeline Create(TemporaryFolder files, string run, string text, Func<RunServices, RunServices>? change = null, IProgress<RunProgress>? progress = null)
    {
        if (!Directory.Exists(files.File("mnist")) && text.Contains("set: mnist", StringComparison.Ordinal)) QuarterImages.Write(files.Root);
        var services = new RunServices { DataFolder = files.Root, Progress = progress };
        return RunPipeline.Create(ExperimentFile.Parse(text, files.File("experiment.yaml")), new RunFolder(files.File(run)), change is null ? services : change(services));
    }

    /// <summary>Goes through a run and tells the stages that were done and not kept.</summary>
    internal static RunStage[] Done(TemporaryFolder files, string run, string text, RunStage last = RunStage.Report, Func<RunServices, RunServices>? change = null)
    {
        var steps = new Steps();
        Create(files, run, text, change, steps).RunThrough(last);
        return [.. steps.All.Where(s => s.Message != "unchanged, kept").Select(s => s.Stage).Distinct()];
    }

    /// <summary>Every file of a run but its diary, without wall-clock times.</summary>
    internal static SortedDictionary<string, string> Files(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, file);
            // Stages hold fingerprints of files with times in them, and pages show times.
            if (name is "log.jsonl" or "stages.json" or "report.html") continue;
            string text = Convert.ToHexString(File.ReadAllBytes(file));
            files[name] = name.EndsWith(".json", StringComparison.Ordinal) ? Seconds().Replace(File.ReadAllText(file), "$1 0") : text;
        }

        return files;
    }

    /// <summary>An inverter file of the test's own, characterised from a shipped deck.</summary>
    internal static string WriteInverter(TemporaryFolder files)
    {
        string path = files.File("own.json"), deck = Path.Combine(Repository.Root, "netlists/inverters/vtc-phax90.cir");
        InverterFile.Write(path, InverterCharacterizer.Characterize(new InverterSource { DeckPath = deck, Name = "own", Subcircuit = "inv", Input = "in", Output = "out" }, new NativeEngine()).Inverter);
        return path;
    }

    [GeneratedRegex("(\"[a-z]*seconds\":) (\\[[^\\]]*\\]|[-+.eE0-9]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Seconds();

    private sealed class Steps : IProgress<RunProgress>
    {
        internal List<RunProgress> All { get; } = [];

        public void Report(RunProgress value)
        {
            lock (All) All.Add(value);
        }
    }
}
