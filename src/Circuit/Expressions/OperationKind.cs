namespace CircuitSim.Circuit.Expressions;

/// <summary>What one step of a compiled expression does.</summary>
internal enum OperationKind
{
    Constant, Input, Time, Temperature,
    Add, Subtract, Multiply, Divide, Square, Power, SignedPower, Negate, Not,
    Less, LessOrEqual, Equal, And, Or,
    Minimum, Maximum, ArcTangent2, SoftPlus, Select, Function,
}
