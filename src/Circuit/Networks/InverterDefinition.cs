using CircuitSim.Circuit.Engines.Ngspice;

namespace CircuitSim.Circuit.Networks;

/// <summary>The circuit that an inverter's table was taken from, as deck text, so that exported decks hold the user's own circuit.</summary>
public sealed record InverterDefinition
{
    private readonly IReadOnlyList<string> _lines = [];

    /// <summary>Name of the subcircuit, lower case.</summary>
    public required string Subcircuit { get; init; }

    /// <summary>Its ports in calling order: each of the four once.</summary>
    public required IReadOnlyList<InverterPort> Ports { get; init; }

    /// <summary>Statements that define it: models, parameters, includes and subcircuits; nothing that a simulator runs as a command.</summary>
    /// <exception cref="Errors.InvalidDesignException">A line is no such statement.</exception>
    public required IReadOnlyList<string> Lines
    {
        get => _lines;
        init
        {
            RefereeReader.RequireCircuit($"Subcircuit '{Subcircuit}'", value);
            _lines = value;
        }
    }
}
