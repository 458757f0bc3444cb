namespace CircuitSim.Circuit.Netlists;

/// <summary>A transient analysis, <c>.tran</c>.</summary>
/// <param name="StepSeconds">Printing step, seconds; the largest internal step unless another is given.</param>
/// <param name="StopSeconds">End, seconds.</param>
/// <param name="StartSeconds">Time from which results are kept, seconds.</param>
/// <param name="MaximumStepSeconds">Largest internal step, seconds, or null.</param>
/// <param name="UsesInitialConditions">True (uic) to begin from initial conditions instead of an operating point.</param>
public sealed record TransientAnalysis(
    double StepSeconds, double StopSeconds, double StartSeconds = 0, double? MaximumStepSeconds = null, bool UsesInitialConditions = false) : Analysis;
