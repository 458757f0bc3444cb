using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Chooses how a crossbar is solved.</summary>
internal static class CrossbarCores
{
    internal static ICrossbarCore Create(CrossbarSpec spec, CrossbarSolverOptions options)
    {
        if (!spec.HasShortedLines) return CreateUnshorted(spec, options);
        // Without shorts that alone hold a part of a line nothing could be solved first, so that only the whole factor serves.
        if (IsDirect(spec, options) || LineParts.NeedShorts(spec)) return new CholeskyCore(spec);
        return new ShortedCore(spec, CreateUnshorted(spec.WithFaults(spec.Faults.Where(fault => fault.IsOpen)), options));
    }

    private static ICrossbarCore CreateUnshorted(CrossbarSpec spec, CrossbarSolverOptions options)
    {
        // A broken line without wire resistance is several nodes, which only the factor knows.
        bool isBrokenIdeal = spec.HasOpenLines && (spec.WordLineSegmentOhms == 0 || spec.BitLineSegmentOhms == 0);
        if (IsDirect(spec, options) || (isBrokenIdeal && options.Method == CrossbarMethod.Automatic)) return new CholeskyCore(spec);
        if (isBrokenIdeal)
            throw new InvalidDesignException("Crossbar solver",
                [$"Method {options.Method} does not serve open lines on ideal wires; choose {CrossbarMethod.Cholesky} or {CrossbarMethod.Automatic}."]);

        ICrossbarCore core = Iterative(spec);
        if (options.Method is CrossbarMethod.Automatic || options.Method == core.Method) return core;
        throw new InvalidDesignException("Crossbar solver",
            [$"Method {options.Method} does not serve these wires, which leave {core.Method} or {CrossbarMethod.Cholesky}; choose one of them or {CrossbarMethod.Automatic}."]);
    }

    private static bool IsDirect(CrossbarSpec spec, CrossbarSolverOptions options) =>
        options.Method == CrossbarMethod.Cholesky || (options.Method == CrossbarMethod.Automatic && CrossbarCost.IsCholeskyCheaper(spec, options));

    /// <summary>The iterative core for a crossbar's wires.</summary>
    internal static ICrossbarCore Iterative(CrossbarSpec spec)
    {
        if (spec.WordLineSegmentOhms == 0 || spec.BitLineSegmentOhms == 0) return new NodeCore(spec);
        if (spec.HasOpenLines) return new PlainLineCore(spec);
        if (DenseLanes512.IsSupported) return new LineCore<DenseLanes512>(spec);
        if (DenseLanes256.IsSupported) return new LineCore<DenseLanes256>(spec);
        return new PlainLineCore(spec);
    }
}
