using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Devices;

/// <summary>Static current-voltage law of a memristor in a fixed state.</summary>
public abstract record MemristorLaw
{
    /// <summary>Current at a voltage, and its derivative.</summary>
    /// <param name="volts">Voltage from plus to minus, volts.</param>
    /// <param name="perVolt">Differential conductance, siemens.</param>
    /// <returns>Current from plus through the device to minus, amperes.</returns>
    public abstract double Amps(double volts, out double perVolt);

    /// <summary>The law as an expression of the voltage between two nodes, as decks hold it.</summary>
    /// <param name="plus">Positive node.</param>
    /// <param name="minus">Negative node.</param>
    /// <returns>The current in amperes.</returns>
    public abstract Expression Expression(string plus, string minus);
}
