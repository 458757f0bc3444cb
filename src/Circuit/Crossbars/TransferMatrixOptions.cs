namespace CircuitSim.Circuit.Crossbars;

/// <summary>What <see cref="TransferMatrix"/> computes.</summary>
public sealed record TransferMatrixOptions
{
    /// <summary>True to compute <see cref="TransferMatrix.SourceAdmittanceSiemens"/>.</summary>
    public bool HasSourceAdmittance { get; init; } = true;

    /// <summary>True to compute <see cref="TransferMatrix.GateImpedanceOhms"/>; needs open ends.</summary>
    public bool HasGateImpedance { get; init; }

    /// <summary>Threads to use, at least 1; the result does not depend on it.</summary>
    public int ThreadCount { get; init; } = 2;
}
