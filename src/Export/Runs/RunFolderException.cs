using CircuitSim.Circuit.Errors;

namespace CircuitSim.Export.Runs;

/// <summary>A folder holds something that a run would have to overwrite.</summary>
/// <param name="message">What stands there and what to do.</param>
public sealed class RunFolderException(string message) : CircuitSimException(message);
