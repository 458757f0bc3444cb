namespace CircuitSim.Circuit.Expressions;

/// <summary>One step of a compiled expression: operands are indices of earlier steps, −1 where there is none.</summary>
internal struct Operation
{
    public OperationKind Kind;
    public int A, B, C;
    public double Constant;
    public string? Function;

    /// <summary>Local derivatives with respect to the operands, set by the last evaluation.</summary>
    public double PerA, PerB, PerC;
}
