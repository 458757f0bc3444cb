using System.Security.Cryptography;
using System.Text.Json;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Files;
using CircuitSim.Mapping.Tiles;
using CircuitSim.Training.ArchitectureAware;
using CircuitSim.Training.Data;
using CircuitSim.Training.Layers;
using CircuitSim.Training.Onnx;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>The stages of an architecture-aware run. The pipeline keeps their order and what is done.</summary>
internal sealed class ArrayRun : IStagedRun
{
    private readonly Experiment _experiment;
    private readonly RunFolder _folder;
    private readonly RunServices _services;
    private readonly ArraySettings _settings;
    private readonly ImageSplit _images;
    private readonly string _imagesFingerprint;
    private readonly Dictionary<string, TrainedImageNetwork> _trained = [];

    internal ArrayRun(Experiment experiment, RunFolder folder, RunServices services)
    {
        (_experiment, _folder, _services, _settings) = (experiment, folder, services, experiment.Arrays!);
        ImageSplit all = ImageSets.Open(experiment.Data.Set, services.DataFolder);
        _images = new ImageSplit(all.Training.First(_settings.TrainingImages), all.Test.First(_settings.TestImages));
        _imagesFingerprint = DataFingerprint.Of(_images);
        ImageTrainer.CheckShapes(_settings.Network, _images);
    }

    internal ArrayDocument? Document { get; private set; }

    private string Models => Path.Combine(_folder.Root, "models");

    private static int Threads => Environment.ProcessorCount;

    public string[] Outputs(RunStage stage) => stage switch
    {
        RunStage.Train => [_folder.Experiment, _folder.Training, .. _settings.Trainings.Select(Model)],
        RunStage.Map => [_folder.Mapping],
        RunStage.Export => _settings.Circuit is null ? [] : [_folder.Netlists],
        RunStage.Check => [_folder.Fidelity],
        _ => [_folder.Report, _folder.Figures],
    };

    public string Fingerprint(RunStage stage) => stage switch
    {
        RunStage.Train => RunStages.Fingerprint(_imagesFingerprint, OnnxHash(), Text(s => s with { Evaluations = [], Circuit = null, Judged = null, LeastPercent = null, DropPercent = null, SpiceRelative = null })),
        RunStage.Map => "",
        RunStage.Export => RunStages.Fingerprint(Text(s => s with { Evaluations = [], Judged = null, LeastPercent = null, DropPercent = null, SpiceRelative = null })),
        RunStage.Check => RunStages.Fingerprint(Text(s => s), CheckStage.EngineVersion(_services)),
        _ => "",
    };

    public string Execute(RunStage stage, StageHistory history, Action<double, string> progress, CancellationToken cancellationToken)
    {
        if (stage != RunStage.Report) _folder.Begin(_experiment);
        return stage switch
        {
            RunStage.Train => Train(progress, cancellationToken),
            RunStage.Map => Map(),
            RunStage.Export => Export(cancellationToken),
            RunStage.Check => Check(history, progress, cancellationToken),
            _ => Report(),
        };
    }

    public void ReadDocument() => Document = FidelityJson.ReadPart<ArrayDocument>(_folder.Fidelity, "the document of an architecture-aware run");

    public IEnumerable<DeckDraft> Drafts(CancellationToken cancellationToken)
    {
        if (_settings.Circuit is null) yield break;
        foreach (DeckDraft draft in Circuits().Drafts(_experiment.Name))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return draft;
        }
    }

    public SpiceChecker Checker(IDeckEngine? engine)
    {
        ArrayCircuits circuits = Circuits();
        return new SpiceChecker(circuits.NodeVolts, engine, _experiment.Check.Limits.SpiceVolts ?? SpiceChecker.DefaultLimitVolts);
    }

    private string OnnxHash() => _settings.OnnxFile is { } file ? Convert.ToHexStringLower(SHA256.HashData(InputBytes.Read(file))) : "";

    private string Text(Func<ArraySettings, ArraySettings> part) => ArrayExperiment.Write(_experiment with { Arrays = part(_settings) });

    private string Model(ArrayTraining training) => Path.Combine(Models, $"{training.Name}.net");

    private string Train(Action<double, string> progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Models);
        KeepOwnCheckpoints();
        double total = _settings.Trainings.Sum(t => t.Epochs), before = 0;
        var results = new List<ArrayTrainingResult>();
        foreach (ArrayTraining training in _settings.Trainings)
        {
            long start = _services.Time.GetTimestamp();
            double done = before;
            TrainedImageNetwork network = training.Epochs == 0 ? Import(cancellationToken) : ImageTrainer.Train(
                _settings.Network, _images with { Training = _images.Training.First(training.Images) }, _settings.Training with { Epochs = training.Epochs, LearningRate = training.LearningRate, GradientNorm = training.GradientNorm, Seed = _experiment.Seed },
                TrainingLevels.Of(training.Overrides.Apply(_settings.Arrays), training.Level), training.From is { } from ? _trained[from] : null,
                Path.ChangeExtension(Model(training), "checkpoint"), Threads,
                new TrainingProgress(p => progress(Math.Min((done + p.Fraction * training.Epochs) / total, 0.999), FormattableString.Invariant(
                    $"{training.Name}, epoch {p.Epoch}/{p.EpochCount}, loss {p.Loss:F4}, {p.SecondsLeft:F0} s left of this training"))),
                cancellationToken);
            TrainedImageNetworkFile.Write(Model(training), network);
            _trained[training.Name] = network;
            before += training.Epochs;
            results.Add(new ArrayTrainingResult(training.Name, (int)training.Level, training.From, _services.Time.GetElapsedTime(start).TotalSeconds, network.History) { Ranges = network.Ranges });
        }

        _trained.Clear();
        AtomicFile.Write(_folder.Training, s => JsonSerializer.Serialize(s, results, FidelityJson.Options));
        return string.Join(", ", results.Select(r => FormattableString.Invariant($"{r.Name} {r.TestPercent:F2} %")));
    }

    // A checkpoint continues the training that began it, and no other.
    private void KeepOwnCheckpoints()
    {
        string path = Path.Combine(Models, "training.json"), fingerprint = RunStages.Fingerprint(_services.Program, Fingerprint(RunStage.Train));
        Begun? begun = File.Exists(path) ? FidelityJson.ReadPart<Begun>(path, "the begin of a training") : null;
        if (begun?.Fingerprint != fingerprint)
        {
            foreach (string checkpoint in Directory.EnumerateFiles(Models, "*.checkpoint")) File.Delete(checkpoint);
        }
        else if (begun.VectorUnits != _services.VectorUnits && !_services.MixesVectorUnits && Directory.EnumerateFiles(Models, "*.checkpoint").Any())
        {
            throw new VectorUnitsException($"A checkpoint in '{Models}'", begun.VectorUnits, _services.VectorUnits);
        }

        AtomicFile.Write(path, s => JsonSerializer.Serialize(s, new Begun(fingerprint, _services.VectorUnits), FidelityJson.Options));
    }

    private TrainedImageNetwork Import(CancellationToken cancellationToken)
    {
        TrainedImageNetwork read = OnnxNetwork.Read(_settings.OnnxFile!);
        var network = new TrainedImageNetwork(_settings.Network, read.Parameters.Span, read.State.Span, []);
        ArrayEvaluator judge = ArrayEvaluator.Create(network, null, _images.Training, Threads);
        ArrayEvaluation training = judge.Evaluate(_images.Training, cancellationToken: cancellationToken);
        return new TrainedImageNetwork(_settings.Network, read.Parameters.Span, read.State.Span, [new ImageEpoch(0, training.Loss, training.Accuracy, judge.Evaluate(_images.Test, cancellationToken: cancellationToken).Accuracy)]);
    }

    private string Map()
    {
        ArrayMatrix[] matrices = Matrices();
        AtomicFile.Write(_folder.Mapping, stream => JsonSerializer.Serialize(stream, new
        {
            schemaVersion = 1,
            network = _settings.Network.Name,
            arrayInputs = _settings.Arrays.Tiles!.Inputs,
            arrayOutputs = _settings.Arrays.Tiles.Outputs,
            onSiemens = _settings.Arrays.OnSiemens,
            offSiemens = _settings.Arrays.OnSiemens * _settings.Arrays.OffShare,
            arrayCount = matrices.Sum(m => m.ArrayCount),
            deviceCount = 2 * matrices.Sum(m => (long)m.Inputs * m.Outputs),
            matrices,
        }, FidelityJson.Options));
        return FormattableString.Invariant($"{matrices.Length} matrices on {matrices.Sum(m => m.ArrayCount)} arrays of {_settings.Arrays.Tiles!.Inputs} x {_settings.Arrays.Tiles.Outputs}");
    }

    private string Export(CancellationToken cancellationToken)
    {
        if (_settings.Circuit is null) return "no decks asked for";
        IReadOnlyList<DeckEntry> decks = DeckExporter.Replace(_folder.Netlists, root => DeckExporter.WriteDrafts(
            root, Drafts(cancellationToken), _experiment.Export.SpiceDialects, null, cancellationToken));
        return FormattableString.Invariant($"{decks.Count} decks");
    }

    private string Check(StageHistory history, Action<double, string> progress, CancellationToken cancellationToken)
    {
        long start = _services.Time.GetTimestamp();
        List<ArrayPoint> points = new ArrayPoints(_settings, _images, _imagesFingerprint, Trained, Path.Combine(_folder.Root, "points.jsonl"), _services, Threads)
            .Measure((fraction, text) => progress(0.8 * fraction, text), cancellationToken);
        IReadOnlyList<Referee> referees = Referee.Of(new CheckSettings { Against = _settings.IsSpiceWanted ? [NgspiceEngine.EngineName] : [] }, _services);
        Referee? referee = referees.FirstOrDefault(r => r.Engine is not null);
        var wires = new List<ArrayWirePoint>();
        var tiles = new List<ArrayTileCheck>();
        if (_settings.Circuit is { } circuit)
        {
            ArrayEvaluator evaluator = OnTiles(circuit.Of);
            foreach (double ohms in circuit.SegmentOhms)
            {
                progress(0.8 + 0.1 * wires.Count / circuit.SegmentOhms.Count, FormattableString.Invariant($"exact wires of {ohms} ohms"));
                ArrayEvaluation judged = evaluator.Evaluate(_images.Test, new TileWires { SegmentOhms = ohms }, cancellationToken: cancellationToken);
                wires.Add(new ArrayWirePoint(ohms, 100 * judged.Accuracy, judged.ImageCount));
            }

            ArrayCircuits circuits = Circuits();
            foreach ((int matrix, int tile) in circuits.Chosen())
            {
                progress(0.9 + 0.1 * tiles.Count / circuit.Tiles, $"array {tile + 1} of matrix {matrix + 1}");
                tiles.Add(circuits.Check(matrix, tile, _folder.Netlists, referee, _settings.SpiceRelative ?? 1e-9, cancellationToken));
            }
        }

        IReadOnlyList<ArrayTrainingResult> trainings = FidelityJson.ReadPart<List<ArrayTrainingResult>>(_folder.Training, "a record of architecture-aware training");
        ArrayMatrix[] matrices = Matrices();
        Document = new ArrayDocument
        {
            Name = _experiment.Name,
            Seed = _experiment.Seed,
            ProgramVersion = ProgramVersion.Text,
            Verdict = ArrayVerdict.Judge(_settings, trainings, tiles),
            Engines = CheckStage.Engines(referees),
            DataSet = _images.Training.Name,
            TrainCount = _images.Training.Count,
            TestCount = _images.Test.Count,
            Network = _settings.Network.Name,
            Matrices = matrices,
            ArrayCount = matrices.Sum(m => m.ArrayCount),
            DeviceCount = 2 * matrices.Sum(m => (long)m.Inputs * m.Outputs),
            Trainings = trainings,
            Points = points,
            Comparisons = ArrayPoints.Compare(points),
            Wires = wires,
            Tiles = tiles,
            VectorUnits = history.VectorUnits,
            Timings = [.. history.Timings, new StageTiming { Stage = "check", Seconds = _services.Time.GetElapsedTime(start).TotalSeconds }],
            Decks = _settings.Circuit is null ? [] : CheckStage.Decks(_folder),
            Cite =
            [
                "Q. Wang, Y. Park, W. D. Lu, Device Non-Ideality Effects and Architecture-aware Training in RRAM In-Memory Computing Modules, University of Michigan",
                _images.Training.Name == "mnist"
                    ? "Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database of handwritten digits, 1998"
                    : "A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, University of Toronto, 2009",
            ],
        };
        AtomicFile.Write(_folder.Fidelity, s => JsonSerializer.Serialize(s, Document, FidelityJson.Options));
        return Document.Verdict.Summary;
    }

    private string Report()
    {
        if (Document is null) ReadDocument();
        IReadOnlyList<NamedFigure> figures = [];
        AtomicFile.WriteText(_folder.Report, w => figures = FidelityJson.Use(_folder.Fidelity, () => ArrayPage.Write(Document!, w)));
        FigureFiles.Replace(_folder.Figures, figures);
        return Path.GetFileName(_folder.Report);
    }

    private ArrayMatrix[] Matrices()
    {
        TileModel tiles = _settings.Arrays.Tiles!;
        return [.. _settings.Network.Matrices().Select(m =>
        {
            var plan = new TilePlan(m.Inputs, m.Outputs, tiles.Inputs, tiles.Outputs);
            return new ArrayMatrix(m.Name, m.Inputs, m.Outputs, m.PixelCount, plan.ArrayCount, plan.Utilisation, m.HasSignedInput ? 2 : 1);
        })];
    }

    private ArrayCircuits Circuits() => new(OnTiles(_settings.Circuit!.Of), _settings.Circuit, _images.Test, _settings.Arrays.ReadVolts);

    private ArrayEvaluator OnTiles(string name)
    {
        ArrayTraining training = _settings.Trainings.First(t => t.Name == name);
        return ArrayEvaluator.Create(Trained(name), TrainingLevels.Of(training.Overrides.Apply(_settings.Arrays), TrainingLevel.TileAware), _images.Training, Threads);
    }

    private TrainedImageNetwork Trained(string name)
    {
        if (_trained.TryGetValue(name, out TrainedImageNetwork? known)) return known;
        TrainedImageNetwork read = TrainedImageNetworkFile.Read(Model(_settings.Trainings.First(t => t.Name == name)));
        string wanted = JsonSerializer.Serialize(_settings.Network), found = JsonSerializer.Serialize(read.Network);
        if (wanted != found) throw new InputFileException(Model(_settings.Trainings.First(t => t.Name == name)), "holds another network than the experiment; run 'circuitsim train' again.");
        return _trained[name] = read;
    }

    private sealed record Begun(string Fingerprint, string VectorUnits);

    private sealed class TrainingProgress(Action<ImageTrainingProgress> report) : IProgress<ImageTrainingProgress>
    {
        public void Report(ImageTrainingProgress value) => report(value);
    }
}
