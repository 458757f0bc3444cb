namespace CircuitSim.Export.Reports;

/// <summary>Checks that lists of a document that belong together fit each other.</summary>
internal static class DocumentShape
{
    /// <summary>Everything that does not fit, one sentence each; empty for a sound document.</summary>
    public static IReadOnlyList<string> Violations(FidelityDocument document)
    {
        var violations = new List<string>();
        NeuronCurve curve = document.Network.NeuronCurve;
        if (curve.RestoredVolts.Count != curve.GateVolts.Count)
            violations.Add($"The neuron curve has {curve.GateVolts.Count} gate and {curve.RestoredVolts.Count} restored voltages.");
        if (curve.InvertedVolts.Count != 0 && curve.InvertedVolts.Count != curve.GateVolts.Count)
            violations.Add($"The neuron curve has {curve.GateVolts.Count} gate and {curve.InvertedVolts.Count} inverted voltages.");
        foreach (ClassConfusion confusion in document.Confusions) CheckConfusion(confusion, document.DataSet.ClassNames.Count, violations);
        foreach (LayerSignalError error in document.Layers) CheckSignal(error, violations);
        return violations;
    }

    private static void CheckConfusion(ClassConfusion confusion, int classCount, List<string> violations)
    {
        if (confusion.Counts.Count != classCount || confusion.Counts.Any(row => row.Count != classCount))
            violations.Add($"The confusion of '{confusion.EngineName}' is not {classCount} x {classCount}, one row and column per class.");
        else if (confusion.Counts.Any(row => row.Any(n => n < 0)))
            violations.Add($"The confusion of '{confusion.EngineName}' holds a negative count.");
    }

    private static void CheckSignal(LayerSignalError error, List<string> violations)
    {
        string where = $"Layer {error.Layer}, {ReportFigures.SignalName(error.Signal)}";
        IReadOnlyList<double> edges = error.Histogram.EdgesMillivolts;
        int bins = error.Histogram.Counts.Count, pairs = error.Scatter.CircuitVolts.Count;
        if (bins > 0 && edges.Count != bins + 1)
            violations.Add($"{where}: the histogram has {edges.Count} edges and {bins} counts; edges must be one more.");
        else if (bins > 0 && Enumerable.Range(0, bins).Any(i => !(edges[i + 1] > edges[i])))
            violations.Add($"{where}: the edges of the histogram do not rise.");
        if (error.Histogram.Counts.Any(n => n < 0))
            violations.Add($"{where}: the histogram holds a negative count.");
        if (error.Scatter.BehaviouralVolts.Count != pairs)
            violations.Add($"{where}: the scatter has {error.Scatter.BehaviouralVolts.Count} behavioural and {pairs} circuit voltages.");
        if (pairs > VoltagePairs.MaximumCount)
            violations.Add($"{where}: the scatter has {pairs} pairs; at most {VoltagePairs.MaximumCount} are shown.");
    }
}
