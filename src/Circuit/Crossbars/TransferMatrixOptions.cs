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

    /// <summary>
    /// Arithmetic of the reduction. <see cref="TransferPrecision.Binary32"/> serves crossbars with wire resistance on both sides on machines with
    /// vector units; all others are reduced in double, and <see cref="TransferMatrix.Precision"/> says so. Results are 64-bit numbers either way.
    /// </summary>
    public TransferPrecision Precision { get; init; } = TransferPrecision.Binary64;

    /// <summary>
    /// Largest error of single precision to accept, as a share of full scale (<see cref="SinglePrecisionError.Relative"/>), above 0: beyond it
    /// the crossbar is reduced again in double, and <see cref="TransferMatrix.Precision"/> says so.
    /// </summary>
    public double LargestSingleError { get; init; } = 1e-4;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ThreadCount, 1);
        if (!Enum.IsDefined(Precision)) throw new ArgumentOutOfRangeException(nameof(Precision), Precision, "Choose Binary64 or Binary32.");
        if (!(LargestSingleError > 0)) throw new ArgumentOutOfRangeException(nameof(LargestSingleError), LargestSingleError, "The limit is a share of full scale above 0.");
    }
}
