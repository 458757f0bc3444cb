using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>Turns plots of a deck's analyses into results: by our names and with measures where our own reader knows the deck.</summary>
internal sealed class ExpectedResults
{
    private readonly Netlist? _netlist;
    private readonly ExpectedVectors? _vectors;

    /// <summary>Prepares for a deck.</summary>
    /// <param name="deck">The text.</param>
    /// <param name="netlist">What our reader made of it, or null when it could not read it.</param>
    /// <param name="engine">Name for messages.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="InputFileException">The text asks for no analysis.</exception>
    /// <exception cref="EngineException">The text asks for other analyses than our reader found.</exception>
    internal ExpectedResults(RefereeDeck deck, Netlist? netlist, string engine, CancellationToken cancellationToken)
    {
        if (deck.Analyses.Count == 0)
            throw new InputFileException(deck.Path, "asks for no analysis; add .op, .dc, .tran or .ac.");
        _netlist = netlist;
        if (netlist is null) return;
        // A statement that we overlook would pair results with analyses of another kind.
        if (netlist.Analyses.Count != deck.Analyses.Count)
            throw new EngineException(engine, $"the deck's text asks for {deck.Analyses.Count} analyses, and our reader found {netlist.Analyses.Count}; please report this deck.");
        _vectors = new ExpectedVectors(MeasureEvaluation.WithMeasured(netlist), FlatNetlist.Expand(netlist, cancellationToken));
    }

    /// <summary>Result of one analysis.</summary>
    /// <exception cref="EngineException">The plot is of another kind, or a vector is missing.</exception>
    internal AnalysisResult Convert(int analysis, RawPlot plot) => _netlist is null
        ? NgspiceResult.Convert(plot)
        : MeasureEvaluation.Apply(_netlist, _netlist.Analyses[analysis], NgspiceResult.Convert(plot, _netlist.Analyses[analysis], _vectors!));
}
