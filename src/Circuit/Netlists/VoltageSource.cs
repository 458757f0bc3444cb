namespace CircuitSim.Circuit.Netlists;

/// <summary>An independent voltage source.</summary>
/// <param name="Name">Name, beginning with v.</param>
/// <param name="Plus">Positive node.</param>
/// <param name="Minus">Negative node.</param>
/// <param name="Value">What it gives, volts; a plain number is a DC value.</param>
public sealed record VoltageSource(string Name, string Plus, string Minus, SourceValue Value) : Element(Name, [Plus, Minus])
{
    /// <summary>Voltage at DC, volts.</summary>
    public double Volts
    {
        get => Value.AtDc;
        init => Value = Value with { Dc = value };
    }

    internal override bool HasBranch => true;

    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new VoltageSource(name, node(Plus), node(Minus), Value);
}
