namespace CircuitSim.Export.Runs;

/// <summary>How far a stage is.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Fraction">Share done, from 0 to 1.</param>
/// <param name="Message">What is being done, with its figures, for people.</param>
public readonly record struct RunProgress(RunStage Stage, double Fraction, string Message);
