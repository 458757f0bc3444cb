namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Chips of two trainings at one variation, held against each other by signed-rank tests: a chip has the same normal draws in both.</summary>
/// <param name="Figure">Figure that the points belong to.</param>
/// <param name="First">First training.</param>
/// <param name="Second">Second training.</param>
/// <param name="Variation">Variation of the chips.</param>
/// <param name="MedianDifference">Median of the second less that of the first, points.</param>
/// <param name="MedianProbability">Two-sided probability of differences as uneven if none favoured either.</param>
/// <param name="SpreadRatio">Distance of the quartiles of the second over that of the first.</param>
/// <param name="SpreadProbability">The same probability for the distances from the own median.</param>
public sealed record ArrayComparison(
    string Figure, string First, string Second, double Variation, double MedianDifference, double MedianProbability, double SpreadRatio, double SpreadProbability);
