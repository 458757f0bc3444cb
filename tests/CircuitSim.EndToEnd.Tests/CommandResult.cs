namespace CircuitSim.EndToEnd.Tests;

/// <summary>What a command left: exit code and both streams.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);
