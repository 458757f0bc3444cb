using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Files;
using CircuitSim.Training.InSitu;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Export.InSitu;

/// <summary>The stages of a run in situ. The pipeline keeps their order and what is done.</summary>
internal sealed class InSituRun : IStagedRun
{
    private const string DeviceHeader = "name,layer,word_line,bit_line,siemens,ohms,word_line_node,bit_line_node\n";

    private readonly Experiment _experiment;
    private readonly RunFolder _folder;
    private readonly RunServices _services;
    private readonly InSituData _data;
    private readonly InSituDevice _device;
    private InSituNetwork? _network;
    private ReadoutNetwork? _circuit;

    internal InSituRun(Experiment experiment, RunFolder folder, RunServices services)
    {
        (_experiment, _folder, _services) = (experiment, folder, services);
        _data = InSituData.Open(experiment, services.DataFolder);
        _device = InSituExperiment.Open(experiment.InSitu!);
    }

    internal InSituDocument? Document { get; private set; }

    /// <summary>The training options of an experiment for one seed.</summary>
    internal static InSituTrainingOptions Options(Experiment experiment) =>
        experiment.InSitu!.Training with { LayerSizes = experiment.Network.Layers, Seed = experiment.Seed };

    public string[] Outputs(RunStage stage) => stage switch
    {
        RunStage.Train => [_folder.Experiment, _folder.Model, _folder.Training],
        RunStage.Map => [_folder.Mapping, _folder.Devices],
        RunStage.Export => [_folder.Netlists],
        RunStage.Check => [_folder.Fidelity],
        _ => [_folder.Report, _folder.Figures],
    };

    public string Fingerprint(RunStage stage) => stage switch
    {
        RunStage.Train => TrainFingerprint(_experiment, _data.Fingerprint, _device),
        RunStage.Map => RunStages.Fingerprint(_experiment.InSitu!.Wiring),
        RunStage.Export => RunStages.Fingerprint(_experiment.Name, _experiment.Export, _experiment.Check.Samples),
        RunStage.Check => RunStages.Fingerprint(_experiment.Check, CheckStage.EngineVersion(_services)),
        _ => "",
    };

    /// <summary>Fingerprint of what a training depends on: data, device tables and settings.</summary>
    internal static string TrainFingerprint(Experiment experiment, string dataFingerprint, InSituDevice device) => RunStages.Fingerprint(
        experiment.Seed.ToString(CultureInfo.InvariantCulture), dataFingerprint, experiment.Data,
        experiment.InSitu!.Validation, Options(experiment), device.Label, device.Source, device.Note ?? "",
        string.Join(' ', device.Population.Prepend(device.Standard).Select(TableFingerprint)), InSituExperiment.DeviceFileFingerprint(experiment.InSitu.Device));

    public string Execute(RunStage stage, StageHistory history, Action<double, string> progress, CancellationToken cancellationToken)
    {
        if (stage != RunStage.Report) _folder.Begin(_experiment);
        return stage switch
        {
            RunStage.Train => Train(progress, cancellationToken),
            RunStage.Map => Map(),
            RunStage.Export => Export(progress, cancellationToken),
            RunStage.Check => Check(history, progress, cancellationToken),
            _ => Report(),
        };
    }

    public void ReadDocument() => Document = FidelityJson.ReadPart<InSituDocument>(_folder.Fidelity, "the document of a run in situ");

    private static string TableFingerprint(UpdateTable table) => RunStages.Fingerprint(
        table.Name, table.Conductance.ToArray(), table.Probability.ToArray(), table.Changes(isIncreasing: true).ToArray(), table.Changes(isIncreasing: false).ToArray());

    private string Train(Action<double, string> progress, CancellationToken cancellationToken)
    {
        InSituTrainingOptions options = Options(_experiment);
        long start = _services.Time.GetTimestamp();
        InSituResult result = InSituTrainer.Train(options, _device, _data.Split, new EpochProgress(options.Epochs, progress), cancellationToken);
        double seconds = _services.Time.GetElapsedTime(start).TotalSeconds;
        IReadOnlyList<InSituEpoch> ideal = InSituTrainer.TrainFloatingPoint(options, _data.Split, cancellationToken: cancellationToken);
        (_network, _circuit) = (null, null);
        InSituNetworkFile.Write(_folder.Model, result.Network);
        new InSituTrainingRecord
        {
            Seconds = seconds,
            History = result.History,
            FloatingPoint = ideal,
            Updates = UpdateErrors.Of(result.TargetUpdates, result.RealUpdates),
        }.Write(_folder.Training);
        return FormattableString.Invariant($"test accuracy {100 * result.Final.TestAccuracy:F2} %, floating point {100 * ideal[^1].TestAccuracy:F2} %");
    }

    private string Map()
    {
        ReadoutNetwork circuit = Circuit();
        AtomicFile.WriteText(_folder.Devices, writer => WriteDevices(writer, circuit));
        AtomicFile.Write(_folder.Mapping, stream => JsonSerializer.Serialize(stream, new
        {
            schemaVersion = 1,
            scheme = _experiment.InSitu!.Training.Core.Kind.ToString(),
            device = _device.Label,
            deviceSource = _device.Source,
            readVolts = circuit.UnitVolts,
            deviceCount = DeviceCount(circuit),
            layers = circuit.Layers.Select((layer, l) => new
            {
                layer = l + 1,
                wordLineCount = layer.Crossbar.WordLineCount,
                bitLineCount = layer.Crossbar.BitLineCount,
                minimumSiemens = layer.Crossbar.ConductanceSiemens.ToArray().Min(),
                meanSiemens = layer.Crossbar.ConductanceSiemens.ToArray().Average(),
                maximumSiemens = layer.Crossbar.ConductanceSiemens.ToArray().Max(),
                neurons = layer.Neurons.Select(n => n.Select(t => new { bitLine = t.BitLine + 1, perAmp = t.PerAmp })),
            }),
        }, FidelityJson.Options));
        return FormattableString.Invariant($"{DeviceCount(circuit)} devices in {circuit.Layers.Count} crossbars");
    }

    private string Export(Action<double, string> progress, CancellationToken cancellationToken)
    {
        int[] samples = Samples();
        IReadOnlyList<DeckEntry> decks = DeckExporter.Replace(_folder.Netlists, root => DeckExporter.WriteDrafts(
            root, Drafts(cancellationToken), _experiment.Export.SpiceDialects,
            draft => progress((double)Array.IndexOf(samples, draft.Sample!.Value) / samples.Length, draft.Name), cancellationToken));
        return FormattableString.Invariant($"{decks.Count} decks");
    }

    public IEnumerable<DeckDraft> Drafts(CancellationToken cancellationToken)
    {
        var solver = ReadoutSolver.Create(Circuit());
        foreach (int sample in Samples())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return DeckDraft.Of(
                solver, $"sample{sample}", _experiment.Name, $"whole network, test sample {sample}, current read-out, every wire segment", sample, _data.Inputs(sample));
        }
    }

    public SpiceChecker Checker(IDeckEngine? engine)
    {
        ReadoutNetwork circuit = Circuit();
        ReadoutSolver solver = ReadoutSolver.Create(circuit);
        return new SpiceChecker(
            deck => ReadoutElaborator.NodeVolts(circuit, solver.Solve(_data.Inputs(deck.Sample!.Value), hasNodeVolts: true)),
            engine, _experiment.Check.Limits.SpiceVolts ?? SpiceChecker.DefaultLimitVolts);
    }

    private int[] Samples() => _experiment.Export.Samples is { } chosen ? [.. chosen] : [.. Enumerable.Range(0, _data.CheckedCount)];

    private string Check(StageHistory history, Action<double, string> progress, CancellationToken cancellationToken)
    {
        Document = new InSituCheck(_experiment, _folder, _services, _data, _device, Network(), Circuit(), Checker).Run(
            InSituTrainingRecord.Read(_folder.Training), history, progress, cancellationToken);
        AtomicFile.Write(_folder.Fidelity, s => JsonSerializer.Serialize(s, Document, FidelityJson.Options));
        return Document.Verdict.Summary;
    }

    private string Report()
    {
        if (Document is null) ReadDocument();
        InSituTrainingRecord record = InSituTrainingRecord.Read(_folder.Training);
        IReadOnlyList<NamedFigure> figures = [];
        AtomicFile.WriteText(_folder.Report, w => figures = FidelityJson.Use(_folder.Fidelity, () => InSituPage.Write(Document!, record, _data.All, w)));
        FigureFiles.Replace(_folder.Figures, figures);
        return Path.GetFileName(_folder.Report);
    }

    private InSituNetwork Network() => _network ??= InSituNetworkFile.Read(_folder.Model);

    private ReadoutNetwork Circuit() => _circuit ??= InSituMapper.Map(Network(), _experiment.InSitu!.Wiring);

    internal static int DeviceCount(ReadoutNetwork circuit) => circuit.Layers.Sum(l => l.Crossbar.WordLineCount * l.Crossbar.BitLineCount);

    private static void WriteDevices(TextWriter writer, ReadoutNetwork circuit)
    {
        writer.Write(DeviceHeader);
        for (int l = 0; l < circuit.Layers.Count; l++)
        {
            CrossbarSpec crossbar = circuit.Layers[l].Crossbar;
            for (int i = 0; i < crossbar.WordLineCount; i++)
            {
                for (int j = 0; j < crossbar.BitLineCount; j++)
                {
                    (string word, string bit) = ReadoutElaborator.CrossPointNodes(circuit, l, i, j);
                    writer.Write(string.Create(CultureInfo.InvariantCulture,
                        $"{NodeNames.Device(l, i, j)},{l + 1},{i + 1},{j + 1},{crossbar[i, j]:R},{1 / crossbar[i, j]:R},{word},{bit}\n"));
                }
            }
        }
    }

    private sealed class EpochProgress(int epochs, Action<double, string> progress) : IProgress<InSituEpoch>
    {
        public void Report(InSituEpoch value) => progress(Math.Min((double)value.Epoch / epochs, 0.999), FormattableString.Invariant(
            $"epoch {value.Epoch}/{epochs}, loss {value.TrainingLoss:F4}, validation {100 * value.ValidationAccuracy:F1} %, test {100 * value.TestAccuracy:F1} %"));
    }
}
