using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Expressions;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Gives nodes and branches their numbers and makes the devices of a flat netlist.</summary>
internal sealed class NativeCircuitBuilder
{
    private readonly Dictionary<string, int> _nodes = [];
    private readonly Dictionary<string, int> _branches = [];
    private readonly List<string> _names = [];
    private readonly List<NativeDevice> _devices = [];
    private readonly List<CircuitEdge> _edges = [];
    private readonly SparsePattern _pattern = new();
    private readonly List<string> _violations = [];

    private NativeCircuitBuilder()
    {
    }

    /// <summary>Builds the equations of a flat netlist.</summary>
    /// <exception cref="InvalidDesignException">An element has an impossible value or reads a source that does not exist.</exception>
    /// <exception cref="EngineException">An element is of a kind that the native engine lacks.</exception>
    public static NativeCircuit Build(string title, List<Element> elements)
    {
        var builder = new NativeCircuitBuilder();
        foreach (Element element in elements)
            foreach (string node in element.Nodes) builder.Node(node);
        int nodeCount = builder._names.Count;
        foreach (Element element in elements)
        {
            if (element is not (VoltageSource or BehaviouralSource { IsVoltage: true })) continue;
            if (!builder._branches.TryAdd(element.Name, builder._names.Count)) builder._violations.Add($"Element {element.Name} is defined twice.");
            builder._names.Add(element.Name);
        }

        foreach (Element element in elements) builder.AddDevice(element);
        if (builder._violations.Count > 0) throw new InvalidDesignException($"Netlist '{title}'", builder._violations);

        int[] diagonal = [.. Enumerable.Range(0, nodeCount).Select(n => builder.Entry(n, n))];
        SparseMatrix matrix = builder._pattern.Build(builder._names.Count, out int[] slots);
        return new NativeCircuit
        {
            Names = [.. builder._names],
            NodeCount = nodeCount,
            Nodes = builder._nodes,
            Branches = builder._branches,
            Devices = [.. builder._devices],
            Edges = builder._edges,
            Matrix = matrix,
            Slots = slots,
            NodeDiagonal = diagonal,
        };
    }

    /// <summary>Asks for an entry of the Jacobian; −1 stands for ground.</summary>
    public int Entry(int row, int column) => _pattern.Add(row, column);

    private int Node(string name)
    {
        if (name == Netlist.Ground) return -1;
        if (_nodes.TryGetValue(name, out int known)) return known;
        int index = _names.Count;
        _nodes.Add(name, index);
        _names.Add(name);
        return index;
    }

    private void AddDevice(Element element)
    {
        switch (element)
        {
            case Resistor r:
                if (!double.IsFinite(r.Ohms) || r.Ohms == 0) Violation(element, "its resistance must be finite and not 0 ohm", r.Ohms);
                Add(new ConductanceDevice(this, Node(r.Plus), Node(r.Minus), 1 / r.Ohms), element, EdgeKind.Conducting);
                break;
            case VoltageSource v:
                if (!double.IsFinite(v.Volts)) Violation(element, "its voltage must be finite", v.Volts);
                Add(new VoltageSourceDevice(this, Node(v.Plus), Node(v.Minus), _branches[v.Name], v.Volts), element, EdgeKind.Voltage);
                break;
            case CurrentSource i:
                if (!double.IsFinite(i.Amps)) Violation(element, "its current must be finite", i.Amps);
                Add(new CurrentSourceDevice(Node(i.Plus), Node(i.Minus), i.Amps), element, EdgeKind.Current);
                break;
            case BehaviouralSource b:
                AddBehavioural(b);
                break;
            case EkvMosfet m:
                _devices.Add(new EkvDevice(this, Node(m.Drain), Node(m.Gate), Node(m.Source), Node(m.Bulk), m.Model));
                _edges.Add(new CircuitEdge(EdgeKind.Conducting, m.Name, m.Drain, m.Source));
                break;
            default:
                throw new EngineException(NativeEngine.EngineName,
                    $"element {element.Name} of type {element.GetType().Name} is not known; solve the netlist with --engine ngspice.");
        }
    }

    private void AddBehavioural(BehaviouralSource b)
    {
        CompiledExpression expression = CompiledExpression.Compile(b.Value);
        var inputs = new (int Plus, int Minus)[expression.Inputs.Count];
        for (int k = 0; k < inputs.Length; k++)
        {
            ExpressionInput input = expression.Inputs[k];
            if (!input.IsCurrent) inputs[k] = (KnownNode(b, input.Plus), input.Minus is null ? -1 : KnownNode(b, input.Minus));
            else if (_branches.TryGetValue(input.Plus, out int branch)) inputs[k] = (branch, -1);
            else _violations.Add($"{b.Name} reads i({input.Plus}), but there is no voltage source of that name.");
        }

        bool readsItself = expression.Inputs.Any(i => !i.IsCurrent && new[] { i.Plus, i.Minus }.Any(n => n is not null && n != Netlist.Ground && b.Nodes.Contains(n)));
        EdgeKind kind = b.IsVoltage ? EdgeKind.Voltage : readsItself ? EdgeKind.Conducting : inputs.Length > 0 ? EdgeKind.Controlled : EdgeKind.Current;
        Add(new BehaviouralDevice(this, expression, inputs, Node(b.Plus), Node(b.Minus), b.IsVoltage ? _branches[b.Name] : -1), b, kind);
    }

    private int KnownNode(BehaviouralSource b, string node)
    {
        if (node == Netlist.Ground) return -1;
        if (_nodes.TryGetValue(node, out int index)) return index;
        _violations.Add($"{b.Name} reads v({node}), but nothing is connected to that node.");
        return -1;
    }

    private void Add(NativeDevice device, Element element, EdgeKind kind)
    {
        _devices.Add(device);
        _edges.Add(new CircuitEdge(kind, element.Name, element.Nodes[0], element.Nodes[1]));
    }

    private void Violation(Element element, string rule, double value)
        => _violations.Add(FormattableString.Invariant($"{element.Name} has the value {value:R}; {rule}."));
}
