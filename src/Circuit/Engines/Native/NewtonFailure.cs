namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Where a Newton iteration stood when it gave up.</summary>
/// <param name="Iterations">Iterations done.</param>
/// <param name="WorstUnknown">Index of the node that moved most, −1 when nothing moved yet.</param>
/// <param name="PreviousVolts">Its voltage one iteration earlier.</param>
/// <param name="LastVolts">Its last voltage.</param>
/// <param name="SingularUnknown">Index of the unknown at which elimination stopped, or −1.</param>
internal sealed record NewtonFailure(int Iterations, int WorstUnknown, double PreviousVolts, double LastVolts, int SingularUnknown = -1)
{
    /// <summary>True when no damped step brought the solution nearer.</summary>
    public bool HasNoStep { get; init; }
}
