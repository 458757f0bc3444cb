using System.Globalization;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Export.CrossCheck;

/// <summary>What counts as agreement, from an experiment's settings or by default.</summary>
internal static class ErrorBudgets
{
    // Two outputs that both keep a twentieth of the supply cannot change places unless they are closer than a tenth of the swing.
    private const double OutputShare = 0.05;

    /// <summary>A nanovolt at a millisiemens, more than the devices of a bit line have together.</summary>
    internal const double DefaultAmps = 1e-12;

    private static readonly SignalKind[] Voltages =
        [SignalKind.Source, SignalKind.WordLine, SignalKind.BitLine, SignalKind.Gate, SignalKind.InvertedOutput, SignalKind.RestoredOutput, SignalKind.DigitalNeuron];

    /// <summary>Between the trained network and its circuit of inverters.</summary>
    internal static IEnumerable<ErrorBudget> Behavioural(BudgetSettings settings, NetworkCircuit circuit)
    {
        double output = 1e-3 * settings.OutputMillivolts ?? OutputShare * circuit.SupplyVolts;
        string outputReason = settings.OutputMillivolts is not null
            ? "As the experiment asks (check: budgets: output_millivolts)."
            : "A twentieth of the supply: two outputs that keep it can change places only if they are closer than a tenth of the swing.";
        double gain = PeakGain(circuit);
        double gate = 1e-3 * settings.GateMillivolts ?? output / gain;
        string gateReason = settings.GateMillivolts is not null
            ? "As the experiment asks (check: budgets: gate_millivolts)."
            : string.Create(CultureInfo.InvariantCulture, $"What moves an output by its budget where the inverter is steepest, at a gain of {gain:F1}.");
        yield return new() { IsSameCircuit = false, Signal = SignalKind.Gate, Budget = gate, Reason = gateReason };
        yield return new() { IsSameCircuit = false, Signal = SignalKind.InvertedOutput, Budget = output, Reason = outputReason };
        yield return new() { IsSameCircuit = false, Signal = SignalKind.RestoredOutput, Budget = output, Reason = outputReason };
    }

    /// <summary>Between two solvers of the same circuit.</summary>
    internal static IEnumerable<ErrorBudget> SameCircuit(CheckSettings check)
    {
        double volts = check.Limits.SpiceVolts ?? SpiceChecker.DefaultLimitVolts;
        string reason = check.Limits.SpiceVolts is not null
            ? "The limit of the experiment (check: limits: spice_volts)."
            : "Both solve the same equations; tight tolerances of 1e-12 and the gain of inverters leave about 1e-10 V.";
        foreach (SignalKind signal in Voltages) yield return new() { IsSameCircuit = true, Signal = signal, Budget = volts, Reason = reason };
        yield return new()
        {
            IsSameCircuit = true,
            Signal = SignalKind.BitLineCurrent,
            Budget = check.Budgets.SpiceAmps ?? DefaultAmps,
            Reason = check.Budgets.SpiceAmps is not null
                ? "As the experiment asks (check: budgets: spice_amps)."
                : "A nanovolt at a millisiemens, more than the devices of a bit line have together.",
        };
    }

    private static double PeakGain(NetworkCircuit circuit)
    {
        const int steps = 1000;
        VoltageTransferCurve curve = VoltageTransferCurve.Characterize(circuit.Inverter, circuit.SupplyVolts);
        double steepest = 0;
        for (int i = 0; i <= steps; i++)
        {
            curve.OutputVolts(circuit.SupplyVolts * ((double)i / steps - 0.5), out double slope);
            steepest = Math.Max(steepest, Math.Abs(slope));
        }

        return steepest;
    }
}
