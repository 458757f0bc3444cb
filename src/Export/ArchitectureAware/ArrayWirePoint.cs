namespace CircuitSim.Export.ArchitectureAware;

/// <summary>The whole network with the exact wires of every array.</summary>
/// <param name="SegmentOhms">Wire between neighbouring cross-points, ohms.</param>
/// <param name="Percent">Accuracy, percent.</param>
/// <param name="ImageCount">Test images.</param>
public sealed record ArrayWirePoint(double SegmentOhms, double Percent, int ImageCount);
