using System.Numerics;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Which voltages and currents a result holds: those asked for, or all.</summary>
internal sealed class OutputVectors
{
    private readonly List<string> _voltNames = [], _ampNames = [];
    private readonly List<(int Plus, int Minus)> _places = [];

    /// <summary>Numbers of one point.</summary>
    public int Count => _places.Count;

    /// <summary>Voltages that a row begins with: a node, or two with a comma.</summary>
    public IReadOnlyList<string> VoltNames => _voltNames;

    /// <summary>Elements whose currents follow.</summary>
    public IReadOnlyList<string> AmpNames => _ampNames;

    /// <summary>Chooses by the netlist's .save and .print.</summary>
    /// <exception cref="InvalidDesignException">A vector that was asked for does not exist.</exception>
    public static OutputVectors Choose(Netlist netlist, NativeCircuit circuit)
    {
        var outputs = new OutputVectors();
        if (netlist.SavedVectors.Count == 0)
        {
            foreach ((string name, int node) in circuit.Nodes) outputs.AddVolts(name, node, -1);
            foreach ((string name, int branch) in circuit.Branches) outputs.AddAmps(name, branch);
            return outputs;
        }

        var violations = new List<string>();
        var amps = new List<(string Name, int Branch)>();
        foreach (string vector in netlist.SavedVectors)
        {
            string inside = vector.Length > 3 ? vector[2..^1] : "";
            string[] nodes = inside.Split(',');
            if (vector.StartsWith("i(", StringComparison.Ordinal) && circuit.Branches.TryGetValue(inside, out int branch)) amps.Add((inside, branch));
            else if (vector.StartsWith("v(", StringComparison.Ordinal) && nodes.Length <= 2 && nodes.All(n => n == Netlist.Ground || circuit.Nodes.ContainsKey(n)))
                outputs.AddVolts(inside, Index(nodes[0]), nodes.Length == 2 ? Index(nodes[1]) : -1);
            else violations.Add($"{vector} is asked for by .save, .print or .measure, but the circuit has no such node or source.");
        }

        foreach ((string name, int branch) in amps) outputs.AddAmps(name, branch);
        return violations.Count == 0 ? outputs : throw new InvalidDesignException($"Netlist '{netlist.Title}'", violations);

        int Index(string node) => node == Netlist.Ground ? -1 : circuit.Nodes[node];
    }

    /// <summary>Voltages, then currents, at a solution, real or complex.</summary>
    /// <exception cref="SingularSystemException">One of them is no finite number.</exception>
    public T[] Row<T>(T[] x)
        where T : INumberBase<T>
    {
        var row = new T[_places.Count];
        for (int i = 0; i < row.Length; i++)
        {
            (int plus, int minus) = _places[i];
            T value = plus < 0 ? T.Zero : x[plus];
            row[i] = minus < 0 ? value : value - x[minus];
            if (!T.IsFinite(row[i])) throw NotFinite(i);
        }

        return row;
    }

    private SingularSystemException NotFinite(int place)
    {
        (string name, string quantity) = place < _voltNames.Count ? (_voltNames[place], "voltage of node") : (_ampNames[place - _voltNames.Count], "current of");
        return new SingularSystemException(
            name, $"The {quantity} '{name}' is beyond what a number can hold; look for a source or an element there whose value is too large or too small.");
    }

    private void AddVolts(string name, int plus, int minus)
    {
        _voltNames.Add(name);
        _places.Add((plus, minus));
    }

    private void AddAmps(string name, int branch)
    {
        _ampNames.Add(name);
        _places.Add((branch, -1));
    }
}
