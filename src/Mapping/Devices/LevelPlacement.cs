using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>Places conductance levels and their acceptance bins on a card's window: the two strategies of Bonnet, equal spacing and fewest programming iterations.</summary>
/// <remarks>
/// Both keep the same separability bound: a device that program-and-verify accepts anywhere in its bin is read, after relaxation and
/// noise, beyond the threshold to a neighbour with at most <see cref="LevelPlacementOptions.MisreadBound"/>. Objective, bound and
/// optimiser are derived in docs/derivations/level-placement.md (D. Bonnet, Ex-situ transfer of deterministic and Bayesian neural
/// networks to resistive memory inference hardware, CEA-Leti, 2020, names the strategies; the formulas are ours).
/// </remarks>
public static class LevelPlacement
{
    private const int CoarseSteps = 160;
    private const int FineSteps = 12;
    private const int MostRefinements = 400;
    private const double LastStep = 1e-5;
    private const int Halvings = 60;

    /// <summary>Bins of one width, their middles equally spaced, as wide as the separability bound allows.</summary>
    /// <param name="card">The card; it needs a programming error.</param>
    /// <param name="options">Number of levels and bound.</param>
    /// <returns>The levels.</returns>
    /// <exception cref="MissingDevicePartException">The options ask for what the card lacks.</exception>
    /// <exception cref="InvalidDesignException">The options are out of range, or so many levels cannot be told apart.</exception>
    public static PlacedLevels EquallySpaced(DeviceCard card, LevelPlacementOptions options)
    {
        BinModel model = Model(card, options);
        PlacedBin[] bins = Equal(model, options) ?? throw DoNotFit(card, options, "equally spaced");
        return Placed(bins);
    }

    /// <summary>Bins placed and sized so that the mean number of programming iterations over the levels is least under the separability bound.</summary>
    /// <param name="card">The card; it needs a programming error.</param>
    /// <param name="options">Number of levels and bound.</param>
    /// <returns>The levels; never more iterations than <see cref="EquallySpaced"/> needs.</returns>
    /// <exception cref="MissingDevicePartException">The options ask for what the card lacks.</exception>
    /// <exception cref="InvalidDesignException">The options are out of range, or so many levels cannot be told apart.</exception>
    public static PlacedLevels Optimised(DeviceCard card, LevelPlacementOptions options)
    {
        BinModel model = Model(card, options);
        PlacedBin[]? equal = Equal(model, options), coarse = BinChain.Best(Coarse(model, options));
        PlacedBin[] best = (equal, coarse) switch
        {
            (null, null) => throw DoNotFit(card, options, "separable"),
            (null, _) => coarse,
            (_, null) => equal,
            _ => Cost(coarse) < Cost(equal) ? coarse : equal,
        };
        // Every refinement holds the bins it starts from, so that it never loses; the step halves when it gains no more.
        double coarseStep = (model.High - model.Low) / CoarseSteps, step = coarseStep;
        for (int i = 0; i < MostRefinements && step > LastStep * coarseStep; i++)
        {
            PlacedBin[] better = BinChain.Best(Around(model, options, best, step))!;
            if (Cost(better) > Cost(best) * (1 - 1e-12)) step *= 0.5;
            best = better;
        }

        return Placed(best);
    }

    private static BinModel Model(DeviceCard card, LevelPlacementOptions options)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(options);
        if (card.ProgrammingError is null)
            throw new MissingDevicePartException(card, "programming error", c => c.ProgrammingError is not null, "Or choose levels by hand.");
        if (options.ReadSeconds is not null && card.Drift is null)
            throw new MissingDevicePartException(card, "drift or relaxation", c => c.Drift is not null, "Or leave out the time of the read.");
        if (options.IncludeReadNoise && card.ReadNoise is null)
            throw new MissingDevicePartException(card, "read noise", c => c.ReadNoise is not null, "Or read without noise.");
        if (options.UseResetState && card.ProgrammingError is not ResetStateProgrammingError)
            throw new MissingDevicePartException(card, "RESET state of its own", c => c.ProgrammingError is ResetStateProgrammingError, "Or place levels without it.");

        List<string> problems = [];
        if (options.LevelCount < 2) problems.Add($"There are {options.LevelCount} levels; at least 2 are needed.");
        if (!(options.MisreadBound is > 0 and < 0.5))
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"The misread bound is {options.MisreadBound:G6}; it is a probability above 0 and below 0.5."));
        if (options.ReadSeconds is double seconds && card.Drift is { } drift && !(seconds >= drift.FirstSeconds && seconds <= drift.LastSeconds))
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"The read is {seconds:G6} s after programming; the card is known from {drift.FirstSeconds:G6} to {drift.LastSeconds:G6} s."));
        if (problems.Count > 0) throw new InvalidDesignException($"Levels on device card '{card.Name}'", problems);
        return new BinModel(card, options);
    }

    // The widest equal bins: whether neighbours stay apart falls with the width, so that halving finds the edge.
    private static PlacedBin[]? Equal(BinModel model, LevelPlacementOptions options)
    {
        int count = options.LevelCount - (options.UseResetState ? 1 : 0);
        double range = model.High - model.Low, fits = 0, tooWide = range / count;
        PlacedBin[]? best = Try(tooWide);
        if (best is not null) return best;
        best = Try(0);
        for (int i = 0; best is not null && i < Halvings; i++)
        {
            double width = 0.5 * (fits + tooWide);
            if (Try(width) is { } bins) (fits, best) = (width, bins);
            else tooWide = width;
        }

        return best is null || fits == 0 ? null : best;

        PlacedBin[]? Try(double width)
        {
            double pitch = count == 1 ? 0 : (range - width) / (count - 1);
            // Edges that touch are one number, so that rounding does not make them overlap.
            List<PlacedBin> bins = [];
            for (int i = 0; i < count; i++)
            {
                double low = model.Low + i * pitch;
                if (bins.Count > 0 && Math.Abs(low - bins[^1].High) < 1e-9 * range) low = bins[^1].High;
                bins.Add(model.Bin(low, Math.Min(model.Low + i * pitch + width, model.High)));
            }

            if (options.UseResetState)
            {
                if (Reset(model, bins[0].ReadLow) is not PlacedBin reset) return null;
                bins.Insert(0, reset);
            }

            for (int i = 1; i < bins.Count; i++)
                if (bins[i - 1].ReadHigh > bins[i].ReadLow) return null;
            return [.. bins];
        }
    }

    // The RESET state's bin begins at 0 S and is as wide as the level above it leaves room for.
    private static PlacedBin? Reset(BinModel model, double readEnd)
    {
        double fits = 0, tooWide = model.Low;
        if (model.ResetBin(tooWide) is var widest && widest.ReadHigh <= readEnd) return widest;
        for (int i = 0; i < Halvings; i++)
        {
            double edge = 0.5 * (fits + tooWide);
            if (model.ResetBin(edge).ReadHigh <= readEnd) fits = edge;
            else tooWide = edge;
        }

        return fits > 0 && model.ResetBin(fits) is { Iterations: < double.PositiveInfinity } bin && bin.ReadHigh <= readEnd && bin.High >= bin.Target ? bin : null;
    }

    private static List<PlacedBin[]> Coarse(BinModel model, LevelPlacementOptions options)
    {
        double step = (model.High - model.Low) / CoarseSteps;
        List<PlacedBin> bins = [];
        for (int low = 0; low < CoarseSteps; low++)
            for (int high = low + 1; high <= CoarseSteps; high++)
                bins.Add(model.Bin(model.Low + low * step, high == CoarseSteps ? model.High : model.Low + high * step));
        PlacedBin[] all = [.. bins];
        List<PlacedBin[]> levels = [];
        if (options.UseResetState) levels.Add(ResetBins(model, Enumerable.Range(1, CoarseSteps).Select(i => model.Low * i / CoarseSteps)));
        while (levels.Count < options.LevelCount) levels.Add(all);
        return levels;
    }

    private static List<PlacedBin[]> Around(BinModel model, LevelPlacementOptions options, PlacedBin[] centre, double reach)
    {
        List<PlacedBin[]> levels = [];
        for (int level = 0; level < centre.Length; level++)
        {
            PlacedBin bin = centre[level];
            if (level == 0 && options.UseResetState)
            {
                levels.Add(ResetBins(model, Edges(bin.High, 0, model.Low)));
                continue;
            }

            double[] highs = [.. Edges(bin.High, model.Low, model.High)];
            levels.Add([.. Edges(bin.Low, model.Low, model.High).SelectMany(low => highs.Where(high => high > low).Select(high => model.Bin(low, high)))]);
        }

        return levels;

        IEnumerable<double> Edges(double edge, double lowest, double highest)
        {
            for (int i = -FineSteps; i <= FineSteps; i++)
                if (edge + i * reach / FineSteps is var moved && moved >= lowest && moved <= highest) yield return moved;
            if (edge - reach < lowest && lowest > 0) yield return lowest;
            if (edge + reach > highest) yield return highest;
        }
    }

    private static PlacedBin[] ResetBins(BinModel model, IEnumerable<double> edges) =>
        [.. edges.Where(e => e > 0).Select(model.ResetBin).Where(b => b.High >= b.Target)];

    private static double Cost(PlacedBin[] bins) => bins.Sum(b => b.Iterations);

    private static PlacedLevels Placed(PlacedBin[] bins) => new()
    {
        Plan = new LevelPlan([.. bins.Select(b => new ConductanceBin(b.Target, b.Low, b.High))]),
        ExpectedIterations = [.. bins.Select(b => b.Iterations)],
        ThresholdSiemens = [.. bins.Skip(1).Select((b, i) => 0.5 * (bins[i].ReadHigh + b.ReadLow))],
    };

    private static InvalidDesignException DoNotFit(DeviceCard card, LevelPlacementOptions options, string what)
    {
        int most = options.LevelCount - 1;
        while (most >= 2 && BinChain.Best(Coarse(new BinModel(card, options with { LevelCount = most }), options with { LevelCount = most })) is null) most--;
        return new InvalidDesignException($"Levels on device card '{card.Name}'", [string.Create(CultureInfo.InvariantCulture,
            $"{options.LevelCount} {what} levels cannot be told apart with a misread bound of {options.MisreadBound:G4}{(options.ReadSeconds is double s ? $" {s:G6} s after programming" : "")}; {(most >= 2 ? $"at most {most} can" : "not even two can")}. Take fewer levels, a looser bound or an earlier read.")]);
    }
}
