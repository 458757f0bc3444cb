using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Circuit.Networks;

/// <summary>How <see cref="NetworkSolver"/> solves.</summary>
public sealed record NetworkSolverOptions
{
    /// <summary>True to let every inverter drive its word line as if nothing loaded it, so that a report can tell the error that loading makes.</summary>
    public bool IgnoresLoading { get; init; }

    /// <summary>Newton ends when no output moves, or will move, by more than this, volts; positive.</summary>
    public double UpdateToleranceVolts { get; init; } = 1e-12;

    /// <summary>Most Newton iterations a layer; at least 1.</summary>
    public int MostIterations { get; init; } = 200;

    /// <summary>Threads that share a batch, at least 1. Results do not depend on it.</summary>
    public int ThreadCount { get; init; } = Math.Min(2, Environment.ProcessorCount);

    /// <summary>Arithmetic in which crossbars are reduced; <see cref="TransferMatrix.SingleError"/> of <see cref="NetworkSolver.Transfers"/> states what single costs.</summary>
    public TransferPrecision Precision { get; init; } = TransferPrecision.Binary64;

    /// <summary>Largest error of a crossbar in single precision, as in <see cref="TransferMatrixOptions.LargestSingleError"/>.</summary>
    public double LargestSingleError { get; init; } = 1e-4;

    internal TransferMatrixOptions ForCrossbar(bool hasSourceAdmittance) => new()
    {
        HasSourceAdmittance = hasSourceAdmittance,
        ThreadCount = ThreadCount,
        Precision = Precision,
        LargestSingleError = LargestSingleError,
    };

    internal void Check()
    {
        if (!(UpdateToleranceVolts > 0) || !double.IsFinite(UpdateToleranceVolts))
            throw new ArgumentOutOfRangeException(nameof(UpdateToleranceVolts), UpdateToleranceVolts, "The tolerance is a positive number of volts.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MostIterations, 1);
        ForCrossbar(hasSourceAdmittance: true).Check();
    }
}
