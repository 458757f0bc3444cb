namespace CircuitSim.Circuit.Crossbars;

/// <summary>What is wrong with a line of a crossbar.</summary>
public enum LineFaultKind
{
    /// <summary>A word line is broken before a cross-point; before the first one it has lost its driver.</summary>
    OpenWordLine,

    /// <summary>A bit line is broken after a cross-point; after the last one it has lost its end.</summary>
    OpenBitLine,

    /// <summary>A word line touches the next one at a bit line.</summary>
    ShortedWordLines,

    /// <summary>A bit line touches the next one at a word line.</summary>
    ShortedBitLines,
}
