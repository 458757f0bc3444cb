namespace CircuitSim.Circuit.Errors;

/// <summary>A linear system of circuit equations has no unique solution at working precision.</summary>
public sealed class SingularSystemException : CircuitSimException
{
    /// <summary>Creates the error for the unknown at which elimination found no usable pivot.</summary>
    /// <param name="unknown">Name of the node or branch.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    public SingularSystemException(string unknown, string problem)
        : base(problem) => Unknown = unknown;

    /// <summary>Name of the node or branch at which elimination stopped.</summary>
    public string Unknown { get; }
}
