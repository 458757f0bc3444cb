using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>What solving a crossbar would take, as far as it decides between methods.</summary>
/// <remarks>Nanoseconds measured on one machine with AVX-512; only their ratios matter.</remarks>
internal static class CrossbarCost
{
    // Arrays of so many cross-points stay in cache while they are iterated on; a factor leaves it sooner.
    private const int CachedCrossPoints = 1 << 17, CachedFactorCrossPoints = 1 << 15;

    /// <summary>True when a factor and its solves are expected to take less time than as many runs of conjugate gradients.</summary>
    internal static bool IsCholeskyCheaper(CrossbarSpec spec, CrossbarSolverOptions options)
    {
        // Ideal wires leave an iteration on few nodes, which nothing beats.
        if (spec.WordLineSegmentOhms == 0 || spec.BitLineSegmentOhms == 0) return false;

        double iterations = Iterations(spec);
        if (iterations > options.MostIterations) return true;

        int crossPoints = spec.ConductanceSiemens.Length;
        double iteration = crossPoints <= CachedCrossPoints ? 1.2 : 4, solve = crossPoints <= CachedFactorCrossPoints ? 65 : 300;
        double factor = 4.5 * Math.Min(spec.WordLineCount, spec.BitLineCount);
        return options.ExpectedSolveCount * (iterations * iteration - solve) > factor;
    }

    /// <summary>Iterations expected, from the ratio of a line's wire to its devices.</summary>
    /// <remarks>
    /// The smallest eigenvalue of the preconditioned matrix is about 1/(1 + 0.4·κ) with κ = r·n²·g of the word lines, or of the bit lines
    /// if that is smaller and they end in ground; 2.3·√κ fits 64 to 1024 lines of 10 Ω segments and devices of 1 to 100 kΩ.
    /// </remarks>
    internal static double Iterations(CrossbarSpec spec)
    {
        double siemens = DenseKernels.SumInParts(spec.ConductanceSiemens.Span) / spec.ConductanceSiemens.Length;
        double m = spec.WordLineCount, n = spec.BitLineCount;
        double ratio = siemens * n * (n * spec.WordLineSegmentOhms + spec.SourceOhms);
        if (spec.BitLineEnd == BitLineEnd.Ground) ratio = Math.Min(ratio, siemens * m * (m * spec.BitLineSegmentOhms + spec.TerminalOhms));
        return 5 + 2.3 * Math.Sqrt(ratio);
    }
}
