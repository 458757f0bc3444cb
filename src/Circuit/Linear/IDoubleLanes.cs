namespace CircuitSim.Circuit.Linear;

/// <summary>Eight doubles handled together, with what line solves and inverters need beside sums of products.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface IDoubleLanes<TSelf> : IDenseLanes<TSelf, double>
    where TSelf : struct, IDoubleLanes<TSelf>
{
    static abstract TSelf Subtract(TSelf a, TSelf b);

    static abstract TSelf Multiply(TSelf a, TSelf b);

    static abstract TSelf Divide(TSelf a, TSelf b);

    /// <summary>c − a·b.</summary>
    static abstract TSelf NegatedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>max(a, |b|), lane by lane.</summary>
    static abstract TSelf LargerMagnitude(TSelf a, TSelf b);

    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Magnitude(TSelf a);

    /// <summary>eᵃ for a of at most 0, to about one rounding.</summary>
    static abstract TSelf ExpOfNotPositive(TSelf a);

    /// <summary>Lane by lane: b where a is at least 0, else c.</summary>
    static abstract TSelf WhereNotNegative(TSelf a, TSelf b, TSelf c);

    static abstract double Sum(TSelf a);

    static abstract double Largest(TSelf a);

    /// <summary>Transposes the 8×8 block whose rows are given.</summary>
    static abstract void Transpose(
        ref TSelf a, ref TSelf b, ref TSelf c, ref TSelf d, ref TSelf e, ref TSelf f, ref TSelf g, ref TSelf h);
}
