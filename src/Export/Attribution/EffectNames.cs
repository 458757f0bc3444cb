namespace CircuitSim.Export.Attribution;

/// <summary>Effects in words.</summary>
internal static class EffectNames
{
    internal static string Added(CircuitEffect effect) =>
        effect == CircuitEffect.DeviceEquations ? "device equations, unloaded" : $"+ {Short(effect)}";

    internal static string Removed(CircuitEffect effect) => $"− {Short(effect)}";

    /// <summary>What a rung of the ladder solves.</summary>
    internal static string WithIt(CircuitEffect effect) => effect switch
    {
        CircuitEffect.DeviceEquations => "Every inverter by its own equations or table, as if its output drove nothing; ideal wires.",
        CircuitEffect.Loading => "Every inverter drives the crossbar of the next layer, solved exactly; ideal wires.",
        CircuitEffect.Wires => "Every wire segment and source resistance: the circuit as designed.",
        CircuitEffect.Quantisation => "Devices on the levels that their targets are rounded to.",
        CircuitEffect.Programming => "Devices as they were programmed and read: programming error, drift and read noise.",
        CircuitEffect.Faults => "Stuck devices, broken and shorted lines, dead drivers.",
        _ => "Inverters that differ, at the supply and temperature at which the chip is operated.",
    };

    /// <summary>What a rung of the reverse ladder solves.</summary>
    internal static string WithoutIt(CircuitEffect effect, bool takesLoading) => effect switch
    {
        CircuitEffect.DeviceEquations => "Sources that follow the trained curve in place of inverters"
            + (takesLoading ? ", which no crossbar loads; wires and devices as in the full circuit." : "; wires and devices as in the full circuit."),
        CircuitEffect.Loading => "Ideal followers between inverters and the crossbars that they drive.",
        CircuitEffect.Wires => "Ideal wires and sources without resistance; faults of lines go with them.",
        CircuitEffect.Quantisation => "Devices programmed to their exact targets instead of levels.",
        CircuitEffect.Programming => "Devices exactly on their levels or targets, read at once and without noise.",
        CircuitEffect.Faults => "Every device answers and every line is whole.",
        _ => "Inverters all alike, at nominal supply and temperature.",
    };

    private static string Short(CircuitEffect effect) => effect switch
    {
        CircuitEffect.DeviceEquations => "device equations",
        CircuitEffect.Loading => "loading",
        CircuitEffect.Wires => "wires",
        CircuitEffect.Quantisation => "quantisation",
        CircuitEffect.Programming => "programming",
        CircuitEffect.Faults => "faults",
        _ => "transistors",
    };
}
