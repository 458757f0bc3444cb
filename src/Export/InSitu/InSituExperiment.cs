using System.Globalization;
using CircuitSim.Export.Runs;
using CircuitSim.Training.InSitu;
using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Export.InSitu;

/// <summary>Reads and writes the settings of an experiment that is trained in situ.</summary>
internal static class InSituExperiment
{
    internal const string Method = "in-situ";

    private const string Positive = "a positive number", AtLeastZero = "a number of at least 0", Share = "between 0 and 1, both excluded";

    private static readonly string[] ModeNames = ["numeric", "standard", "multi"];
    private static readonly string[] CoreNames = ["balanced", "balanced_one_sided", "offset"];
    private static readonly string[] ProgrammingNames = ["exact", "calibrated", "blind"];

    internal static InSituSettings Read(YamlSection root, double trainFraction, IReadOnlyList<int> layers, ulong seed)
    {
        YamlSection data = root.Section("data");
        double validation = data.Number("validation", InSituSettings.DefaultValidation, v => v is > 0 and < 1, Share);
        if (trainFraction + validation >= 1)
            data.Complain("validation", string.Create(CultureInfo.InvariantCulture, $"'train' and 'validation' are {trainFraction:R} and {validation:R}; together they must leave something for testing."));
        return new InSituSettings
        {
            Validation = validation,
            Training = Training(root.Section("train"), layers, seed),
            Device = Device(root.Section("device"), out double unitSiemens),
            UnitSiemens = unitSiemens,
            Wiring = Wiring(root.Section("circuit")),
            Matrix = Matrix(root.Section("matrix")),
        };
    }

    internal static string Write(Experiment experiment)
    {
        InSituSettings settings = experiment.InSitu!;
        InSituTrainingOptions t = settings.Training;
        CoreOptions c = t.Core;
        string scales = t.WeightScales.Count == 0 ? "auto" : Numbers(t.WeightScales);
        string carry = c.Carry is { } y
            ? $"{{ digits: {y.Digits}, base: {y.NumberBase}, frequency: {y.Frequency}, programming: {ProgrammingNames[(int)y.Programming]} }}"
            : "none";
        string unit = settings.UnitSiemens.Equals(1.0) ? "" : string.Create(CultureInfo.InvariantCulture, $", unit_siemens: {settings.UnitSiemens:R}");
        string converters = c.Converters is null ? "none" : c.Converters == ConverterOptions.Sigmoid ? "sigmoid" : "relu";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            train:
              method: {{Method}}
              mode: {{ModeNames[(int)c.Mode]}}
              epochs: {{t.Epochs}}
              batch: {{t.BatchSize}}
              optimizer: {{(t.Optimizer == InSituOptimizer.Adam ? "adam" : "sgd")}}
              learning_rate: {{t.LearningRate:R}}
              decay: {{t.Decay:R}}
              decay_epochs: {{t.DecayEpochs}}
              output: {{(t.Output == OutputKind.Softmax ? "softmax" : "sigmoid")}}
              loss: {{(t.Loss == InSituLoss.CrossEntropy ? "cross_entropy" : "quadratic")}}
              bias: {{Flag(t.HasBias)}}
              core: {{CoreNames[(int)c.Kind]}}
              weight_scales: {{scales}}
              clip_scale: {{t.ClipScale:R}}
              window: {{Numbers([c.WindowLow, c.WindowHigh])}}
              ignore_noise: {{Flag(c.IgnoreNoise)}}
              ignore_nonlinearity: {{Flag(c.IgnoreNonlinearity)}}
              levels: {{c.Levels}}
              stochastic_levels: {{Flag(c.HasStochasticLevels)}}
              converters: {{converters}}
              carry: {{carry}}
              multi_lookup: {{(c.Lookup == MultiLookup.PerDevice ? "per_device" : "crosssim_vectorized")}}
              recorded_updates: {{t.RecordedUpdates}}
            device:  { tables: {{ExperimentFile.Scalar(settings.Device)}}{{unit}} }
            circuit: { read_volts: {{settings.Wiring.ReadVolts:R}}, segment_ohms: {{settings.Wiring.SegmentOhms:R}}, source_ohms: {{settings.Wiring.SourceOhms:R}}, terminal_ohms: {{settings.Wiring.TerminalOhms:R}} }
            matrix:  { devices: [{{string.Join(", ", settings.Matrix.Devices.Select(ExperimentFile.Scalar))}}], modes: [{{string.Join(", ", settings.Matrix.Modes.Select(m => ModeNames[(int)m]))}}], seeds: {{settings.Matrix.Seeds}} }

            """).ReplaceLineEndings("\n");
    }

    private static InSituTrainingOptions Training(YamlSection section, IReadOnlyList<int> layers, ulong seed)
    {
        var d = new InSituTrainingOptions { LayerSizes = layers, RecordedUpdates = 100_000 };
        section.Mark("method");
        OutputKind output = section.OneOf("output", "softmax", ["softmax", "sigmoid"]) == "sigmoid" ? OutputKind.Sigmoid : OutputKind.Softmax;
        InSituLoss loss = section.OneOf("loss", "cross_entropy", ["cross_entropy", "quadratic"]) == "quadratic" ? InSituLoss.Quadratic : InSituLoss.CrossEntropy;
        if (loss == InSituLoss.Quadratic && output == OutputKind.Softmax)
            section.Complain("loss", "'quadratic' goes with 'output: sigmoid'; softmax goes with cross_entropy.");
        IReadOnlyList<double> scales = section.IsText("weight_scales", "auto") ? [] : section.Numbers("weight_scales", v => v > 0, Positive) ?? [];
        section.Mark("weight_scales");
        if (scales.Count > 0 && scales.Count != layers.Count - 1)
            section.Complain("weight_scales", $"'weight_scales' has {scales.Count} entries for {layers.Count - 1} layers; give one a layer, or auto.");
        InSituTrainingOptions options = d with
        {
            Seed = seed,
            Epochs = section.Count("epochs", d.Epochs, 1),
            BatchSize = section.Count("batch", d.BatchSize, 1, ExperimentLimits.Batch),
            Optimizer = section.OneOf("optimizer", "sgd", ["sgd", "adam"]) == "adam" ? InSituOptimizer.Adam : InSituOptimizer.Sgd,
            LearningRate = section.Number("learning_rate", d.LearningRate, v => v > 0, Positive),
            Decay = section.Number("decay", d.Decay, v => v is > 0 and <= 1, "above 0 and at most 1"),
            DecayEpochs = section.Count("decay_epochs", d.DecayEpochs, 1),
            Output = output,
            Loss = loss,
            HasBias = section.Flag("bias", d.HasBias),
            WeightScales = scales,
            ClipScale = section.Number("clip_scale", d.ClipScale, v => v > 0, Positive),
            RecordedUpdates = section.Count("recorded_updates", d.RecordedUpdates, 1, ExperimentLimits.Draws),
            Core = Core(section),
        };
        section.RefuseUnknownKeys();
        return options;
    }

    private static CoreOptions Core(YamlSection section)
    {
        var d = new CoreOptions();
        IReadOnlyList<double> window = section.Numbers("window", v => v is >= 0 and <= 1, "from 0 to 1") ?? [d.WindowLow, d.WindowHigh];
        if (window.Count != 2 || !(window[0] < window[1]))
        {
            section.Complain("window", "'window' needs two rising fractions of the range, such as [0.1, 0.9].");
            window = [d.WindowLow, d.WindowHigh];
        }

        int levels = section.Count("levels", 0, 0, ExperimentLimits.Levels);
        if (levels == 1) section.Complain("levels", "'levels' is 1; 0 (none) or at least 2 are possible.");
        return new CoreOptions
        {
            Mode = (UpdateMode)Choice(section, "mode", ModeNames, (int)d.Mode),
            Kind = (CoreKind)Choice(section, "core", CoreNames, (int)d.Kind),
            WindowLow = window[0],
            WindowHigh = window[1],
            IgnoreNoise = section.Flag("ignore_noise", false),
            IgnoreNonlinearity = section.Flag("ignore_nonlinearity", false),
            Levels = levels == 1 ? 0 : levels,
            HasStochasticLevels = section.Flag("stochastic_levels", false),
            Converters = section.OneOf("converters", "none", ["none", "sigmoid", "relu"]) switch
            {
                "sigmoid" => ConverterOptions.Sigmoid,
                "relu" => ConverterOptions.Relu,
                _ => null,
            },
            Carry = Carry(section),
            Lookup = section.OneOf("multi_lookup", "per_device", ["per_device", "crosssim_vectorized"]) == "per_device"
                ? MultiLookup.PerDevice
                : MultiLookup.CrossSimVectorized,
        };
    }

    private static CarryOptions? Carry(YamlSection section)
    {
        section.Mark("carry");
        if (!section.Has("carry") || section.IsText("carry", "none")) return null;

        var d = new CarryOptions();
        YamlSection carry = section.Section("carry");
        var options = new CarryOptions
        {
            Digits = carry.Count("digits", d.Digits, 2, 64),
            NumberBase = carry.Count("base", d.NumberBase, 2),
            Frequency = carry.Count("frequency", d.Frequency, 1),
            Programming = (CarryProgramming)Choice(carry, "programming", ProgrammingNames, (int)d.Programming),
        };
        carry.RefuseUnknownKeys();
        return options;
    }

    private static string Device(YamlSection section, out double unitSiemens)
    {
        unitSiemens = section.Number("unit_siemens", 1, v => v > 0, "a positive number of siemens, that of 1 in the tables");
        string device = section.Text("tables", InSituSettings.DefaultDevice);
        if (!IsOwn(device) && !InSituDevices.Names.Contains(device)) section.OneOf("tables", device, [.. InSituDevices.Names]);
        section.RefuseUnknownKeys();
        return device;
    }

    private static InSituWiring Wiring(YamlSection section)
    {
        InSituWiring d = InSituSettings.DefaultWiring;
        var wiring = new InSituWiring
        {
            ReadVolts = section.Number("read_volts", d.ReadVolts, v => v > 0, "a positive number of volts"),
            SegmentOhms = section.Number("segment_ohms", d.SegmentOhms, v => v >= 0, AtLeastZero),
            SourceOhms = section.Number("source_ohms", d.SourceOhms, v => v >= 0, AtLeastZero),
            TerminalOhms = section.Number("terminal_ohms", d.TerminalOhms, v => v >= 0, AtLeastZero),
        };
        section.RefuseUnknownKeys();
        return wiring;
    }

    private static InSituMatrixSettings Matrix(YamlSection section)
    {
        var d = new InSituMatrixSettings();
        IReadOnlyList<string>? devices = section.Texts("devices");
        foreach (string device in devices ?? [])
            if (!IsOwn(device) && !InSituDevices.Names.Contains(device))
                section.Complain("devices", $"'{device}' is no device; choose from {string.Join(", ", InSituDevices.Names)}, or name a folder of update tables or a .csv of pulse trains.");
        var matrix = new InSituMatrixSettings
        {
            Devices = devices ?? d.Devices,
            Modes = [.. (section.OneOfEach("modes", ModeNames) ?? ModeNames).Select(m => (UpdateMode)Math.Max(0, Array.IndexOf(ModeNames, m)))],
            Seeds = section.Count("seeds", d.Seeds, 2, ExperimentLimits.StudyChips),
        };
        section.RefuseUnknownKeys();
        return matrix;
    }

    // The place of a word in a list that is ordered as its enumeration; a wrong word is reported and counts as the default.
    private static int Choice(YamlSection section, string key, string[] words, int fallback)
    {
        int place = Array.IndexOf(words, section.OneOf(key, words[fallback], words));
        return place >= 0 ? place : fallback;
    }

    // A path tells itself by its separator or its ending; everything else is a name.
    private static bool IsOwn(string device) =>
        device.Contains('/') || device.Contains('\\') || device.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens the device of an experiment, in siemens.</summary>
    /// <exception cref="Circuit.Errors.InvalidDesignException">Its tables cannot be in siemens.</exception>
    internal static InSituDevice Open(InSituSettings settings)
    {
        InSituDevice device = Open(settings.Device).InSiemens(settings.UnitSiemens);
        InSituMapper.RequireSiemens(device, settings.Training.Core);
        return device;
    }

    /// <summary>Opens a device by name, folder of tables or pulse trains, in the unit of its tables.</summary>
    internal static InSituDevice Open(string device)
    {
        if (!IsOwn(device)) return InSituDevices.Open(device);
        if (!device.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) return InSituDevices.ReadFolder(device);
        string name = Path.GetFileNameWithoutExtension(device);
        UpdateTable table = UpdateTableBuilder.Build(name, PulseTrainReader.Read(device));
        return new InSituDevice(name, name, $"pulse trains of {Path.GetFileName(device)}", table, [table]);
    }

    /// <summary>Changes with any byte of a device's own pulse trains; of tables every number is in the device itself.</summary>
    internal static string DeviceFileFingerprint(string device) =>
        IsOwn(device) && File.Exists(device) ? DataFingerprint.OfFiles([device]) : "";

    private static string Numbers(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]";

    private static string Flag(bool value) => value ? "true" : "false";
}
