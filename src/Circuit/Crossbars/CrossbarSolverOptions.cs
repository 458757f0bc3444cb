namespace CircuitSim.Circuit.Crossbars;

/// <summary>When <see cref="CrossbarSolver"/> may stop.</summary>
public sealed record CrossbarSolverOptions
{
    /// <summary>Largest error allowed at any node, as estimated, in volts; positive.</summary>
    public double ToleranceVolts { get; init; } = 1e-12;

    /// <summary>Most iterations of conjugate gradients; at least 1. Ordinary crossbars need 5 to 20, very resistive wires a few hundred.</summary>
    public int MostIterations { get; init; } = 2000;

    internal void Check()
    {
        if (!(ToleranceVolts > 0) || !double.IsFinite(ToleranceVolts))
            throw new ArgumentOutOfRangeException(nameof(ToleranceVolts), ToleranceVolts, "The tolerance is a positive number of volts.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MostIterations, 1);
    }
}
