using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Gathers comparisons of engines with our circuit solution, sample by sample and deck by deck, into a table.</summary>
/// <param name="budgets">What counts as agreement.</param>
/// <param name="labels">True class of each sample, index from 0 within the held-out samples.</param>
/// <param name="classNodes">Nodes whose highest voltage is the class, one a class.</param>
internal sealed class CrossCheckBuilder(IReadOnlyList<ErrorBudget> budgets, ReadOnlyMemory<int> labels, IReadOnlyList<string> classNodes)
{
    private readonly List<Column> _columns = [];
    private readonly SortedDictionary<int, Dictionary<string, (int? Class, double? Worst)>> _samples = [];

    /// <summary>Adds the trained network, held against the circuit at every gate and output.</summary>
    internal void AddBehavioural(string engine, string description, IReadOnlyList<LayerOperatingPoint> behavioural, IReadOnlyList<LayerOperatingPoint> circuit)
    {
        Column column = Of(engine, ComparisonScope.WholeNetwork, isSameCircuit: false, description);
        int[] theirs = CrossChecker.Classes(behavioural[^1]), ours = CrossChecker.Classes(circuit[^1]);
        for (int sample = 0; sample < theirs.Length; sample++)
        {
            double worst = 0;
            for (int layer = 0; layer < behavioural.Count; layer++)
                foreach (SignalKind signal in SignalComparison.Signals)
                    worst = Math.Max(worst, AddNeurons(column, layer, signal, sample, behavioural[layer], circuit[layer]));
            AddClass(column, sample, theirs[sample], ours[sample], worst);
        }
    }

    /// <summary>Adds the trained network where it has classes but no voltages.</summary>
    internal void AddTrained(string engine, string description, ReadOnlySpan<int> theirs, ReadOnlySpan<int> ours)
    {
        Column column = Of(engine, ComparisonScope.WholeNetwork, isSameCircuit: false, description);
        for (int sample = 0; sample < theirs.Length; sample++) AddClass(column, sample, theirs[sample], ours[sample], null);
    }

    /// <summary>Adds a deck that another engine solved; currents at bit-line ends by layer and name of the ammeter.</summary>
    internal void AddDeck(
        string engine, DeckEntry deck, IReadOnlyDictionary<string, double> ours, IReadOnlyDictionary<string, double> theirs,
        IReadOnlyList<IReadOnlyDictionary<string, double>>? ourAmps = null, IReadOnlyDictionary<string, double>? theirAmps = null)
    {
        if ((ourAmps ?? []).Select(layer => Missing(layer, theirAmps)).Prepend(Missing(ours, theirs)).FirstOrDefault(name => name is not null) is string missing)
        {
            AddUnsolved(engine, deck, $"it gave no value for '{missing}'");
            return;
        }

        // Only operating points come here, each of one sample.
        int sample = deck.Sample!.Value;
        Column column = Of(engine, deck.Wires);
        column.Decks++;
        column.Samples.Add(sample);
        double worst = 0;
        foreach ((string node, double volts) in ours)
        {
            if (NodeNames.KindOf(node) is not (NodeKind kind, int layer)) continue;
            column.Signal(layer + 1, Signal(kind), budgets).Add(node, sample, theirs[node], volts);
            worst = Math.Max(worst, Math.Abs(theirs[node] - volts));
        }

        for (int layer = 0; layer < ourAmps?.Count; layer++)
            foreach ((string source, double amps) in ourAmps[layer])
                column.Signal(layer + 1, SignalKind.BitLineCurrent, budgets).Add(source, sample, theirAmps![source], amps);

        if (deck.Wires == DeckWires.Excerpt) return;
        int theirClass = Class(theirs);
        column.Classes.Add((sample, theirClass, Class(ours)));
        if (deck.Wires != DeckWires.AsDesigned) return;
        Note(engine, sample, theirClass, worst);
        Note(CrossChecker.CircuitName, sample, Class(ours), null);
    }

    /// <summary>Adds a deck that another engine was not given or did not solve; the first reason counts.</summary>
    internal void AddUnsolved(string engine, DeckEntry deck, string reason) => Of(engine, deck.Wires).Unsolved.TryAdd(deck.File, reason);

    internal CrossCheckTable Build()
    {
        // The trained network first, then our solution, then the others.
        IEnumerable<string> trained = _columns.Where(c => !c.IsSameCircuit).Select(c => c.Engine), others = _columns.Where(c => c.IsSameCircuit).Select(c => c.Engine);
        string[] engines = [.. trained.Append(CrossChecker.CircuitName).Concat(others).Distinct()];
        return new CrossCheckTable
        {
            Engines = engines,
            Budgets = budgets,
            Comparisons = [.. _columns.Select(c => c.ToComparison(labels.Span))],
            Samples = [.. _samples.Select(s => new SampleComparison
            {
                Sample = s.Key,
                Label = labels.Span[s.Key],
                Classes = [.. engines.Select(e => s.Value.TryGetValue(e, out (int? Class, double? Worst) entry) ? entry.Class : null)],
                WorstVolts = [.. engines.Select(e => s.Value.TryGetValue(e, out (int? Class, double? Worst) entry) ? entry.Worst : null)],
            })],
        };
    }

    private void AddClass(Column column, int sample, int theirs, int ours, double? worst)
    {
        column.Classes.Add((sample, theirs, ours));
        Note(column.Engine, sample, theirs, worst);
        Note(CrossChecker.CircuitName, sample, ours, null);
    }

    private double AddNeurons(Column column, int layer, SignalKind signal, int sample, LayerOperatingPoint behavioural, LayerOperatingPoint circuit)
    {
        SignalSum sum = column.Signal(layer + 1, signal, budgets);
        int n = circuit.NeuronCount;
        ReadOnlySpan<double> theirs = SignalComparison.Volts(behavioural, signal).Span.Slice(sample * n, n);
        ReadOnlySpan<double> ours = SignalComparison.Volts(circuit, signal).Span.Slice(sample * n, n);
        double worst = 0;
        for (int j = 0; j < n; j++)
        {
            sum.Add(SignalComparison.NodeName(layer, j, signal), sample, theirs[j], ours[j]);
            worst = Math.Max(worst, Math.Abs(theirs[j] - ours[j]));
        }

        return worst;
    }

    private static string? Missing(IReadOnlyDictionary<string, double> ours, IReadOnlyDictionary<string, double>? theirs) =>
        ours.Keys.FirstOrDefault(name => theirs is null || !theirs.TryGetValue(name, out double value) || !double.IsFinite(value - ours[name]));

    private int Class(IReadOnlyDictionary<string, double> volts)
    {
        int best = 0;
        for (int k = 1; k < classNodes.Count; k++)
            if (volts[classNodes[k]] > volts[classNodes[best]]) best = k;
        return best;
    }

    private void Note(string engine, int sample, int? chosen, double? worst)
    {
        if (!_samples.TryGetValue(sample, out Dictionary<string, (int? Class, double? Worst)>? row)) _samples.Add(sample, row = []);
        row[engine] = (chosen, worst);
    }

    private Column Of(string engine, DeckWires wires) => wires switch
    {
        DeckWires.Ideal => Of(engine, ComparisonScope.IdealWires, true,
            "The whole network with ideal wires in place of its own, at every node: devices, inverters and their loading, but no wire."),
        DeckWires.Excerpt => Of(engine, ComparisonScope.Excerpt, true,
            "Corners of single layers with every wire segment, driven at the voltages that the whole network has there; their gate voltages are not the network's, because devices are missing."),
        _ => Of(engine, ComparisonScope.WholeNetwork, true, "The whole network as it is built, at every node, every wire segment included."),
    };

    private Column Of(string engine, ComparisonScope scope, bool isSameCircuit, string description)
    {
        Column? column = _columns.Find(c => c.Engine == engine && c.Scope == scope);
        if (column is null) _columns.Add(column = new Column(engine, scope, isSameCircuit, description));
        return column;
    }

    private static SignalKind Signal(NodeKind kind) => kind switch
    {
        NodeKind.Source => SignalKind.Source,
        NodeKind.WordLine => SignalKind.WordLine,
        NodeKind.BitLine => SignalKind.BitLine,
        NodeKind.Gate => SignalKind.Gate,
        NodeKind.InvertedOutput => SignalKind.InvertedOutput,
        NodeKind.RestoredOutput => SignalKind.RestoredOutput,
        _ => SignalKind.DigitalNeuron,
    };

    private sealed class Column(string engine, ComparisonScope scope, bool isSameCircuit, string description)
    {
        private readonly Dictionary<(int Layer, SignalKind Signal), SignalSum> _signals = [];

        internal string Engine => engine;

        internal ComparisonScope Scope => scope;

        internal bool IsSameCircuit => isSameCircuit;

        internal int Decks { get; set; }

        internal HashSet<int> Samples { get; } = [];

        internal List<(int Sample, int Theirs, int Ours)> Classes { get; } = [];

        internal Dictionary<string, string> Unsolved { get; } = [];

        internal SignalSum Signal(int layer, SignalKind signal, IReadOnlyList<ErrorBudget> budgets)
        {
            if (_signals.TryGetValue((layer, signal), out SignalSum? sum)) return sum;
            double budget = budgets.Single(b => b.IsSameCircuit == isSameCircuit && b.Signal == signal).Budget;
            _signals.Add((layer, signal), sum = new SignalSum(layer, signal, budget));
            return sum;
        }

        internal EngineComparison ToComparison(ReadOnlySpan<int> labels)
        {
            SignalSum[] signals = [.. _signals.Values.OrderBy(s => s.Order)];
            return new EngineComparison
            {
                Engine = engine,
                Scope = scope,
                Description = description,
                DeckCount = Decks,
                SampleCount = Math.Max(Samples.Count, Classes.Count),
                Signals = [.. signals.Select(s => s.ToDifference())],
                FirstDivergence = signals.FirstOrDefault(s => s.IsBeyond)?.ToDivergence(),
                Classes = Agreement(labels),
                Unsolved = [.. Unsolved.Select(deck => $"{deck.Key}: {deck.Value}")],
            };
        }

        private ClassAgreement? Agreement(ReadOnlySpan<int> labels)
        {
            if (Classes.Count == 0) return null;
            var truth = new int[Classes.Count];
            for (int i = 0; i < truth.Length; i++) truth[i] = labels[Classes[i].Sample];
            ClassAgreement agreement = ClassAgreement.Of([.. Classes.Select(c => c.Theirs)], [.. Classes.Select(c => c.Ours)], truth);
            return isSameCircuit ? agreement with { McNemar = null } : agreement;
        }
    }
}
