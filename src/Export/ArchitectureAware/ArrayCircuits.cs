using System.Globalization;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists.Dialects;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping.Tiles;
using CircuitSim.Training.ArchitectureAware;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Arrays of a network as circuits: whole ones for the direct solver, excerpts as decks for ngspice.</summary>
internal sealed class ArrayCircuits(ArrayEvaluator evaluator, ArrayCircuitSettings settings, LabelledImages image, double readVolts)
{
    private static readonly TimeSpan SpiceTimeout = TimeSpan.FromMinutes(2);

    private readonly TileWires _wires = new() { SegmentOhms = settings.DeckSegmentOhms };

    /// <summary>The arrays that are looked at, spread over all.</summary>
    internal IReadOnlyList<(int Matrix, int Tile)> Chosen()
    {
        (int, int)[] all = [.. evaluator.Plans.SelectMany((p, m) => Enumerable.Range(0, p.ArrayCount).Select(t => (m, t)))];
        int count = Math.Min(settings.Tiles, all.Length);
        return [.. Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Length / count)])];
    }

    internal IEnumerable<DeckDraft> Drafts(string name)
    {
        foreach ((int matrix, int tile) in Chosen())
        {
            (ReadoutNetwork circuit, double[] inputs) = Excerpt(matrix, tile);
            string description = $"excerpt of {Name(matrix, tile)}, {circuit.Layers[0].Crossbar.WordLineCount} word lines, current read-out, every wire segment";
            yield return DeckDraft.Of(ReadoutSolver.Create(circuit), File(matrix, tile), name, description, 0, inputs) with { ExcerptLayer = matrix };
        }
    }

    /// <summary>Our own voltage of every node of a deck.</summary>
    internal IReadOnlyDictionary<string, double> NodeVolts(DeckEntry deck)
    {
        (int matrix, int tile) = Chosen().First(c => File(c.Matrix, c.Tile) == Path.GetFileNameWithoutExtension(deck.File));
        (ReadoutNetwork circuit, double[] inputs) = Excerpt(matrix, tile);
        return ReadoutElaborator.NodeVolts(circuit, ReadoutSolver.Create(circuit).Solve(inputs, hasNodeVolts: true));
    }

    internal ArrayTileCheck Check(int matrix, int tile, string netlists, Referee? referee, double limit, CancellationToken cancellationToken)
    {
        CrossbarSpec array = evaluator.Array(matrix, tile, _wires);
        (double[] volts, _) = evaluator.Drive(image, matrix, tile);
        double[] reduced = Sums(Reduced(array, volts)), ideal = Sums(Reduced(array.WithIdealWires(), volts)), direct;
        using (CrossbarSolver solver = CrossbarSolver.Factorize(array, new CrossbarSolverOptions { Method = array.HasIdealWires ? CrossbarMethod.Automatic : CrossbarMethod.Cholesky }))
            direct = Sums(solver.Solve(volts).BitLineEndAmps.ToArray());
        string file = File(matrix, tile) + SpiceDialect.Ngspice.Extension, command = SpiceDialect.Ngspice.Command($"{Path.GetFileName(netlists)}/{SpiceDialect.Ngspice.Name}/{file}");
        var check = new ArrayTileCheck(Name(matrix, tile), array.WordLineCount, array.BitLineCount, Relative(ideal, reduced), Relative(direct, reduced),
            file, command, null, null, SpiceCheckStatus.NotRun, "no solver of decks is at hand")
        { Engine = referee?.Label };
        return referee?.Engine is null ? check : Spice(check, matrix, tile, netlists, referee.Engine, limit, cancellationToken);
    }

    private ArrayTileCheck Spice(ArrayTileCheck check, int matrix, int tile, string netlists, IDeckEngine engine, double limit, CancellationToken cancellationToken)
    {
        (ReadoutNetwork circuit, double[] inputs) = Excerpt(matrix, tile);
        IReadOnlyList<ReadoutOperatingPoint> points = ReadoutSolver.Create(circuit).Solve(inputs, hasNodeVolts: true);
        try
        {
            EngineOptions options = (engine is ReadDeckEngine ? EngineOptions.Tight : EngineOptions.Default) with { Timeout = SpiceTimeout };
            EngineResult result = engine.SolveDeckFile(Path.Combine(netlists, SpiceDialect.Ngspice.Name, check.Deck), options, cancellationToken);
            if (result.Analyses is not [OperatingPoint point])
                return check with { Status = SpiceCheckStatus.Failed, Reason = $"the deck asks for {result.Analyses.Count} analyses; one operating point is expected" };
            IReadOnlyDictionary<string, double> theirs = point.NodeVolts;
            double worst = 0;
            foreach ((string node, double volts) in ReadoutElaborator.NodeVolts(circuit, points))
            {
                if (!theirs.TryGetValue(node, out double other) || !double.IsFinite(other - volts))
                    return check with { Status = SpiceCheckStatus.Failed, Reason = $"{check.Engine} returned no finite voltage for node '{node}'" };
                worst = Math.Max(worst, Math.Abs(other - volts));
            }

            double[] ours = points[0].Sums.ToArray();
            double relative = Relative([.. Enumerable.Range(0, ours.Length).Select(k => theirs[NodeNames.Sum(0, k)])], ours);
            return check with
            {
                SpiceRelative = relative,
                SpiceVolts = worst,
                Status = relative <= limit ? SpiceCheckStatus.Verified : SpiceCheckStatus.Failed,
                Reason = string.Create(CultureInfo.InvariantCulture, $"every partial sum within {limit:G3} of the largest: {(relative <= limit ? "yes" : "no")}"),
            };
        }
        catch (CircuitSimException e)
        {
            return check with { Status = e is EngineException { IsTimeout: true } ? SpiceCheckStatus.TimedOut : SpiceCheckStatus.CouldNotRun, Reason = e.Message.TrimEnd('.') };
        }
    }

    // The window of word lines that is driven hardest, and the first pairs of bit lines.
    private (ReadoutNetwork Circuit, double[] Inputs) Excerpt(int matrix, int tile)
    {
        CrossbarSpec array = evaluator.Array(matrix, tile, _wires);
        (double[] volts, double sumPerAmp) = evaluator.Drive(image, matrix, tile);
        int rows = Math.Min(settings.Excerpt, array.WordLineCount), columns = Math.Min(settings.Excerpt / 2 * 2, array.BitLineCount);
        int first = Enumerable.Range(0, array.WordLineCount - rows + 1).MaxBy(i => volts.AsSpan(i, rows).ToArray().Sum());
        var siemens = new double[rows * columns];
        for (int i = 0; i < rows; i++) array.ConductanceSiemens.Span.Slice((first + i) * array.BitLineCount, columns).CopyTo(siemens.AsSpan(i * columns));
        var part = new CrossbarSpec(rows, columns, siemens, _wires.SegmentOhms, _wires.SegmentOhms, _wires.SourceOhms, _wires.TerminalOhms);
        ReadoutTerm[][] sums = [.. Enumerable.Range(0, columns / 2).Select(j => (ReadoutTerm[])[new ReadoutTerm(2 * j, sumPerAmp), new ReadoutTerm(2 * j + 1, -sumPerAmp)])];
        return (new ReadoutNetwork(readVolts, hasBias: false, [new ReadoutLayer(part, sums)]), [.. volts.Skip(first).Take(rows).Select(v => v / readVolts)]);
    }

    private static double[] Reduced(CrossbarSpec array, double[] volts)
    {
        var amps = new double[array.BitLineCount];
        TransferMatrix.Compute(array, hasSourceAdmittance: false).Apply(volts, 1, amps);
        return amps;
    }

    private static double[] Sums(double[] amps) => [.. Enumerable.Range(0, amps.Length / 2).Select(j => amps[2 * j] - amps[2 * j + 1])];

    private static double Relative(double[] expected, double[] actual)
    {
        double largest = 0, difference = 0;
        for (int k = 0; k < expected.Length; k++)
        {
            // Math.Max keeps a NaN, unlike Max of a sequence.
            largest = Math.Max(largest, Math.Abs(expected[k]));
            difference = Math.Max(difference, Math.Abs(expected[k] - actual[k]));
        }

        if (!double.IsFinite(difference) || !double.IsFinite(largest)) return double.PositiveInfinity;
        return largest == 0 ? (difference == 0 ? 0 : double.PositiveInfinity) : difference / largest;
    }

    private static string File(int matrix, int tile) => $"matrix{matrix + 1}-array{tile + 1}";

    private static string Name(int matrix, int tile) => $"matrix {matrix + 1}, array {tile + 1}";
}
