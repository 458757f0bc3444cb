using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Training.InSitu.Cores;

/// <summary>One device, ready to be updated: its range in normalised conductance and both kinds of pulse.</summary>
internal sealed class DeviceLookup
{
    internal DeviceLookup(UpdateTable table, double unitSiemens)
    {
        double[] states = [.. table.Conductance.ToArray().Select(g => (g - table.MinimumConductance) / table.Range)];
        States = new LookupAxis(states);
        Probabilities = new LookupAxis(table.Probability.ToArray());
        Up = new PulseLookup(table, isIncreasing: true, States, Probabilities);
        Down = new PulseLookup(table, isIncreasing: false, States, Probabilities);
        Low = table.MinimumConductance / unitSiemens;
        Range = table.Range / unitSiemens;
    }

    internal LookupAxis States { get; }

    internal PulseLookup Up { get; }

    internal PulseLookup Down { get; }

    /// <summary>Lowest conductance, normalised.</summary>
    internal double Low { get; }

    /// <summary>Highest less lowest conductance, normalised.</summary>
    internal double Range { get; }

    internal LookupAxis Probabilities { get; }
}
