using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Networks;

/// <summary>An inverter as decks define and call it.</summary>
/// <param name="Subcircuit">Name of the subcircuit that is called.</param>
/// <param name="Ports">Its ports in calling order.</param>
/// <param name="Definitions">Its definition and those that it calls; empty when only <paramref name="Lines"/> define it.</param>
/// <param name="Lines">Statements that a simulator reads and this library does not, such as foundry models; usually empty.</param>
internal sealed record InverterCell(
    string Subcircuit, IReadOnlyList<InverterPort> Ports, IReadOnlyList<SubcircuitDefinition> Definitions, IReadOnlyList<string> Lines)
{
    internal static IReadOnlyList<InverterPort> UsualOrder { get; } =
        [InverterPort.Input, InverterPort.Output, InverterPort.PositiveRail, InverterPort.NegativeRail];

    /// <summary>An instance between the rails.</summary>
    internal SubcircuitCall Call(string name, string input, string output) => new(name, [.. Ports.Select(port => port switch
    {
        InverterPort.Input => input,
        InverterPort.Output => output,
        InverterPort.PositiveRail => NodeNames.PositiveRail,
        _ => NodeNames.NegativeRail,
    })], Subcircuit);
}
