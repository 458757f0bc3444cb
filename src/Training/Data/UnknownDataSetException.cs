using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Data;

/// <summary>An experiment names a data set that does not exist.</summary>
public sealed class UnknownDataSetException : CircuitSimException
{
    /// <summary>Creates the error.</summary>
    /// <param name="name">The name asked for.</param>
    /// <param name="knownNames">Names that exist.</param>
    public UnknownDataSetException(string name, IReadOnlyList<string> knownNames)
        : base($"There is no data set '{name}'. Known sets are {string.Join(", ", knownNames)}; choose one of them.")
    {
        Name = name;
        KnownNames = knownNames;
    }

    /// <summary>The name asked for.</summary>
    public string Name { get; }

    /// <summary>Names that exist.</summary>
    public IReadOnlyList<string> KnownNames { get; }
}
