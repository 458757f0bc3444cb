using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Networks;

/// <summary>Output of an inverter that drives nothing but gates.</summary>
internal static class UnloadedInverter
{
    private const int MostIterations = 200;

    /// <summary>Output voltage at which both transistors carry the same current, to machine precision.</summary>
    /// <param name="inverter">The inverter.</param>
    /// <param name="inputVolts">Gate voltage, volts.</param>
    /// <param name="supplyVolts">Supply, volts.</param>
    /// <param name="loadSiemens">Conductance from the output to the middle of the rails, siemens; a guess at a load.</param>
    /// <returns>Output, volts, between the rails.</returns>
    /// <exception cref="ConvergenceException">The input is not finite.</exception>
    internal static double OutputVolts(InverterModel inverter, double inputVolts, double supplyVolts, double loadSiemens = 0)
    {
        // The delivered current falls with the output voltage: positive at the low rail, negative at the high one.
        double low = -supplyVolts / 2, high = supplyVolts / 2;
        double volts = 0, last = 0;
        for (int k = 0; k < MostIterations; k++)
        {
            InverterCurrent current = inverter.OutputCurrent(inputVolts, volts, supplyVolts);
            double amps = current.Amps - loadSiemens * volts;
            if (amps > 0) low = volts;
            else high = volts;

            last = volts;
            double next = volts - amps / (current.PerOutputVolt - loadSiemens);
            bool isInside = next > low && next < high;
            volts = isInside ? next : 0.5 * (low + high);
            // Below this a step only follows the rounding of the two currents.
            if (Math.Abs(volts - last) <= Math.ScaleB(supplyVolts, -53)) return volts;
        }

        if (high - low <= Math.ScaleB(supplyVolts, -48)) return volts;
        throw new ConvergenceException("Unloaded inverter", MostIterations, Math.Abs(volts - last), "V", "out", last, volts,
            string.Create(CultureInfo.InvariantCulture, $"Its input is {inputVolts:R} V."));
    }

    /// <summary>Multipliers μ of the outputs' equations of unloaded inverters, and the loss per gate volt.</summary>
    /// <param name="circuit">Inverters and supply.</param>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="gateVolts">Gates of the first inverters, volts.</param>
    /// <param name="invertedVolts">Solved outputs of the first inverters, volts.</param>
    /// <param name="restoredVolts">Solved outputs of the second inverters, volts.</param>
    /// <param name="perOutput">Loss per output volt, n and p in turn; replaced by μ, loss per ampere.</param>
    /// <param name="perGate">Receives the loss per gate volt.</param>
    internal static void Multipliers(
        NetworkCircuit circuit, int layer, ReadOnlySpan<double> gateVolts, ReadOnlySpan<double> invertedVolts, ReadOnlySpan<double> restoredVolts,
        Span<double> perOutput, Span<double> perGate)
    {
        for (int j = 0; j < perGate.Length; j++)
        {
            InverterCurrent first = circuit.InverterAt(layer, 2 * j).OutputCurrent(gateVolts[j], invertedVolts[j], circuit.SupplyVolts);
            InverterCurrent second = circuit.InverterAt(layer, 2 * j + 1).OutputCurrent(invertedVolts[j], restoredVolts[j], circuit.SupplyVolts);
            perOutput[2 * j + 1] /= second.PerOutputVolt;
            perOutput[2 * j] = (perOutput[2 * j] - perOutput[2 * j + 1] * second.PerInputVolt) / first.PerOutputVolt;
            perGate[j] = -perOutput[2 * j] * first.PerInputVolt;
        }
    }
}
