namespace CircuitSim.Circuit.Crossbars;

/// <summary>Two nodes of a crossbar that a conductance may join: a device's, or those of two neighbouring lines.</summary>
/// <param name="From">Where the branch begins, row-major cross-point.</param>
/// <param name="FromWord">True when it begins on a word line.</param>
/// <param name="To">Where it ends, row-major cross-point.</param>
/// <param name="ToWord">True when it ends on a word line.</param>
internal readonly record struct Branch(int From, bool FromWord, int To, bool ToWord)
{
    internal static Branch OfDevice(int at) => new(at, true, at, false);

    internal static Branch OfShort(LineFault fault, int bitLines)
    {
        int at = fault.WordLine * bitLines + fault.BitLine;
        return fault.Kind == LineFaultKind.ShortedWordLines ? new(at, true, at + bitLines, true) : new(at, false, at + 1, false);
    }

    /// <summary>Volts along the branch, without what the sources' own voltages make.</summary>
    internal double Drop(CrossbarState state) => Volts(state, From, FromWord) - Volts(state, To, ToWord);

    private static double Volts(CrossbarState state, int at, bool isWord) => isWord ? state.WordDeviationVolts[at] : state.BitVolts[at];

    /// <summary>Pushes a current into the beginning of the branch and takes it out of the end.</summary>
    internal void Push(double amps, double[] wordAmps, double[] bitAmps)
    {
        (FromWord ? wordAmps : bitAmps)[From] += amps;
        (ToWord ? wordAmps : bitAmps)[To] -= amps;
    }
}
