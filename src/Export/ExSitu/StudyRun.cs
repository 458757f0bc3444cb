using System.Text.Json;
using CircuitSim.Circuit.Engines;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Devices;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Files;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.ExSitu;

/// <summary>What runs of transferred networks share: document, page, figures, decks and the verdict.</summary>
internal abstract class StudyRun : IStagedRun
{
    private protected StudyRun(Experiment experiment, RunFolder folder, RunServices services) => (Experiment, Folder, Services) = (experiment, folder, services);

    internal StudyDocument? Document { get; private protected set; }

    private protected Experiment Experiment { get; }

    private protected RunFolder Folder { get; }

    private protected RunServices Services { get; }

    public abstract string[] Outputs(RunStage stage);

    public abstract string Fingerprint(RunStage stage);

    public abstract void ReadDocument();

    public string Execute(RunStage stage, StageHistory history, Action<double, string> progress, CancellationToken cancellationToken)
    {
        if (stage != RunStage.Report) Folder.Begin(Experiment);
        switch (stage)
        {
            case RunStage.Train: return Train(progress, cancellationToken);
            case RunStage.Map: return Map();
            case RunStage.Export: return Export(progress, cancellationToken);
            case RunStage.Check:
                Document = Check(history, progress, cancellationToken);
                AtomicFile.Write(Folder.Fidelity, s => JsonSerializer.Serialize(s, Document, Document.GetType(), FidelityJson.Options));
                return Document.Verdict.Summary;
            default: return Report();
        }
    }

    public SpiceChecker Checker(IDeckEngine? engine)
    {
        IReadOnlyDictionary<string, StudyDeck> decks = Decks();
        return new SpiceChecker(
            entry => decks[Path.GetFileNameWithoutExtension(entry.File)].NodeVolts(), engine, Experiment.Check.Limits.SpiceVolts ?? SpiceChecker.DefaultLimitVolts);
    }

    public IEnumerable<DeckDraft> Drafts(CancellationToken cancellationToken)
    {
        foreach ((string name, StudyDeck deck) in Decks())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return deck.Draft(name, Experiment.Name);
        }
    }

    private string Export(Action<double, string> progress, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, StudyDeck> chosen = Decks();
        int done = 0;
        IReadOnlyList<DeckEntry> decks = DeckExporter.Replace(Folder.Netlists, root => DeckExporter.WriteDrafts(
            root, chosen.Select(d => d.Value.Draft(d.Key, Experiment.Name)), Experiment.Export.SpiceDialects,
            draft => progress((double)done++ / chosen.Count, draft.Name), cancellationToken));
        return FormattableString.Invariant($"{decks.Count} decks");
    }

    private protected abstract string Train(Action<double, string> progress, CancellationToken cancellationToken);

    private protected abstract string Map();

    /// <summary>Circuits and samples that leave as decks, by the names of their files without endings.</summary>
    private protected abstract IReadOnlyDictionary<string, StudyDeck> Decks();

    private protected int[] ExportedSamples(int testCount) =>
        Experiment.Export.Samples is { } chosen ? [.. chosen] : [.. Enumerable.Range(0, Math.Min(Experiment.Check.Samples, testCount))];

    private protected abstract StudyDocument Check(StageHistory history, Action<double, string> progress, CancellationToken cancellationToken);

    private protected string[] ReportOutputs() => [Folder.Report, Folder.Figures];

    private protected T Read<T>()
        where T : class => FidelityJson.ReadPart<T>(Folder.Fidelity, "the document of a study");

    /// <summary>Holds every deck against our own solution of the circuit it was written from.</summary>
    private protected (List<SpiceCheck> Checks, EngineUse[] Engines) CheckDecks(double firstShare, Action<double, string> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<Referee> referees = Referee.Of(Experiment.Check, Services);
        return (CheckStage.CheckDecks(Checker(null), Folder.Netlists, Experiment.Check, referees, firstShare, progress, cancellationToken), CheckStage.Engines(referees));
    }

    /// <summary>The verdict on an accuracy drop and on the decks.</summary>
    private protected FidelityVerdict Judge(string summary, double dropPercent, string dropped, List<SpiceCheck> spice, IReadOnlyList<string> verified)
    {
        var limits = new List<FidelityLimit>();
        LimitSettings set = Experiment.Check.Limits;
        if (set.AccuracyDropPercent is double most)
            limits.Add(RunVerdict.AccuracyDrop(most, dropPercent, "Accuracy lost from the network in software to its chips", dropped));

        if (DeckVerdict.Limit(set.SpiceVolts, spice) is { } limit) limits.Add(limit);
        return DeckVerdict.Judge(
            $"{summary}; {DeckVerdict.Agreement(spice)}.", limits, spice, [.. verified, .. DeckVerdict.Verified(spice)], [.. DeckVerdict.NotVerified(spice)]);
    }

    // Devices of a study are programmed, and drift to the time of the read; nothing else of a card is in its circuits.
    private protected static IReadOnlyList<string> AssumptionsOf(DeviceCard card) =>
        card.AssumptionsOf(new HashSet<DevicePart> { DevicePart.ProgrammingError, DevicePart.Drift, DevicePart.Levels });

    private protected static IEnumerable<string> LeftOut(DeviceCard card)
    {
        if (UnsolvedStatements.Conduction(card) is { } law) yield return law;
        if (card.ReadNoise is not null) yield return "The card states read noise; the devices of these circuits are read without it.";
        if (card.Faults is not null) yield return "The card states a share of stuck devices; these circuits contain none.";
    }

    private protected static DataSetSummary Summary(DataSet training, DataSet test) => new()
    {
        Name = training.Name,
        Source = training.Source,
        SampleCount = training.SampleCount + test.SampleCount,
        TrainCount = training.SampleCount,
        TestCount = test.SampleCount,
        FeatureCount = training.FeatureCount,
        ClassNames = training.ClassNames,
        ImageWidth = training.ImageWidth ?? 0,
        ImageHeight = training.ImageHeight ?? 0,
    };

    private string Report()
    {
        if (Document is null) ReadDocument();
        AtomicFile.WriteText(Path.Combine(Folder.Root, "tables.md"), w => WriteTables(FidelityJson.Use(Folder.Fidelity, () => Document!.Tables), w));
        IReadOnlyList<NamedFigure> figures = [];
        AtomicFile.WriteText(Folder.Report, w => figures = FidelityJson.Use(Folder.Fidelity, () => StudyPage.Write(Document!, w)));
        FigureFiles.Replace(Folder.Figures, figures);
        return Path.GetFileName(Folder.Report);
    }

    private static void WriteTables(IReadOnlyList<StudyTable> tables, TextWriter writer)
    {
        foreach (StudyTable table in tables)
        {
            writer.Write($"**{table.Caption}**\n\n| {string.Join(" | ", table.Columns)} |\n|{string.Concat(table.Columns.Select(_ => "---|"))}\n");
            foreach (IReadOnlyList<string> row in table.Rows) writer.Write($"| {string.Join(" | ", row)} |\n");
            writer.Write("\n");
        }
    }
}
