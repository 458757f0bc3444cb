namespace CircuitSim.Circuit.Crossbars;

/// <summary>Series resistances at the two ends of a crossbar as conductances, with merged nodes as infinity and open ends as zero.</summary>
/// <param name="FeedSiemens">Between a source and the first cross-point of its word line; infinite when they are one node.</param>
/// <param name="EndSiemens">Between the last cross-point of a bit line and ground; infinite when it is ground, 0 when open.</param>
/// <param name="WordSegmentSiemens">Word-line segment between cross-points; infinite when the line is one node.</param>
/// <param name="BitSegmentSiemens">Bit-line segment between cross-points; infinite when the line is one node.</param>
internal readonly record struct CrossbarBoundary(
    double FeedSiemens, double EndSiemens, double WordSegmentSiemens, double BitSegmentSiemens)
{
    internal static CrossbarBoundary Of(CrossbarSpec spec)
    {
        bool hasOuterSegments = spec.Convention == WireConvention.C1;
        double feedOhms = spec.SourceOhms + (hasOuterSegments ? spec.WordLineSegmentOhms : 0);
        double endOhms = spec.TerminalOhms + (hasOuterSegments ? spec.BitLineSegmentOhms : 0);
        return new CrossbarBoundary(
            1 / feedOhms,
            spec.BitLineEnd == BitLineEnd.Open ? 0 : 1 / endOhms,
            1 / spec.WordLineSegmentOhms,
            1 / spec.BitLineSegmentOhms);
    }
}
