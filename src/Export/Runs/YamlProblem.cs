namespace CircuitSim.Export.Runs;

/// <summary>One thing wrong in a YAML file, with its place.</summary>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1.</param>
/// <param name="Problem">What is wrong and what is allowed.</param>
internal readonly record struct YamlProblem(int Line, int Column, string Problem);
