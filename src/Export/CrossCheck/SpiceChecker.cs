using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Has exported decks solved from their text, as stored on disk, and compares every node with our own solution of the same circuit.</summary>
public sealed class SpiceChecker
{
    /// <summary>Largest difference that counts as agreement when an experiment sets no limit of its own, volts.</summary>
    public const double DefaultLimitVolts = 1e-9;

    // The estimate of a simulator's time is good to a factor of three.
    private const double EstimateFactor = 3;

    private readonly ExpectedVoltages _expected;
    private readonly Referee? _referee;
    private readonly double _limitVolts;
    private readonly TimeSpan _timeout;

    /// <summary>Creates a checker.</summary>
    /// <param name="circuit">The circuit as designed.</param>
    /// <param name="data">Held-out samples, which the decks' sample numbers refer to.</param>
    /// <param name="engine">A simulator, or null when there is none on this machine.</param>
    /// <param name="limitVolts">Largest difference that counts as agreement, volts.</param>
    public SpiceChecker(NetworkCircuit circuit, VoltageSet data, IDeckEngine? engine, double limitVolts = DefaultLimitVolts)
        : this(new InverterVoltages(circuit, data).Of, engine, limitVolts)
    {
    }

    /// <summary>Creates a checker for any kind of circuit.</summary>
    /// <param name="expected">Our own voltage of every node of a deck.</param>
    /// <param name="engine">A simulator, or null when there is none on this machine.</param>
    /// <param name="limitVolts">Largest difference that counts as agreement, volts.</param>
    internal SpiceChecker(Func<DeckEntry, IReadOnlyDictionary<string, double>> expected, IDeckEngine? engine, double limitVolts = DefaultLimitVolts)
        : this(new ExpectedVoltages(expected), engine is null ? null : new Referee(engine.Name, engine, "", true), limitVolts, TimeSpan.FromSeconds(CheckSettings.DefaultSimulatorSeconds))
    {
    }

    private SpiceChecker(ExpectedVoltages expected, Referee? referee, double limitVolts, TimeSpan timeout) =>
        (_expected, _referee, _limitVolts, _timeout) = (expected, referee, limitVolts, timeout);

    /// <summary>Told of every deck that was solved: the deck, our voltages and the other solution.</summary>
    internal Action<DeckEntry, IReadOnlyDictionary<string, double>, OperatingPoint>? Solved { get; set; }

    /// <summary>The same comparison by another referee.</summary>
    internal SpiceChecker By(Referee referee, TimeSpan timeout) => new(_expected, referee, _limitVolts, timeout);

    /// <summary>The same comparison with another time limit.</summary>
    internal SpiceChecker Within(TimeSpan timeout) => new(_expected, _referee, _limitVolts, timeout);

    /// <summary>Our own voltage of every node of a deck; that of the deck asked for last is kept.</summary>
    internal IReadOnlyDictionary<string, double> Expected(DeckEntry deck) => _expected.Of(deck);

    /// <summary>Why a deck is not given to the engine; null when it is.</summary>
    internal string? RefusalOf(DeckEntry deck)
    {
        if (_referee?.Engine is not { } engine || engine.Solver == DeckSolver.Sparse) return deck.RefusedBecause;
        double seconds = engine.Solver == DeckSolver.Klu ? deck.KluSeconds : deck.NativeSeconds;
        return EstimateFactor * seconds > _timeout.TotalSeconds
            ? string.Create(CultureInfo.InvariantCulture, $"{engine.Version} would need about {seconds:F0} s for {deck.NodeCount} nodes, which may be three times as long (limit {_timeout.TotalSeconds:G6} s, check: {{ simulator_seconds }})")
            : null;
    }

    /// <summary>Checks one deck.</summary>
    /// <param name="folder">Folder of all netlists.</param>
    /// <param name="deck">The deck.</param>
    /// <param name="cancellationToken">Ends the work early and stops the simulator.</param>
    /// <returns>What was compared and how far it differs.</returns>
    public SpiceCheck Check(string folder, DeckEntry deck, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deck);
        string file = $"{Path.GetFileName(folder)}/{deck.Dialect}/{deck.File}", path = Path.Combine(folder, deck.Dialect, deck.File);
        var check = new SpiceCheck
        {
            File = file,
            Description = deck.Description,
            Engine = _referee?.Label ?? "ngspice",
            IsOwnSolver = _referee?.IsOwnSolver ?? false,
            Command = _referee is null or { Name: NgspiceEngine.EngineName } ? $"ngspice -b {file}" : $"circuitsim check . --against {_referee.Name}",
            Sample = deck.Sample,
            Wires = deck.Wires,
            NodeCount = deck.NodeCount,
            ComparedCount = 0,
            WorstVolts = null,
            WorstNodeName = null,
            Seconds = null,
            Status = SpiceCheckStatus.NotRun,
            Reason = _referee?.AbsentBecause ?? "ngspice was not found on this machine",
        };
        if (_referee?.Engine is not { } engine) return check;
        if (RefusalOf(deck) is string refusal) return check with { Status = SpiceCheckStatus.Refused, Reason = refusal };
        if (deck.Sha256 is string hash && !hash.Equals(DeckEntry.HashOf(path), StringComparison.Ordinal))
            return check with { Status = SpiceCheckStatus.DeckChanged, Reason = "it is not the deck that this run wrote; 'circuitsim check RUN --against' names every statement that differs, 'circuitsim export RUN' writes it again" };

        try
        {
            // A deck brings the tolerances for simulators; our own engines refine until rounding stops them.
            EngineOptions options = (engine is ReadDeckEngine ? EngineOptions.Tight : EngineOptions.Default) with { Timeout = _timeout };
            EngineResult result = engine.SolveDeckFile(path, options, cancellationToken);
            if (result.Analyses is not [OperatingPoint point])
                return check with { Seconds = result.Seconds, Status = SpiceCheckStatus.Failed, Reason = $"the deck asks for {result.Analyses.Count} analyses; one operating point is expected" };
            IReadOnlyDictionary<string, double> expected = Expected(deck);
            SpiceCheck compared = Compare(check with { Seconds = result.Seconds }, point.NodeVolts, expected);
            if (compared.WorstVolts is not null) Solved?.Invoke(deck, expected, point);
            return compared;
        }
        catch (EngineException e)
        {
            return check with { Status = e.IsTimeout ? SpiceCheckStatus.TimedOut : SpiceCheckStatus.CouldNotRun, Reason = e.Message.TrimEnd('.') };
        }
        catch (CircuitSimException e)
        {
            return check with { Status = SpiceCheckStatus.CouldNotRun, Reason = e.Message.TrimEnd('.') };
        }
    }

    private SpiceCheck Compare(SpiceCheck check, IReadOnlyDictionary<string, double> theirs, IReadOnlyDictionary<string, double> ours)
    {
        double worst = 0;
        string? worstNode = null;
        foreach ((string node, double volts) in ours)
        {
            if (!theirs.TryGetValue(node, out double other))
                return check with { Status = SpiceCheckStatus.Failed, Reason = $"{check.Engine} returned no voltage for node '{node}'" };
            double difference = Math.Abs(other - volts);
            if (!double.IsFinite(difference))
            {
                return check with
                {
                    Status = SpiceCheckStatus.Failed,
                    WorstNodeName = node,
                    Reason = string.Create(CultureInfo.InvariantCulture, $"{check.Engine} returned {other:R} V for node '{node}', where our solution is {volts:R} V; that cannot be compared"),
                };
            }

            if (worstNode is not null && difference <= worst) continue;
            (worst, worstNode) = (difference, node);
        }

        if (worstNode is null) return check with { Status = SpiceCheckStatus.Failed, Reason = "our circuit has no node to compare" };
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

    /// <summary>Our voltages of the deck asked for last; several referees ask for the same one.</summary>
    private sealed class ExpectedVoltages(Func<DeckEntry, IReadOnlyDictionary<string, double>> solve)
    {
        private (DeckEntry? Deck, IReadOnlyDictionary<string, double>? Volts) _last;

        internal IReadOnlyDictionary<string, double> Of(DeckEntry deck)
        {
            if (_last.Deck != deck) _last = (deck, solve(deck));
            return _last.Volts!;
        }
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
