namespace CircuitSim.Export.Attribution;

/// <summary>What parts a circuit from the network that was trained, in the order in which the ladder switches it on.</summary>
public enum CircuitEffect
{
    /// <summary>Inverters by their device equations instead of the curve that the network was trained with.</summary>
    DeviceEquations,

    /// <summary>Every inverter output loaded by the crossbar that it drives.</summary>
    Loading,

    /// <summary>Wire segments and source resistance.</summary>
    Wires,

    /// <summary>Devices on the nearest of a finite number of levels.</summary>
    Quantisation,

    /// <summary>Programming error, drift and read noise.</summary>
    Programming,

    /// <summary>Stuck devices, broken and shorted lines, dead drivers.</summary>
    Faults,

    /// <summary>Mismatch between transistors, and the supply and temperature at which the chip is operated.</summary>
    Transistors,
}
