namespace CircuitSim.Circuit.Linear;

/// <summary>The terms of each sum of a <see cref="PatchGemm"/> product, as three nested loops that step through both factors.</summary>
/// <param name="Outer">Slowest loop.</param>
/// <param name="Middle">Loop within it.</param>
/// <param name="Inner">Fastest loop.</param>
public readonly record struct GemmDepth(GemmLoop Outer, GemmLoop Middle, GemmLoop Inner)
{
    /// <summary>Terms of one sum.</summary>
    public long TermCount => (long)Outer.Count * Middle.Count * Inner.Count;

    internal long LeftSpan => Span(Outer.Count, Outer.LeftStride) + Span(Middle.Count, Middle.LeftStride) + Span(Inner.Count, Inner.LeftStride);

    internal long RightSpan => Span(Outer.Count, Outer.RightStride) + Span(Middle.Count, Middle.RightStride) + Span(Inner.Count, Inner.RightStride);

    internal bool IsAllowed => IsLoop(Outer) && IsLoop(Middle) && IsLoop(Inner);

    private static long Span(int count, int stride) => (count - 1L) * stride;

    private static bool IsLoop(GemmLoop loop) => loop is { Count: >= 1, LeftStride: >= 0, RightStride: >= 0 };
}
