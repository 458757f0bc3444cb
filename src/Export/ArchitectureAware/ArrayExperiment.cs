using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Tiles;
using CircuitSim.Training.ArchitectureAware;
using CircuitSim.Training.Data;
using CircuitSim.Training.Layers;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Reads and writes experiments with <c>train: { method: architecture-aware }</c>.</summary>
internal static class ArrayExperiment
{
    internal const string Method = "architecture-aware";

    private const string Positive = "a positive number", AtLeastZero = "a number of at least 0";

    private static readonly string[] OptimizerNames = ["sgd", "adam"], ScheduleNames = ["constant", "step", "cosine"], RangeNames = ["full_scale", "calibrated", "learnt"], OffsetNames = ["ignored", "spread"];

    internal static Experiment Read(YamlSection root, string name, ulong seed)
    {
        YamlSection data = root.Section("data", required: true);
        string set = data.OneOf("set", data.IsPresent ? ImageSets.Names[0] : "", [.. ImageSets.Names]);
        if (data.IsPresent && !data.Has("set")) data.Require("'set' is missing; it is needed.");
        int training = data.Count("images", int.MaxValue, 1, int.MaxValue), test = data.Count("test_images", int.MaxValue, 1, int.MaxValue);
        data.RefuseUnknownKeys();
        NetworkSpec network = NetworkSection.Read(root.Section("network", required: true), out string? onnx);
        ImageTrainingOptions options = Options(root.Section("train"), seed);
        ArrayModel arrays = Arrays(root.Section("arrays"));
        ArrayTraining[] imported = onnx is null ? [] : [new ArrayTraining { Name = ArrayTraining.Imported, Epochs = 0, LearningRate = 0 }];
        ArrayTraining[] trainings = [.. imported, .. root.Sections("trainings").Select(Training)];
        if (trainings.Length == 0) root.Require("'trainings' is missing; list at least one, such as '- { name: fp, epochs: 10, learning_rate: 0.02 }'.");
        CheckTrainings(root, arrays, trainings);
        string[] names = [.. trainings.Select(t => t.Name)];
        ArrayEvaluationSettings[] evaluations = [.. root.Sections("evaluations").Select(e => Evaluation(e, names))];
        foreach (ArrayEvaluationSettings evaluation in evaluations) CheckEvaluation(root, arrays, trainings, evaluation);
        YamlSection check = root.Section("check"), limits = check.Section("limits");
        var settings = new ArraySettings
        {
            TrainingImages = training,
            TestImages = test,
            OnnxFile = onnx,
            Network = network,
            Training = options,
            Arrays = arrays,
            Trainings = trainings,
            Evaluations = evaluations,
            Circuit = Circuit(root.Section("circuit"), names),
            IsSpiceWanted = (check.OneOfEach("against", ["ngspice"]) ?? ["ngspice"]).Contains("ngspice"),
            Judged = check.Has("judged") ? check.OneOf("judged", "", names) : Known(check, "judged"),
            LeastPercent = limits.OptionalNumber("floating_point_percent", v => v is >= 0 and <= 100, "from 0 to 100"),
            DropPercent = limits.OptionalNumber("accuracy_drop_percent", v => v >= 0, AtLeastZero),
            SpiceRelative = limits.OptionalNumber("spice_relative", v => v > 0, Positive),
        };
        limits.RefuseUnknownKeys();
        check.RefuseUnknownKeys();
        root.RefuseUnknownKeys();
        return new Experiment
        {
            Name = name,
            Seed = seed,
            Data = new DataSettings { Set = set },
            Network = new NetworkSettings { Layers = [] },
            Train = new TrainSettings { Method = Method },
            Arrays = settings,
        };
    }

    internal static string Write(Experiment experiment)
    {
        ArraySettings s = experiment.Arrays!;
        ImageTrainingOptions t = s.Training;
        ArrayModel a = s.Arrays;
        TileModel tiles = a.Tiles!;
        string images = (s.TrainingImages < int.MaxValue ? $", images: {s.TrainingImages}" : "") + (s.TestImages < int.MaxValue ? $", test_images: {s.TestImages}" : "");
        string trainings = string.Concat(s.Trainings.Where(x => x.Epochs > 0).Select(x => Line(
            $"  - {{ name: {x.Name}, level: {(int)x.Level}{(x.From is null ? "" : $", from: {x.From}")}, epochs: {x.Epochs}, learning_rate: {x.LearningRate:R}{(x.Images < int.MaxValue ? $", images: {x.Images}" : "")}{(x.GradientNorm is { } norm ? Line($", gradient_norm: {norm:R}") : "")}{Overrides(x.Overrides)} }}\n")));
        string evaluations = string.Concat(s.Evaluations.Select(e => Line(
            $"  - {{ figure: {e.Figure}, of: [{string.Join(", ", e.Of)}], level: {(int)e.Level}{Lists(e)}, chips: {e.Chips}{(e.Images < int.MaxValue ? $", images: {e.Images}" : "")}{Overrides(e.Overrides)} }}\n")));
        string circuit = s.Circuit is { } c
            ? Line($"circuit: {{ of: {c.Of}, segment_ohms: [{Numbers(c.SegmentOhms)}], tiles: {c.Tiles}, excerpt: {c.Excerpt}, deck_segment_ohms: {c.DeckSegmentOhms:R} }}\n")
            : "";
        string[] limits = [.. Limit("floating_point_percent", s.LeastPercent), .. Limit("accuracy_drop_percent", s.DropPercent), .. Limit("spice_relative", s.SpiceRelative)];
        return Line($$"""
            name: {{experiment.Name}}
            seed: {{experiment.Seed}}
            data:    { set: {{experiment.Data.Set}}{{images}} }
            network: {{NetworkSection.Write(s.Network, s.OnnxFile)}}
            train:   { method: {{Method}}, batch: {{t.BatchSize}}, optimizer: {{OptimizerNames[(int)t.Optimizer]}}, momentum: {{t.Momentum:R}}, nesterov: {{Flag(t.IsNesterov)}}, weight_decay: {{t.WeightDecay:R}}, schedule: {{ScheduleNames[(int)t.Schedule]}}, step_epochs: [{{string.Join(", ", t.StepEpochs)}}], step_factor: {{t.StepFactor:R}}, flips: {{Flag(t.HasFlips)}}, crop_pixels: {{t.CropPixels}} }
            arrays:  { inputs: {{tiles.Inputs}}, outputs: {{tiles.Outputs}}, weight_bits: {{a.WeightBits}}, input_bits: {{a.InputBits}}, on_off_ratio: {{a.OnOffRatio:R}}, offset: {{OffsetNames[(int)a.Offset]}}, adc_bits: {{tiles.ConverterBits}}, adc_range: {{RangeNames[(int)tiles.Range]}}, bit_serial: {{Flag(tiles.IsBitSerial)}}, variation: {{a.Variation:R}}, read_amps: {{a.MaximumReadAmps:R}}, read_volts: {{a.ReadVolts:R}} }

            """).ReplaceLineEndings("\n") + (trainings.Length > 0 ? "trainings:\n" + trainings : "") + (evaluations.Length > 0 ? "evaluations:\n" + evaluations : "") + circuit
            + $"check:   {{ against: [{(s.IsSpiceWanted ? "ngspice" : "")}]{(s.Judged is null ? "" : $", judged: {s.Judged}")}, limits: {{ {string.Join(", ", limits)} }} }}\n";
    }

    private static ImageTrainingOptions Options(YamlSection section, ulong seed)
    {
        var d = new ImageTrainingOptions();
        section.Mark("method");
        var options = new ImageTrainingOptions
        {
            Seed = seed,
            BatchSize = section.Count("batch", d.BatchSize, 1, ExperimentLimits.Batch),
            Optimizer = (ImageOptimizer)Choice(section, "optimizer", OptimizerNames, (int)d.Optimizer),
            Momentum = section.Number("momentum", d.Momentum, v => v is >= 0 and < 1, "from 0 to below 1"),
            IsNesterov = section.Flag("nesterov", d.IsNesterov),
            WeightDecay = section.Number("weight_decay", d.WeightDecay, v => v >= 0, AtLeastZero),
            Schedule = (RateSchedule)Choice(section, "schedule", ScheduleNames, (int)d.Schedule),
            StepEpochs = section.Counts("step_epochs", 1, 0) ?? [],
            StepFactor = section.Number("step_factor", d.StepFactor, v => v is > 0 and < 1, "between 0 and 1, both excluded"),
            HasFlips = section.Flag("flips", d.HasFlips),
            CropPixels = section.Count("crop_pixels", d.CropPixels, 0, 256),
        };
        section.RefuseUnknownKeys();
        return options;
    }

    private static ArrayModel Arrays(YamlSection section)
    {
        var model = new ArrayModel
        {
            WeightBits = section.Count("weight_bits", 4, 1),
            InputBits = section.Count("input_bits", 8, 1),
            OnOffRatio = section.Number("on_off_ratio", 10, v => v > 1, "above 1"),
            Offset = (LevelOffset)Choice(section, "offset", OffsetNames, 0),
            Variation = section.Number("variation", 0, v => v >= 0, AtLeastZero),
            MaximumReadAmps = section.Number("read_amps", 3e-6, v => v > 0, Positive),
            ReadVolts = section.Number("read_volts", 0.3, v => v > 0, Positive),
            Tiles = new TileModel
            {
                Inputs = section.Count("inputs", 256, 1, ExperimentLimits.LayerSize),
                Outputs = section.Count("outputs", 64, 1, ExperimentLimits.LayerSize),
                ConverterBits = section.Count("adc_bits", 8, 2),
                Range = (ConverterRange)Choice(section, "adc_range", RangeNames, (int)ConverterRange.Calibrated),
                IsBitSerial = section.Flag("bit_serial", false),
            },
        };
        try
        {
            model.Check();
        }
        catch (InvalidDesignException e)
        {
            foreach (string problem in e.Violations) section.Require(problem);
        }

        section.RefuseUnknownKeys();
        return model;
    }

    private static ArrayTraining Training(YamlSection section)
    {
        var training = new ArrayTraining
        {
            Name = section.Text("name", null),
            Level = Level(section, 0),
            From = section.OptionalText("from"),
            Epochs = section.Has("epochs") ? section.Count("epochs", 1, 1) : (int)Missing(section, "epochs"),
            LearningRate = section.RequiredNumber("learning_rate", v => v > 0, Positive),
            Images = section.Count("images", int.MaxValue, 1, int.MaxValue),
            GradientNorm = section.OptionalNumber("gradient_norm", v => v > 0, Positive),
            Overrides = ReadOverrides(section, hasLists: false),
        };
        if (!training.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) section.Complain("name", $"'{training.Name}' names a file; use letters, digits, '-' and '_' only.");
        section.RefuseUnknownKeys();
        return training;
    }

    private static ArrayEvaluationSettings Evaluation(YamlSection section, string[] trainings)
    {
        var evaluation = new ArrayEvaluationSettings
        {
            Figure = section.Text("figure", null),
            Of = section.Has("of") ? section.OneOfEach("of", trainings) ?? [] : [],
            Level = Level(section, 3),
            WeightBits = section.Counts("weight_bits", 1, 1) ?? [],
            OnOffRatios = section.Numbers("on_off_ratio", v => v > 1, "above 1") ?? [],
            Variations = section.Numbers("variation", v => v >= 0, AtLeastZero) ?? [],
            Chips = section.Count("chips", 20, 1, ExperimentLimits.StudyChips),
            Images = section.Count("images", int.MaxValue, 1, int.MaxValue),
            Overrides = ReadOverrides(section, hasLists: true),
        };
        if (!evaluation.Figure.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) section.Complain("figure", $"'{evaluation.Figure}' names a file; use the letters a to z, digits and hyphens.");
        if (evaluation.Of.Count == 0) section.Require("'of' is missing; name the trainings to judge.");
        section.RefuseUnknownKeys();
        return evaluation;
    }

    private static ArrayOverrides ReadOverrides(YamlSection section, bool hasLists) => new()
    {
        WeightBits = hasLists ? null : section.OptionalCount("weight_bits", 1),
        OnOffRatio = hasLists ? null : section.OptionalNumber("on_off_ratio", v => v > 1, "above 1"),
        Variation = hasLists ? null : section.OptionalNumber("variation", v => v >= 0, AtLeastZero),
        ConverterBits = section.OptionalCount("adc_bits", 2),
        Range = section.Has("adc_range") ? (ConverterRange)Choice(section, "adc_range", RangeNames, 0) : (ConverterRange?)null,
        IsBitSerial = section.Has("bit_serial") ? section.Flag("bit_serial", false) : (bool?)null,
        Offset = section.Has("offset") ? (LevelOffset)Choice(section, "offset", OffsetNames, 0) : (LevelOffset?)null,
    };

    private static ArrayCircuitSettings? Circuit(YamlSection section, string[] trainings)
    {
        if (!section.IsPresent) return null;
        var d = new ArrayCircuitSettings { Of = "" };
        var circuit = new ArrayCircuitSettings
        {
            Of = section.Has("of") ? section.OneOf("of", "", trainings) : section.Text("of", null),
            SegmentOhms = section.Numbers("segment_ohms", v => v >= 0, AtLeastZero) ?? d.SegmentOhms,
            Tiles = section.Count("tiles", d.Tiles, 1),
            Excerpt = section.Count("excerpt", d.Excerpt, 2),
            DeckSegmentOhms = section.Number("deck_segment_ohms", d.DeckSegmentOhms, v => v >= 0, AtLeastZero),
        };
        section.RefuseUnknownKeys();
        return circuit;
    }

    private static void CheckTrainings(YamlSection root, ArrayModel arrays, ArrayTraining[] trainings)
    {
        for (int i = 0; i < trainings.Length; i++)
        {
            string[] before = [.. trainings.Take(i).Select(t => t.Name)];
            if (before.Contains(trainings[i].Name)) root.Complain("trainings", $"two trainings are named '{trainings[i].Name}'; each needs a name of its own.");
            if (trainings[i].From is { } from && !before.Contains(from)) root.Complain("trainings", $"training '{trainings[i].Name}' begins from '{from}'; earlier ones are {(before.Length == 0 ? "none" : string.Join(", ", before))}.");
            CheckModel(root, "trainings", $"training '{trainings[i].Name}'", trainings[i].Overrides.Apply(arrays));
        }
    }

    // Every combination is looked at before hours are spent on training.
    private static void CheckEvaluation(YamlSection root, ArrayModel arrays, ArrayTraining[] trainings, ArrayEvaluationSettings evaluation)
    {
        foreach (ArrayTraining training in trainings.Where(t => evaluation.Of.Contains(t.Name)))
        {
            foreach (ArrayModel model in evaluation.Models(training, arrays)) CheckModel(root, "evaluations", $"figure '{evaluation.Figure}'", model);
            ArrayModel? own = TrainingLevels.Of(training.Overrides.Apply(arrays), training.Level), judged = TrainingLevels.Of(evaluation.Models(training, arrays).First(), evaluation.Level);
            if (judged?.Tiles?.Range == ConverterRange.Learnt && own?.Tiles?.Range != ConverterRange.Learnt)
                root.Complain("evaluations", $"figure '{evaluation.Figure}' judges '{training.Name}' with learnt ADC ranges, which only trainings of level 3 or 4 with 'adc_range: learnt' have; give it 'adc_range: calibrated'.");
        }
    }

    private static void CheckModel(YamlSection root, string key, string what, ArrayModel model)
    {
        try
        {
            model.Check();
        }
        catch (InvalidDesignException e)
        {
            foreach (string problem in e.Violations) root.Complain(key, $"{what}: {problem}");
        }
    }

    private static TrainingLevel Level(YamlSection section, int fallback)
    {
        int level = section.Count("level", fallback, 0);
        if (level > (int)TrainingLevel.VariationAware) section.Complain("level", $"'level' is {level}; levels are 0 (floating point) to 4 (variation).");
        return (TrainingLevel)Math.Min(level, (int)TrainingLevel.VariationAware);
    }

    private static int Choice(YamlSection section, string key, string[] names, int fallback) => Math.Max(0, Array.IndexOf(names, section.OneOf(key, names[fallback], names)));

    private static double Missing(YamlSection section, string key)
    {
        section.Require($"'{key}' is missing; it is needed.");
        return 1;
    }

    private static string? Known(YamlSection section, string key)
    {
        section.Mark(key);
        return null;
    }

    private static string Overrides(ArrayOverrides o) => Line($"{(o.WeightBits is { } b ? $", weight_bits: {b}" : "")}")
        + (o.OnOffRatio is { } r ? Line($", on_off_ratio: {r:R}") : "") + (o.Variation is { } v ? Line($", variation: {v:R}") : "")
        + (o.ConverterBits is { } converter ? $", adc_bits: {converter}" : "") + (o.Range is { } range ? $", adc_range: {RangeNames[(int)range]}" : "") + (o.IsBitSerial is { } serial ? $", bit_serial: {Flag(serial)}" : "")
        + (o.Offset is { } offset ? $", offset: {OffsetNames[(int)offset]}" : "");

    private static string Lists(ArrayEvaluationSettings e) => (e.WeightBits.Count > 0 ? $", weight_bits: [{string.Join(", ", e.WeightBits)}]" : "")
        + (e.OnOffRatios.Count > 0 ? $", on_off_ratio: [{Numbers(e.OnOffRatios)}]" : "") + (e.Variations.Count > 0 ? $", variation: [{Numbers(e.Variations)}]" : "");

    private static IEnumerable<string> Limit(string key, double? value) => value is { } v ? [Line($"{key}: {v:R}")] : [];

    internal static string Numbers(IEnumerable<double> values) => string.Join(", ", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
