using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Refuses an analysis whose result would not fit into memory, before it begins where that can be told.</summary>
internal static class AnalysisLimits
{
    /// <summary>Checks the fewest points that an analysis can have.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="vectors">Vectors that its result holds.</param>
    /// <param name="options">The limit.</param>
    /// <exception cref="InvalidDesignException">The result would hold more numbers than allowed.</exception>
    public static void Check(Analysis analysis, int vectors, EngineOptions options)
    {
        double points = FewestPoints(analysis);
        if (!(points * Math.Max(1, vectors) <= options.MaximumValues)) throw Exceeded($"has {Text(analysis, points)}", points, vectors, options);
    }

    /// <summary>Checks the points so far of an analysis that chooses them itself.</summary>
    /// <exception cref="InvalidDesignException">The result holds more numbers than allowed.</exception>
    public static void CheckSoFar(long points, int vectors, EngineOptions options)
    {
        if (points * Math.Max(1, vectors) > options.MaximumValues) throw Exceeded(FormattableString.Invariant($"has come to {points} points"), points, vectors, options);
    }

    private static string Text(Analysis analysis, double points)
        => (analysis is TransientAnalysis ? "at least " : "") + FormattableString.Invariant($"{points:G15} points");

    private static double FewestPoints(Analysis analysis) => analysis switch
    {
        DcSweepAnalysis { Outer: { } outer } dc => Points(dc.Inner) * Points(outer),
        DcSweepAnalysis dc => Points(dc.Inner),
        AcAnalysis { Spacing: FrequencySpacing.Linear } ac => ac.PointCount,
        AcAnalysis { Spacing: FrequencySpacing.Decade } ac => Math.Floor(ac.PointCount * Math.Log10(ac.StopHertz / ac.StartHertz)) + 1,
        AcAnalysis ac => Math.Floor(ac.PointCount * Math.Log2(ac.StopHertz / ac.StartHertz)) + 1,
        TransientAnalysis tran => Math.Ceiling((tran.StopSeconds - tran.StartSeconds) / TransientSolver.LongestStep(tran)),
        _ => 1,
    };

    private static double Points(SourceSweep sweep) => Math.Max(1, Math.Floor((sweep.Stop - sweep.Start) / sweep.Step + 1e-6) + 1);

    private static InvalidDesignException Exceeded(string what, double points, int vectors, EngineOptions options)
        => new("The analysis", [FormattableString.Invariant(
            $"{what} of {vectors} vectors, {points * Math.Max(1, vectors):G4} numbers; at most {options.MaximumValues} are kept. Ask for fewer points, name the vectors that are needed in .save, or raise the limit (--max-values).")]);
}
