using System.Numerics;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Which voltages and currents a result holds: those asked for, or all.</summary>
internal sealed class OutputVectors
{
    private readonly List<(string Name, int Plus, int Minus)> _volts = [];
    private readonly List<(string Name, int Branch)> _amps = [];

    /// <summary>Chooses by the netlist's .save and .print.</summary>
    /// <exception cref="InvalidDesignException">A vector that was asked for does not exist.</exception>
    public static OutputVectors Choose(Netlist netlist, NativeCircuit circuit)
    {
        var outputs = new OutputVectors();
        if (netlist.SavedVectors.Count == 0)
        {
            foreach ((string name, int node) in circuit.Nodes) outputs._volts.Add((name, node, -1));
            foreach ((string name, int branch) in circuit.Branches) outputs._amps.Add((name, branch));
            return outputs;
        }

        var violations = new List<string>();
        foreach (string vector in netlist.SavedVectors)
        {
            string inside = vector.Length > 3 ? vector[2..^1] : "";
            string[] nodes = inside.Split(',');
            if (vector.StartsWith("i(", StringComparison.Ordinal) && circuit.Branches.TryGetValue(inside, out int branch)) outputs._amps.Add((inside, branch));
            else if (vector.StartsWith("v(", StringComparison.Ordinal) && nodes.Length <= 2 && nodes.All(n => n == Netlist.Ground || circuit.Nodes.ContainsKey(n)))
                outputs._volts.Add((inside, Index(nodes[0]), nodes.Length == 2 ? Index(nodes[1]) : -1));
            else violations.Add($"{vector} is asked for by .save, .print or .measure, but the circuit has no such node or source.");
        }

        return violations.Count == 0 ? outputs : throw new InvalidDesignException($"Netlist '{netlist.Title}'", violations);

        int Index(string node) => node == Netlist.Ground ? -1 : circuit.Nodes[node];
    }

    /// <summary>Voltages at a solution, real or complex.</summary>
    public Dictionary<string, T> NodeVolts<T>(T[] x)
        where T : INumberBase<T>
    {
        var result = new Dictionary<string, T>(_volts.Count);
        foreach ((string name, int plus, int minus) in _volts) result[name] = (plus < 0 ? T.Zero : x[plus]) - (minus < 0 ? T.Zero : x[minus]);
        return result;
    }

    /// <summary>Branch currents at a solution, real or complex.</summary>
    public Dictionary<string, T> BranchAmps<T>(T[] x)
    {
        var result = new Dictionary<string, T>(_amps.Count);
        foreach ((string name, int branch) in _amps) result[name] = x[branch];
        return result;
    }
}
