using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Runs exported decks, as they lie on disk, in ngspice and compares every node with our own solution of the same circuit.</summary>
public sealed class SpiceChecker
{
    /// <summary>Largest difference that counts as agreement when an experiment sets no limit of its own, volts.</summary>
    public const double DefaultLimitVolts = 1e-9;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly Func<DeckEntry, IReadOnlyDictionary<string, double>> _expected;
    private readonly IDeckEngine? _engine;
    private readonly double _limitVolts;
    private (DeckEntry? Deck, IReadOnlyDictionary<string, double>? Volts) _last;

    /// <summary>Creates a checker.</summary>
    /// <param name="circuit">The circuit as designed.</param>
    /// <param name="data">Held-out samples, which the decks' sample numbers refer to.</param>
    /// <param name="engine">ngspice of some version, or null when it is not on this machine.</param>
    /// <param name="limitVolts">Largest difference that counts as agreement, volts.</param>
    public SpiceChecker(NetworkCircuit circuit, VoltageSet data, IDeckEngine? engine, double limitVolts = DefaultLimitVolts)
        : this(new InverterVoltages(circuit, data).Of, engine, limitVolts)
    {
    }

    /// <summary>Creates a checker for any kind of circuit.</summary>
    /// <param name="expected">Our own voltage of every node of a deck.</param>
    /// <param name="engine">ngspice of some version, or null when it is not on this machine.</param>
    /// <param name="limitVolts">Largest difference that counts as agreement, volts.</param>
    internal SpiceChecker(Func<DeckEntry, IReadOnlyDictionary<string, double>> expected, IDeckEngine? engine, double limitVolts = DefaultLimitVolts)
    {
        _expected = expected;
        _engine = engine;
        _limitVolts = limitVolts;
    }

    /// <summary>Told of every deck that ngspice solved: the deck, our voltages and what ngspice gave.</summary>
    internal Action<DeckEntry, IReadOnlyDictionary<string, double>, OperatingPoint>? Solved { get; set; }

    /// <summary>Our own voltage of every node of a deck; that of the deck asked for last is kept.</summary>
    internal IReadOnlyDictionary<string, double> Expected(DeckEntry deck)
    {
        if (_last.Deck != deck) _last = (deck, _expected(deck));
        return _last.Volts!;
    }

    /// <summary>Checks one deck.</summary>
    /// <param name="folder">Folder of all netlists.</param>
    /// <param name="deck">The deck.</param>
    /// <param name="cancellationToken">Ends the work early and stops ngspice.</param>
    /// <returns>What was compared and how far it differs.</returns>
    public SpiceCheck Check(string folder, DeckEntry deck, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deck);
        var check = new SpiceCheck
        {
            File = $"{Path.GetFileName(folder)}/{deck.Dialect}/{deck.File}",
            Description = deck.Description,
            Engine = _engine?.Version ?? "ngspice",
            Command = $"ngspice -b {Path.GetFileName(folder)}/{deck.Dialect}/{deck.File}",
            Sample = deck.Sample,
            Wires = deck.Wires,
            NodeCount = deck.NodeCount,
            ComparedCount = 0,
            WorstVolts = null,
            WorstNodeName = null,
            Seconds = null,
            Status = SpiceCheckStatus.NotRun,
            Reason = "ngspice was not found on this machine",
        };
        if (deck.RefusedBecause is not null) return check with { Status = SpiceCheckStatus.Refused, Reason = deck.RefusedBecause };
        if (_engine is null) return check;

        try
        {
            EngineResult result = _engine.SolveDeckFile(
                Path.Combine(folder, deck.Dialect, deck.File), EngineOptions.Tight with { Timeout = Timeout }, cancellationToken);
            OperatingPoint point = result.Analyses.OfType<OperatingPoint>().Single();
            IReadOnlyDictionary<string, double> expected = Expected(deck);
            Solved?.Invoke(deck, expected, point);
            return Compare(check with { Seconds = result.Seconds }, point.NodeVolts, expected);
        }
        catch (EngineException e)
        {
            return check with { Status = SpiceCheckStatus.Failed, Reason = e.Message };
        }
    }

    private SpiceCheck Compare(SpiceCheck check, IReadOnlyDictionary<string, double> theirs, IReadOnlyDictionary<string, double> ours)
    {
        double worst = 0;
        string? worstNode = null;
        foreach ((string node, double volts) in ours)
        {
            if (!theirs.TryGetValue(node, out double other))
                return check with { Status = SpiceCheckStatus.Failed, Reason = $"ngspice returned no voltage for node '{node}'" };
            double difference = Math.Abs(other - volts);
            if (worstNode is not null && difference <= worst) continue;
            (worst, worstNode) = (difference, node);
        }

        // Nodes inside a user's inverter are its own affair: the solver knows it by its ports.
        string? unknown = theirs.Keys.FirstOrDefault(n => !ours.ContainsKey(n) && !n.Contains('.'));
        bool isWithin = worst <= _limitVolts && unknown is null;
        return check with
        {
            ComparedCount = ours.Count,
            WorstVolts = worst,
            WorstNodeName = worstNode,
            Status = isWithin ? SpiceCheckStatus.Verified : SpiceCheckStatus.Failed,
            Reason = unknown is not null
                ? $"the deck has a node '{unknown}' that our circuit does not have"
                : string.Create(CultureInfo.InvariantCulture, $"every node within {_limitVolts:G3} V: {(isWithin ? "yes" : "no")}"),
        };
    }

    /// <summary>Our own voltages of inverter networks, solved once a deck with solvers that are made once.</summary>
    private sealed class InverterVoltages(NetworkCircuit circuit, VoltageSet data)
    {
        private NetworkSolver? _designed;
        private NetworkSolver? _ideal;

        internal IReadOnlyDictionary<string, double> Of(DeckEntry deck)
        {
            ReadOnlySpan<double> volts = data.InputVolts.Span.Slice(deck.Sample!.Value * data.InputCount, data.InputCount);
            NetworkSolver whole = deck.Wires == DeckWires.Ideal
                ? _ideal ??= NetworkSolver.Create(circuit.WithIdealWires())
                : _designed ??= NetworkSolver.Create(circuit);
            NetworkOperatingPoint point = whole.Solve(volts);
            if (deck.ExcerptLayer is not int layer) return NamedVoltages.Of(whole, point, 0);

            NetworkExcerpt excerpt = DeckExporter.Excerpt(whole, point, 0, layer);
            NetworkSolver part = NetworkSolver.Create(excerpt.Circuit);
            return NamedVoltages.Of(part, part.SolveDriven(excerpt.SourceVolts.Span), 0, layer);
        }
    }
}
