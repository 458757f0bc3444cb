using System.Globalization;

namespace CircuitSim.Circuit.Errors;

/// <summary>An iteration (Newton, homotopy, conjugate gradients) ended without meeting its tolerance.</summary>
public sealed class ConvergenceException : CircuitSimException
{
    /// <summary>Creates the error with the numbers that a designer needs to judge it.</summary>
    /// <param name="method">What did not converge, for example "operating point (Newton, gmin stepping, source stepping)".</param>
    /// <param name="iterations">Iterations done.</param>
    /// <param name="residual">Last size of the residual or update, in <paramref name="residualUnit"/>.</param>
    /// <param name="residualUnit">Unit of <paramref name="residual"/>, for example "V".</param>
    /// <param name="worstNode">Node that moved most in the last iteration.</param>
    /// <param name="previousVolts">Its voltage one iteration earlier, volts.</param>
    /// <param name="lastVolts">Its last voltage, volts.</param>
    /// <param name="nextStep">What the user can do.</param>
    public ConvergenceException(
        string method, int iterations, double residual, string residualUnit,
        string worstNode, double previousVolts, double lastVolts, string nextStep)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"{method} did not converge in {iterations} iterations: residual {residual:G6} {residualUnit}, worst node '{worstNode}' went from {previousVolts:G9} V to {lastVolts:G9} V. {nextStep}"))
    {
        Iterations = iterations;
        Residual = residual;
        WorstNode = worstNode;
        PreviousVolts = previousVolts;
        LastVolts = lastVolts;
    }

    /// <summary>Iterations done.</summary>
    public int Iterations { get; }

    /// <summary>Last size of the residual or update; the unit is in the message.</summary>
    public double Residual { get; }

    /// <summary>Node that moved most in the last iteration.</summary>
    public string WorstNode { get; }

    /// <summary>Voltage of <see cref="WorstNode"/> one iteration earlier, volts.</summary>
    public double PreviousVolts { get; }

    /// <summary>Last voltage of <see cref="WorstNode"/>, volts.</summary>
    public double LastVolts { get; }
}
