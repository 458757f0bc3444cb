using CircuitSim.Circuit.Engines;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Netlists;

namespace CircuitSim.Export.Runs;

/// <summary>The stages of a kind of experiment with a run of its own; the pipeline keeps their order and what is done.</summary>
internal interface IStagedRun
{
    string[] Outputs(RunStage stage);

    /// <summary>Settings and input files of a stage; the pipeline adds the stages before it, what they wrote, and the program.</summary>
    string Fingerprint(RunStage stage);

    /// <summary>Does a stage. What later stages need of it they read from its files, so that a run in one go and one in parts make the same bytes.</summary>
    string Execute(RunStage stage, StageHistory history, Action<double, string> progress, CancellationToken cancellationToken);

    void ReadDocument();

    /// <summary>The decks of the run, as the export stage writes them.</summary>
    IEnumerable<DeckDraft> Drafts(CancellationToken cancellationToken);

    /// <summary>Holds decks of the run against its circuits.</summary>
    SpiceChecker Checker(IDeckEngine? engine);
}
