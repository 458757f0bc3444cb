using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>The vectors that a run must bring back, by ngspice's names and by ours.</summary>
internal sealed class ExpectedVectors
{
    /// <summary>Lists the vectors of a netlist: those it asks for, or all nodes and branches.</summary>
    public ExpectedVectors(Netlist netlist, List<Element> elements)
    {
        IsAskedFor = netlist.SavedVectors.Count > 0;
        if (IsAskedFor)
        {
            foreach (string vector in netlist.SavedVectors) (vector[0] == 'i' ? Branches : Nodes).Add(vector[2..^1]);
            return;
        }

        Nodes.AddRange(elements.SelectMany(e => e.Nodes).Where(n => n != Netlist.Ground).Distinct());
        Branches.AddRange(elements.Where(e => e.HasBranch).Select(e => e.Name));
    }

    /// <summary>Whether the netlist asks for these vectors; otherwise they are all that our reading of it has.</summary>
    public bool IsAskedFor { get; }

    /// <summary>Nodes, or pairs "a,b" whose voltage difference is asked for.</summary>
    public List<string> Nodes { get; } = [];

    /// <summary>Elements whose current is asked for.</summary>
    public List<string> Branches { get; } = [];

    /// <summary>ngspice's name of an element inside a subcircuit begins with the element's letter: x1.v1 is v.x1.v1.</summary>
    public static string NgspiceElement(string name) => ElementNames.ToNgspice(name);
}
