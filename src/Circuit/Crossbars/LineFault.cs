namespace CircuitSim.Circuit.Crossbars;

/// <summary>A defect of a crossbar's lines: an open segment, or a short between neighbours. See <see cref="CrossbarSpec.WithFaults"/>.</summary>
/// <remarks>
/// The part of a line behind an open floats, held only by its devices and shorts, as it does in the netlist. A part that neither connects
/// to a source has no voltage in any simulator (ngspice: singular matrix) and is refused when the crossbar is solved.
/// </remarks>
public sealed record LineFault
{
    private LineFault(LineFaultKind kind, int wordLine, int bitLine, double ohms) => (Kind, WordLine, BitLine, Ohms) = (kind, wordLine, bitLine, ohms);

    /// <summary>What is wrong.</summary>
    public LineFaultKind Kind { get; }

    /// <summary>Word line, index from 0; for shorted word lines the first of the two.</summary>
    public int WordLine { get; }

    /// <summary>Bit line, index from 0; for shorted bit lines the first of the two.</summary>
    public int BitLine { get; }

    /// <summary>Resistance of a short, ohms; infinite for an open.</summary>
    public double Ohms { get; }

    /// <summary>A word line without its segment before a cross-point.</summary>
    /// <param name="wordLine">Index from 0.</param>
    /// <param name="bitLine">Cross-point behind the open, index from 0; at 0 the connection to the source is open.</param>
    /// <returns>The fault.</returns>
    public static LineFault OpenWordLine(int wordLine, int bitLine) => new(LineFaultKind.OpenWordLine, wordLine, bitLine, double.PositiveInfinity);

    /// <summary>A word line that nothing drives: it floats, held by its devices.</summary>
    /// <param name="wordLine">Index from 0.</param>
    /// <returns>The fault.</returns>
    public static LineFault DeadDriver(int wordLine) => OpenWordLine(wordLine, 0);

    /// <summary>A bit line without its segment after a cross-point.</summary>
    /// <param name="wordLine">Cross-point ahead of the open, index from 0; at the last one the connection to the end is open.</param>
    /// <param name="bitLine">Index from 0.</param>
    /// <returns>The fault.</returns>
    public static LineFault OpenBitLine(int wordLine, int bitLine) => new(LineFaultKind.OpenBitLine, wordLine, bitLine, double.PositiveInfinity);

    /// <summary>A resistance between a word line and the next one.</summary>
    /// <param name="wordLine">First of the two, index from 0.</param>
    /// <param name="bitLine">Where along the lines, index from 0.</param>
    /// <param name="ohms">Resistance, ohms, above 0.</param>
    /// <returns>The fault.</returns>
    public static LineFault ShortWordLines(int wordLine, int bitLine, double ohms) => new(LineFaultKind.ShortedWordLines, wordLine, bitLine, ohms);

    /// <summary>A resistance between a bit line and the next one.</summary>
    /// <param name="wordLine">Where along the lines, index from 0.</param>
    /// <param name="bitLine">First of the two, index from 0.</param>
    /// <param name="ohms">Resistance, ohms, above 0.</param>
    /// <returns>The fault.</returns>
    public static LineFault ShortBitLines(int wordLine, int bitLine, double ohms) => new(LineFaultKind.ShortedBitLines, wordLine, bitLine, ohms);

    /// <summary>The same fault at another word line.</summary>
    internal LineFault At(int wordLine) => new(Kind, wordLine, BitLine, Ohms);

    internal bool IsOpen => Kind is LineFaultKind.OpenWordLine or LineFaultKind.OpenBitLine;
}
