namespace CircuitSim.Training.Kernels;

/// <summary>One or more doubles that are computed on together, so that one formula serves every vector width.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Doubles held.</summary>
    static abstract int Width { get; }

    /// <summary>Reads <see cref="Width"/> doubles.</summary>
    /// <param name="source">First double.</param>
    /// <returns>The doubles.</returns>
    static abstract TSelf Load(double* source);

    /// <summary>The same double in every place.</summary>
    /// <param name="value">The double.</param>
    /// <returns>The doubles.</returns>
    static abstract TSelf Broadcast(double value);

    /// <summary>left·right + addend with one rounding.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    /// <param name="addend">Addend.</param>
    /// <returns>The result.</returns>
    static abstract TSelf FusedMultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The smaller of two, place by place.</summary>
    /// <param name="left">First.</param>
    /// <param name="right">Second.</param>
    /// <returns>The result.</returns>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The larger of two, place by place.</summary>
    /// <param name="left">First.</param>
    /// <param name="right">Second.</param>
    /// <returns>The result.</returns>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>Absolute value.</summary>
    /// <param name="value">Value.</param>
    /// <returns>The result.</returns>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The size of one number with the sign of another.</summary>
    /// <param name="size">Gives the size.</param>
    /// <param name="sign">Gives the sign.</param>
    /// <returns>The result.</returns>
    static abstract TSelf CopySign(TSelf size, TSelf sign);

    /// <summary>Square root.</summary>
    /// <param name="value">Value, at least 0.</param>
    /// <returns>The result.</returns>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Multiplies by a power of two whose exponent sits in the lowest mantissa bits of another number.</summary>
    /// <param name="value">A normal number.</param>
    /// <param name="shifted">1.5·2⁵² + n with a whole n, such that value·2ⁿ is normal.</param>
    /// <returns>value·2ⁿ.</returns>
    static abstract TSelf Scale(TSelf value, TSelf shifted);

    /// <summary>Sum.</summary>
    /// <param name="left">First.</param>
    /// <param name="right">Second.</param>
    /// <returns>The result.</returns>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Difference.</summary>
    /// <param name="left">First.</param>
    /// <param name="right">Second.</param>
    /// <returns>The result.</returns>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Product.</summary>
    /// <param name="left">First.</param>
    /// <param name="right">Second.</param>
    /// <returns>The result.</returns>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Quotient.</summary>
    /// <param name="left">Dividend.</param>
    /// <param name="right">Divisor.</param>
    /// <returns>The result.</returns>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>Writes <see cref="Width"/> doubles.</summary>
    /// <param name="target">First double.</param>
    void Store(double* target);
}
