namespace CircuitSim.Circuit.Crossbars;

/// <summary>How far port matrices that were reduced in single precision are from exact ones: bounds on the Euclidean norm of the error of any row.</summary>
/// <remarks>
/// By the inequality of Cauchy and Schwarz an end is wrong by at most the bound times the Euclidean norm of all source voltages, and no
/// entry by more than the bound. The bounds come from four drives with normally distributed voltages or currents, which
/// <see cref="CrossbarSolver"/> solves in double: eight times the root mean square of what a row is wrong by, plus what the solver allows
/// itself. The mean square over four such drives is χ² distributed with four degrees of freedom whatever the error looks like, so that a
/// bound fails with a probability below 5·10⁻⁴. The drives are the same on each run.
/// </remarks>
public sealed record SinglePrecisionError
{
    internal SinglePrecisionError()
    {
    }

    /// <summary>Of rows of <see cref="TransferMatrix.GateResponse"/>, volts per volt; 0 for ends in ground.</summary>
    public double GateResponse { get; internal init; }

    /// <summary>Of rows of <see cref="TransferMatrix.EndAdmittanceSiemens"/>, siemens; 0 for open ends.</summary>
    public double EndAdmittanceSiemens { get; internal init; }

    /// <summary>Of rows of <see cref="TransferMatrix.SourceAdmittanceSiemens"/>, siemens; 0 unless asked for.</summary>
    public double SourceAdmittanceSiemens { get; internal init; }

    /// <summary>Of rows of <see cref="TransferMatrix.GateImpedanceOhms"/>, ohms; 0 unless asked for.</summary>
    public double GateImpedanceOhms { get; internal init; }

    /// <summary>Largest difference between 1 and the sum of a row of the gate response, as it was reduced; 0 for ends in ground.</summary>
    public double RowSum { get; internal init; }

    /// <summary>
    /// The largest of the bounds as a share of full scale: 1 V/V for gate responses, the largest sum of a row for end admittances, the largest
    /// entry of the gate impedance, the largest entry or device for source admittances. Held against <see cref="TransferMatrixOptions.LargestSingleError"/>.
    /// </summary>
    public double Relative { get; internal init; }
}
