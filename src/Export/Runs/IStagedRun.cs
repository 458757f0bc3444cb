using CircuitSim.Circuit.Engines;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Runs;

/// <summary>The stages of a kind of experiment with a run of its own; the pipeline keeps their order and what is done.</summary>
internal interface IStagedRun
{
    string[] Outputs(RunStage stage);

    string Fingerprint(RunStage stage);

    string Execute(RunStage stage, IReadOnlyList<StageTiming> timings, Action<double, string> progress, CancellationToken cancellationToken);

    void ReadDocument();

    /// <summary>The decks of the run, as the export stage writes them.</summary>
    IEnumerable<DeckDraft> Drafts(CancellationToken cancellationToken);

    /// <summary>Holds decks of the run against its circuits.</summary>
    SpiceChecker Checker(IDeckEngine? engine);
}
