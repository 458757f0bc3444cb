namespace CircuitSim.Circuit.Expressions;

/// <summary>One quantity that an expression reads.</summary>
/// <param name="IsCurrent">True for the current through the voltage source <paramref name="Plus"/>; false for a voltage.</param>
/// <param name="Plus">Positive node, or the source's name.</param>
/// <param name="Minus">Negative node, or null for ground.</param>
public sealed record ExpressionInput(bool IsCurrent, string Plus, string? Minus);
