namespace CircuitSim.Circuit.Crossbars;

/// <summary>How <see cref="CrossbarSolver"/> works and when it may stop.</summary>
public sealed record CrossbarSolverOptions
{
    /// <summary>
    /// The method, or <see cref="CrossbarMethod.Automatic"/>. <see cref="CrossbarMethod.Cholesky"/> serves every crossbar,
    /// <see cref="CrossbarMethod.LineConjugateGradients"/> those with wire resistance on both sides; the others are what remains
    /// for ideal wires on one side or both. Where shorts alone hold a part of a line, the factor serves whatever is asked for.
    /// </summary>
    public CrossbarMethod Method { get; init; } = CrossbarMethod.Automatic;

    /// <summary>Source vectors that will be solved for, at least 1: what the automatic choice divides the cost of a factor by.</summary>
    public int ExpectedSolveCount { get; init; } = 1;

    /// <summary>Largest error allowed at any node, as estimated, in volts; positive.</summary>
    public double ToleranceVolts { get; init; } = 1e-12;

    /// <summary>Most iterations of conjugate gradients; at least 1. Ordinary crossbars need 5 to 20, very resistive wires a few hundred.</summary>
    public int MostIterations { get; init; } = 2000;

    /// <summary>
    /// True to refine every solution in twice the precision and to bound its error: <see cref="CrossbarOperatingPoint.ErrorEstimateVolts"/> is then
    /// proven. Takes about two more solves and two sums over all devices a set of sources.
    /// </summary>
    public bool BoundsError { get; init; }

    internal void Check()
    {
        if (!(ToleranceVolts > 0) || !double.IsFinite(ToleranceVolts))
            throw new ArgumentOutOfRangeException(nameof(ToleranceVolts), ToleranceVolts, "The tolerance is a positive number of volts.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MostIterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ExpectedSolveCount, 1);
        if (!Enum.IsDefined(Method) || Method is CrossbarMethod.Newton or CrossbarMethod.TransferMatrix)
            throw new ArgumentOutOfRangeException(nameof(Method), Method, "A linear crossbar is not solved this way; choose Automatic, or another method.");
    }
}
