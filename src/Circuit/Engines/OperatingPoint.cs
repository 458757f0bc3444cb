namespace CircuitSim.Circuit.Engines;

/// <summary>A solved DC state.</summary>
/// <param name="Iterations">Newton iterations used; 0 when the engine does not tell.</param>
/// <param name="NodeVolts">Voltage of every node but ground (or of those asked for), volts; names are lower case, inside a subcircuit <c>x1.node</c>.</param>
/// <param name="BranchAmps">Current through every voltage-defined element (or those asked for), amperes, from its plus node through it to its minus node.</param>
public sealed record OperatingPoint(
    int Iterations, IReadOnlyDictionary<string, double> NodeVolts, IReadOnlyDictionary<string, double> BranchAmps) : AnalysisResult;
