using CircuitSim.Circuit.Errors;

namespace CircuitSim.Cli;

/// <summary>The command line asks for something that cannot be done that way.</summary>
internal sealed class UsageException(string message) : CircuitSimException(message);
