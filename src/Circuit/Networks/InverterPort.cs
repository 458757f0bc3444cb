namespace CircuitSim.Circuit.Networks;

/// <summary>What a port of an inverter's subcircuit is for.</summary>
public enum InverterPort
{
    /// <summary>Gate of both transistors; draws no direct current.</summary>
    Input,

    /// <summary>Output.</summary>
    Output,

    /// <summary>Rail at +Vdd/2.</summary>
    PositiveRail,

    /// <summary>Rail at −Vdd/2.</summary>
    NegativeRail,
}
