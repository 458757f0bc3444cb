namespace CircuitSim.Circuit.Netlists;

/// <summary>A voltage or current to measure, such as <c>v(out)</c>, <c>v(a,b)</c>, <c>i(v1)</c>, or at AC <c>vdb(out)</c>.</summary>
/// <param name="Quantity">'v' or 'i'.</param>
/// <param name="Part">At AC: 'r' real part, 'i' imaginary part, 'm' magnitude, 'p' phase in radians, 'd' decibels; elsewhere 'r'.</param>
/// <param name="Target">Node, two nodes with a comma between them, or source.</param>
public sealed record MeasureVector(char Quantity, char Part, string Target)
{
    /// <summary>The vectors that a result must hold to evaluate it.</summary>
    internal IEnumerable<string> Required => Target.Split(',').Select(t => $"{Quantity}({t})");

    /// <summary>The vector as decks write it.</summary>
    /// <returns>For example <c>vdb(out)</c>.</returns>
    public override string ToString() => $"{Quantity}{Part switch { 'r' => "", 'd' => "db", _ => Part.ToString() }}({Target})";
}
