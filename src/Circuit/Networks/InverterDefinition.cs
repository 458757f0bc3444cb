namespace CircuitSim.Circuit.Networks;

/// <summary>The circuit that an inverter's table was taken from, as deck text, so that exported decks hold the user's own circuit.</summary>
public sealed record InverterDefinition
{
    /// <summary>Name of the subcircuit, lower case.</summary>
    public required string Subcircuit { get; init; }

    /// <summary>Its ports in calling order: each of the four once.</summary>
    public required IReadOnlyList<InverterPort> Ports { get; init; }

    /// <summary>Statements that define it: models, parameters, includes and subcircuits.</summary>
    public required IReadOnlyList<string> Lines { get; init; }
}
