namespace CircuitSim.Circuit.Linear;

/// <summary>Eight doubles handled together, so that one kernel serves wide and narrow vector units.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface IDenseLanes<TSelf>
    where TSelf : struct, IDenseLanes<TSelf>
{
    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(double value);

    /// <summary>Reads eight doubles from an address on a 64-byte boundary.</summary>
    static abstract TSelf Load(double* from);

    /// <summary>Reads eight doubles from any address.</summary>
    static abstract TSelf LoadAnywhere(double* from);

    /// <summary>Writes eight doubles to any address.</summary>
    static abstract void StoreAnywhere(double* to, TSelf value);

    /// <summary>Writes eight doubles to an address on a 64-byte boundary.</summary>
    static abstract void Store(double* to, TSelf value);

    static abstract TSelf Add(TSelf a, TSelf b);

    static abstract TSelf Subtract(TSelf a, TSelf b);

    static abstract TSelf Multiply(TSelf a, TSelf b);

    static abstract TSelf Divide(TSelf a, TSelf b);

    /// <summary>a·b + c.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

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
