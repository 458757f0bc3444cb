namespace CircuitSim.Circuit.Netlists;

/// <summary>An independent current source; positive current flows from the plus node through the source to the minus node.</summary>
/// <param name="Name">Name, beginning with i.</param>
/// <param name="Plus">Node that the current leaves.</param>
/// <param name="Minus">Node that the current enters.</param>
/// <param name="Value">What it gives, amperes; a plain number is a DC value.</param>
public sealed record CurrentSource(string Name, string Plus, string Minus, SourceValue Value) : Element(Name, [Plus, Minus])
{
    /// <summary>Current at DC, amperes.</summary>
    public double Amps
    {
        get => Value.AtDc;
        init => Value = Value with { Dc = value };
    }

    internal override Element Renamed(string name, Func<string, string> node, Func<string, string> source)
        => new CurrentSource(name, node(Plus), node(Minus), Value);
}
