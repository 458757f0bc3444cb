using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>A programmed crossbar: its devices, its wires and what its lines end in. Word lines are driven, bit lines collected.</summary>
/// <remarks>
/// Convention C1: source, source resistance, then one segment before the first device; a bit line has a segment after each
/// device, the last one leads to its end. Other line ends are open. A resistance of zero merges the nodes it joins exactly.
/// </remarks>
public sealed record CrossbarSpec
{
    private readonly double[] _conductanceSiemens;

    /// <summary>Creates a crossbar and checks it.</summary>
    /// <param name="wordLineCount">Driven lines m, at least 1.</param>
    /// <param name="bitLineCount">Collected lines n, at least 1.</param>
    /// <param name="conductanceSiemens">Device conductances, siemens, row-major [wordLine, bitLine], length m·n; 0 is an absent device. Copied.</param>
    /// <param name="wordLineSegmentOhms">Wire between neighbouring cross-points of a word line, ohms, at least 0.</param>
    /// <param name="bitLineSegmentOhms">Wire between neighbouring cross-points of a bit line, ohms, at least 0.</param>
    /// <param name="sourceOhms">Resistance between each source and its word line, ohms, at least 0.</param>
    /// <param name="terminalOhms">Resistance between each bit line's end and ground, ohms, at least 0; must be 0 for open ends.</param>
    /// <param name="bitLineEnd">What bit lines end in.</param>
    /// <param name="convention">Where segments lie.</param>
    /// <exception cref="InvalidDesignException">A count, conductance or resistance is out of range; all violations are listed.</exception>
    public CrossbarSpec(
        int wordLineCount,
        int bitLineCount,
        ReadOnlySpan<double> conductanceSiemens,
        double wordLineSegmentOhms = 0,
        double bitLineSegmentOhms = 0,
        double sourceOhms = 0,
        double terminalOhms = 0,
        BitLineEnd bitLineEnd = BitLineEnd.Ground,
        WireConvention convention = WireConvention.C1)
    {
        WordLineCount = wordLineCount;
        BitLineCount = bitLineCount;
        _conductanceSiemens = conductanceSiemens.ToArray();
        WordLineSegmentOhms = wordLineSegmentOhms;
        BitLineSegmentOhms = bitLineSegmentOhms;
        SourceOhms = sourceOhms;
        TerminalOhms = terminalOhms;
        BitLineEnd = bitLineEnd;
        Convention = convention;
        CrossbarRules.Check(this);
    }

    /// <summary>Number of driven lines.</summary>
    public int WordLineCount { get; }

    /// <summary>Number of collected lines.</summary>
    public int BitLineCount { get; }

    /// <summary>Device conductances, siemens, row-major [wordLine, bitLine]; 0 is an absent device.</summary>
    public ReadOnlyMemory<double> ConductanceSiemens => _conductanceSiemens;

    /// <summary>Wire between neighbouring cross-points of a word line, ohms.</summary>
    public double WordLineSegmentOhms { get; }

    /// <summary>Wire between neighbouring cross-points of a bit line, ohms.</summary>
    public double BitLineSegmentOhms { get; }

    /// <summary>Resistance between each source and its word line, ohms.</summary>
    public double SourceOhms { get; }

    /// <summary>Resistance between each bit line's end and ground, ohms.</summary>
    public double TerminalOhms { get; }

    /// <summary>What bit lines end in.</summary>
    public BitLineEnd BitLineEnd { get; }

    /// <summary>Where segments lie.</summary>
    public WireConvention Convention { get; }

    /// <summary>Open and shorted lines, in no particular order.</summary>
    public IReadOnlyList<LineFault> Faults { get; private init; } = [];

    internal bool HasOpenLines => Faults.Any(fault => fault.IsOpen);

    internal bool HasShortedLines => Faults.Any(fault => !fault.IsOpen);

    /// <summary>True when both kinds of segment have zero resistance, so that every line is one node.</summary>
    public bool HasIdealWires => WordLineSegmentOhms == 0 && BitLineSegmentOhms == 0;

    /// <summary>Conductance of one device.</summary>
    /// <param name="wordLine">Index from 0.</param>
    /// <param name="bitLine">Index from 0.</param>
    /// <returns>Siemens; 0 is an absent device.</returns>
    public double this[int wordLine, int bitLine] => _conductanceSiemens[wordLine * BitLineCount + bitLine];

    /// <summary>The same crossbar with open and shorted lines, in place of those it has.</summary>
    /// <param name="faults">Faults; an open twice in one place counts once, shorts in one place are in parallel.</param>
    /// <returns>A crossbar with the same devices, wires and ends.</returns>
    /// <exception cref="InvalidDesignException">A place does not exist, a short is not above 0 ohm, or an open lies within a line without wire resistance.</exception>
    public CrossbarSpec WithFaults(IEnumerable<LineFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        CrossbarSpec spec = this with { Faults = [.. faults] };
        CrossbarRules.CheckFaults(spec);
        return spec;
    }

    /// <summary>The same crossbar with other devices; wires, ends and faults stay.</summary>
    /// <param name="conductanceSiemens">Device conductances, siemens, row-major [wordLine, bitLine], length m·n; 0 is an absent device. Copied.</param>
    /// <returns>A crossbar with the same lines.</returns>
    /// <exception cref="InvalidDesignException">A conductance is out of range; all violations are listed.</exception>
    public CrossbarSpec WithConductances(ReadOnlySpan<double> conductanceSiemens) =>
        new(WordLineCount, BitLineCount, conductanceSiemens, WordLineSegmentOhms, BitLineSegmentOhms, SourceOhms, TerminalOhms, BitLineEnd, Convention)
        {
            Faults = Faults,
        };

    /// <summary>The same crossbar with ideal wires: segments and source resistance are zero, lines have no faults. The terminal resistance, a part of the read-out, stays.</summary>
    /// <returns>A crossbar with the same devices and ends.</returns>
    public CrossbarSpec WithIdealWires() =>
        new(WordLineCount, BitLineCount, _conductanceSiemens, terminalOhms: TerminalOhms, bitLineEnd: BitLineEnd, convention: Convention);

    /// <summary>Compares every device and wire by value.</summary>
    /// <param name="other">The crossbar to compare with.</param>
    /// <returns>True when both describe the same circuit.</returns>
    public bool Equals(CrossbarSpec? other) =>
        other is not null
        && WordLineCount == other.WordLineCount && BitLineCount == other.BitLineCount
        && WordLineSegmentOhms.Equals(other.WordLineSegmentOhms) && BitLineSegmentOhms.Equals(other.BitLineSegmentOhms)
        && SourceOhms.Equals(other.SourceOhms) && TerminalOhms.Equals(other.TerminalOhms)
        && BitLineEnd == other.BitLineEnd && Convention == other.Convention
        && Faults.SequenceEqual(other.Faults)
        && _conductanceSiemens.AsSpan().SequenceEqual(other._conductanceSiemens);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(WordLineCount, BitLineCount, WordLineSegmentOhms, BitLineSegmentOhms, SourceOhms, BitLineEnd);
}
