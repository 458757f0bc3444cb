namespace CircuitSim.Samples;

/// <summary>All samples by the name under which they run.</summary>
public static class Sample
{
    /// <summary>What each name runs; results go to the writer.</summary>
    public static IReadOnlyDictionary<string, Action<TextWriter>> All { get; } = new SortedDictionary<string, Action<TextWriter>>(StringComparer.Ordinal)
    {
        ["solve-crossbar"] = SolveCrossbar.Run,
        ["reduce-crossbar"] = ReduceCrossbar.Run,
        ["solve-network"] = SolveNetwork.Run,
        ["differentiate-network"] = DifferentiateNetwork.Run,
        ["solve-deck"] = SolveDeck.Run,
        ["write-deck"] = WriteDeck.Run,
        ["map-network"] = MapNetwork.Run,
        ["program-devices"] = ProgramDevices.Run,
        ["train-network"] = TrainNetwork.Run,
        ["train-in-situ"] = TrainInSitu.Run,
        ["fine-tune-network"] = FineTuneNetwork.Run,
        ["export-decks"] = ExportDecks.Run,
        ["check-circuit"] = CheckCircuit.Run,
        ["write-report"] = WriteReport.Run,
    };
}
