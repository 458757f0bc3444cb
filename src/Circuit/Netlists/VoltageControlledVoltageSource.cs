namespace CircuitSim.Circuit.Netlists;

/// <summary>A voltage proportional to another voltage.</summary>
/// <param name="Name">Name, beginning with e.</param>
/// <param name="Plus">Positive output node.</param>
/// <param name="Minus">Negative output node.</param>
/// <param name="ControlPlus">Positive controlling node.</param>
/// <param name="ControlMinus">Negative controlling node.</param>
/// <param name="Gain">Volts per volt.</param>
public sealed record VoltageControlledVoltageSource(string Name, string Plus, string Minus, string ControlPlus, string ControlMinus, double Gain)
    : Element(Name, [Plus, Minus, ControlPlus, ControlMinus])
{
    internal override bool HasBranch => true;

    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new VoltageControlledVoltageSource(name, node(Plus), node(Minus), node(ControlPlus), node(ControlMinus), Gain);
}
