namespace CircuitSim.Circuit.Expressions;

/// <summary>A list of arguments that compares by content.</summary>
internal readonly struct EquatableArguments(IReadOnlyList<ExpressionNode> items) : IEquatable<EquatableArguments>
{
    public IReadOnlyList<ExpressionNode> Items { get; } = items;

    public bool Equals(EquatableArguments other) => Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => obj is EquatableArguments other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (ExpressionNode item in Items) hash.Add(item);
        return hash.ToHashCode();
    }
}
