using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A flat netlist as equations: numbered unknowns, devices and the pattern of the Jacobian.</summary>
internal sealed class NativeCircuit
{
    /// <summary>Names of the unknowns: nodes first, then elements with a branch current.</summary>
    public required string[] Names { get; init; }

    /// <summary>Unknowns that are node voltages.</summary>
    public required int NodeCount { get; init; }

    public required IReadOnlyDictionary<string, int> Nodes { get; init; }

    public required IReadOnlyDictionary<string, int> Branches { get; init; }

    /// <summary>Sources and elements that are not linear.</summary>
    public required NativeDevice[] Devices { get; init; }

    /// <summary>All other elements.</summary>
    public required LinearPart Linear { get; init; }

    public required IReadOnlyList<CircuitEdge> Edges { get; init; }

    public required SparseMatrix Matrix { get; init; }

    /// <summary>Place in the matrix of every entry that a device asked for.</summary>
    public required int[] Slots { get; init; }

    /// <summary>Tickets of the diagonal entries of all nodes, where shunts to ground are added.</summary>
    public required int[] NodeDiagonal { get; init; }

    /// <summary>Charges and fluxes that a transient integrates.</summary>
    public required int ChargeCount { get; init; }

    /// <summary>Independent sources by name.</summary>
    public required IReadOnlyDictionary<string, IndependentSource> Sources { get; init; }

    /// <summary>For each place in the matrix, whether it can be other than zero at DC.</summary>
    public required bool[] IsDirect { get; init; }

    /// <summary>Nodes whose voltages elements that are not linear depend on, or controlled sources follow.</summary>
    public required IReadOnlySet<int> BiasNodes { get; init; }

    /// <summary>Number of unknowns.</summary>
    public int Size => Names.Length;

    /// <summary>True when no derivative depends on the solution.</summary>
    public required bool IsLinear { get; init; }
}
