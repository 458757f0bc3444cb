using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Expressions;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Gives nodes and branches their numbers and makes the devices of a flat netlist.</summary>
internal sealed class NativeCircuitBuilder
{
    // Beyond, a double no longer tells a phase to a millionth of a degree.
    private const double LargestDegrees = 1e9;

    private readonly Dictionary<string, int> _nodes = [];
    private readonly Dictionary<string, int> _branches = [];
    private readonly List<string> _names = [];
    private readonly List<NativeDevice> _devices = [];
    private readonly List<CircuitEdge> _edges = [];
    private readonly SparsePattern _pattern = new();
    private readonly List<string> _violations = [];
    private readonly Dictionary<(string Element, string Terminal), int> _innerNodes = [];
    private readonly Dictionary<string, IndependentSource> _sources = [];
    private readonly List<(int Ticket, double Value)> _constants = [];
    private readonly List<(int Ticket, double Value)> _reactances = [];
    private readonly List<int> _reactiveTickets = [];
    private readonly List<LinearTerm> _terms = [];
    private readonly List<(LinearTerm Term, int Ticket)> _directTerms = [];
    private readonly List<(int Charge, double Initial)> _initials = [];
    private readonly HashSet<int> _biasNodes = [];
    private int _chargeCount;

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
        foreach (Element element in elements) builder.AddInnerNodes(element);
        int nodeCount = builder._names.Count;
        foreach (Element element in elements)
        {
            if (!element.HasBranch) continue;
            if (!builder._branches.TryAdd(element.Name, builder._names.Count)) builder._violations.Add($"Element {element.Name} is defined twice.");
            builder._names.Add(element.Name);
        }

        foreach (Element element in elements) builder.AddDevice(element);
        builder.AddInductorLoops(elements);
        if (builder._violations.Count > 0) throw new InvalidDesignException($"Netlist '{title}'", builder._violations);

        int[] diagonal = [.. Enumerable.Range(0, nodeCount).Select(n => builder.Entry(n, n))];
        SparseMatrix matrix = builder._pattern.Build(builder._names.Count, out int[] slots);
        var direct = new DirectPart(
            [.. builder._directTerms.Select(t => t.Term)], [.. builder._directTerms.Select(t => (slots[t.Ticket], t.Term.Factor))]);
        double[] conductances = Summed(builder._constants), capacitances = Summed(builder._reactances);
        var isReactive = new bool[slots.Length];
        foreach (int ticket in builder._reactiveTickets) isReactive[ticket] = true;
        foreach (int ticket in diagonal) isReactive[ticket] = true;
        var isDirect = new bool[matrix.Values.Length];
        for (int ticket = 0; ticket < slots.Length; ticket++) isDirect[slots[ticket]] |= !isReactive[ticket];
        return new NativeCircuit
        {
            Names = [.. builder._names],
            NodeCount = nodeCount,
            Nodes = builder._nodes,
            Branches = builder._branches,
            Devices = [.. builder._devices],
            Linear = new LinearPart(matrix, conductances, capacitances, [.. builder._terms], direct, builder._initials),
            IsLinear = builder._devices.TrueForAll(d => d.IsLinear),
            IsDirect = isDirect,
            Edges = builder._edges,
            Matrix = matrix,
            Slots = slots,
            NodeDiagonal = diagonal,
            ChargeCount = builder._chargeCount,
            Sources = builder._sources,
            BiasNodes = builder._biasNodes,
        };

        double[] Summed(List<(int Ticket, double Value)> entries)
        {
            var values = new double[matrix.Values.Length];
            foreach ((int ticket, double value) in entries) values[slots[ticket]] += value;
            return values;
        }
    }

    /// <summary>Asks for a charge to integrate.</summary>
    public int Charge() => _chargeCount++;

    /// <summary>Asks for an entry of the Jacobian; −1 stands for ground.</summary>
    public int Entry(int row, int column) => _pattern.Add(row, column);

    /// <summary>Asks for an entry of the Jacobian that derivatives of charges are added to.</summary>
    public int ReactiveEntry(int row, int column)
    {
        int ticket = Entry(row, column);
        _reactiveTickets.Add(ticket);
        return ticket;
    }

    /// <summary>Adds a branch current to its nodes, and the voltage between them to the branch's row.</summary>
    public void AddBranch(int plus, int minus, int branch)
    {
        AddTerm(plus, minus, branch, -1, 1);
        AddTerm(branch, -1, plus, minus, 1);
    }

    /// <summary>A conductance or a gain; see <see cref="LinearTerm"/>.</summary>
    private void AddTerm(int into, int outOf, int plus, int minus, double factor)
    {
        _terms.Add(new LinearTerm(into, outOf, plus, minus, factor, -1));
        AddEntries(_constants, into, outOf, plus, minus, factor, isReactive: false);
    }

    /// <summary>A capacitance or an inductance, with the voltage or current that it starts from.</summary>
    private void AddCharge(int into, int outOf, int plus, int minus, double factor, double? initial)
    {
        int charge = Charge();
        _terms.Add(new LinearTerm(into, outOf, plus, minus, factor, charge));
        if (initial is { } start) _initials.Add((charge, factor * start));
        AddEntries(_reactances, into, outOf, plus, minus, factor, isReactive: true);
    }

    private void AddEntries(List<(int Ticket, double Value)> values, int into, int outOf, int plus, int minus, double factor, bool isReactive)
    {
        Add(into, plus, factor);
        Add(into, minus, -factor);
        Add(outOf, plus, -factor);
        Add(outOf, minus, factor);

        void Add(int row, int column, double value)
        {
            if (row >= 0 && column >= 0) values.Add((isReactive ? ReactiveEntry(row, column) : Entry(row, column), value));
        }
    }

    private void AddConductance(int plus, int minus, double siemens) => AddTerm(plus, minus, plus, minus, siemens);

    private void AddControlledVoltage(int plus, int minus, int branch, int controlPlus, int controlMinus, double gain)
    {
        AddBranch(plus, minus, branch);
        AddTerm(-1, branch, controlPlus, controlMinus, gain);
    }

    private void AddInductance(int plus, int minus, int branch, double henries, double? initialAmps)
    {
        AddBranch(plus, minus, branch);
        AddCharge(-1, branch, branch, -1, henries, initialAmps);
    }

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
        NoteBias(element);
        switch (element)
        {
            case Resistor r:
                if (!double.IsFinite(r.Ohms) || r.Ohms == 0) Violation(element, "its resistance must be finite and not 0 ohm", r.Ohms);
                AddConductance(Node(r.Plus), Node(r.Minus), 1 / r.Ohms);
                AddEdge(element, EdgeKind.Conducting);
                break;
            case VoltageSource v:
                AddBranch(Node(v.Plus), Node(v.Minus), _branches[v.Name]);
                AddSource(v, new VoltageSourceDevice(_branches[v.Name], v.Value), EdgeKind.Voltage);
                break;
            case CurrentSource i:
                AddSource(i, new CurrentSourceDevice(Node(i.Plus), Node(i.Minus), i.Value), EdgeKind.Current);
                break;
            case Capacitor c:
                if (!(c.Farads >= 0) || !double.IsFinite(c.Farads)) Violation(element, "its capacitance must be finite and not negative", c.Farads);
                AddCharge(Node(c.Plus), Node(c.Minus), Node(c.Plus), Node(c.Minus), c.Farads, c.InitialVolts);
                AddEdge(element, EdgeKind.Capacitive);
                break;
            case Inductor l:
                if (!(l.Henries >= 0) || !double.IsFinite(l.Henries)) Violation(element, "its inductance must be finite and not negative", l.Henries);
                AddInductance(Node(l.Plus), Node(l.Minus), _branches[l.Name], l.Henries, l.InitialAmps);
                AddEdge(element, EdgeKind.Inductive);
                break;
            case VoltageControlledVoltageSource e:
                AddControlledVoltage(Node(e.Plus), Node(e.Minus), _branches[e.Name], Node(e.ControlPlus), Node(e.ControlMinus), e.Gain);
                AddEdge(element, EdgeKind.Voltage);
                break;
            case CurrentControlledVoltageSource h:
                AddControlledVoltage(Node(h.Plus), Node(h.Minus), _branches[h.Name], Branch(element, h.Control), -1, h.Gain);
                AddEdge(element, EdgeKind.Voltage);
                break;
            case VoltageControlledCurrentSource g:
                bool readsItself = Array.Exists([g.ControlPlus, g.ControlMinus], n => n != Netlist.Ground && (n == g.Plus || n == g.Minus));
                AddTerm(Node(g.Plus), Node(g.Minus), Node(g.ControlPlus), Node(g.ControlMinus), g.Gain);
                AddEdge(element, readsItself ? EdgeKind.Conducting : EdgeKind.Controlled);
                break;
            case CurrentControlledCurrentSource f:
                AddTerm(Node(f.Plus), Node(f.Minus), Branch(element, f.Control), -1, f.Gain);
                AddEdge(element, EdgeKind.Controlled);
                break;
            case Memristor m:
                Add(new MemristorDevice(this, Node(m.Plus), Node(m.Minus), m.Law), element, EdgeKind.Conducting);
                break;
            case Diode d:
                AddDiode(d);
                break;
            case Mosfet m:
                AddMosfet(m);
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

    /// <summary>Notes the nodes whose voltages decide how elements that are not linear, or follow a voltage, stand.</summary>
    private void NoteBias(Element element)
    {
        switch (element)
        {
            case Memristor or Diode or Mosfet or EkvMosfet or BehaviouralSource:
                foreach (string node in element.Nodes) _biasNodes.Add(Node(node));
                break;
            case VoltageControlledVoltageSource e:
                _biasNodes.UnionWith([Node(e.ControlPlus), Node(e.ControlMinus)]);
                break;
            case VoltageControlledCurrentSource g:
                _biasNodes.UnionWith([Node(g.ControlPlus), Node(g.ControlMinus)]);
                break;
        }
    }

    private void AddInductorLoops(List<Element> elements)
    {
        List<List<(string Inductor, int Sign)>> loops = InductorLoops.Find(_edges);
        if (loops.Count == 0) return;
        var henries = new Dictionary<string, double>();
        foreach (Inductor l in elements.OfType<Inductor>()) henries.TryAdd(l.Name, l.Henries);
        foreach (List<(string Inductor, int Sign)> loop in loops)
        {
            // Any factor will do; this one makes the terms of the size of an ohm.
            double sum = loop.Sum(l => Math.Abs(henries[l.Inductor]));
            int closing = _branches[loop[0].Inductor];
            foreach ((string inductor, int sign) in loop)
            {
                double ohms = sum > 0 ? sign * henries[inductor] / sum : 1;
                _directTerms.Add((new LinearTerm(closing, -1, _branches[inductor], -1, ohms, -1), Entry(closing, _branches[inductor])));
            }
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

    private void AddDiode(Diode d)
    {
        int anode = Inner(d, "a", d.Anode);
        if (d.Model.SeriesOhms > 0) AddConductance(Node(d.Anode), anode, d.Area / d.Model.SeriesOhms);
        Add(new DiodeDevice(this, anode, Node(d.Cathode), new JunctionDiode(d.Model, d.Area)), d, EdgeKind.Conducting);
    }

    private void AddMosfet(Mosfet m)
    {
        int drain = Inner(m, "d", m.Drain), source = Inner(m, "s", m.Source);
        if (m.Model.DrainOhms > 0) AddConductance(Node(m.Drain), drain, 1 / m.Model.DrainOhms);
        if (m.Model.SourceOhms > 0) AddConductance(Node(m.Source), source, 1 / m.Model.SourceOhms);
        _devices.Add(new MosfetDevice(this, drain, Node(m.Gate), source, Node(m.Bulk), m.Model, m.Geometry));
        _edges.Add(new CircuitEdge(EdgeKind.Conducting, m.Name, m.Drain, m.Source));
        _edges.Add(new CircuitEdge(EdgeKind.Conducting, m.Name, m.Bulk, m.Source));
    }

    /// <summary>Nodes inside an element, behind its series resistances.</summary>
    private void AddInnerNodes(Element element)
    {
        if (element is Diode { Model.SeriesOhms: > 0 }) AddInner("a");
        if (element is Mosfet { Model.DrainOhms: > 0 }) AddInner("d");
        if (element is Mosfet { Model.SourceOhms: > 0 }) AddInner("s");

        void AddInner(string terminal)
        {
            if (!_innerNodes.TryAdd((element.Name, terminal), _names.Count)) return;
            _names.Add($"{element.Name}#{terminal}");
        }
    }

    private int Inner(Element element, string terminal, string outer) => _innerNodes.TryGetValue((element.Name, terminal), out int inner) ? inner : Node(outer);

    private void AddSource(Element element, IndependentSource source, EdgeKind kind)
    {
        if (!double.IsFinite(source.Value.AtDc)) Violation(element, "its level must be finite", source.Value.AtDc);
        if (!double.IsFinite(source.Value.AcMagnitude)) Violation(element, "its AC magnitude must be finite", source.Value.AcMagnitude);
        if (!(Math.Abs(source.Value.AcPhaseDegrees) <= LargestDegrees)) Violation(element, "its AC phase must lie within ±1e9 degrees", source.Value.AcPhaseDegrees);
        if (!_sources.TryAdd(element.Name, source)) _violations.Add($"Element {element.Name} is defined twice.");
        Add(source, element, kind);
    }

    private int Branch(Element element, string source)
    {
        if (_branches.TryGetValue(source, out int branch)) return branch;
        _violations.Add($"{element.Name} is controlled by the current of {source}, but there is no voltage source of that name.");
        return -1;
    }

    private int KnownNode(BehaviouralSource b, string node)
    {
        if (node == Netlist.Ground) return -1;
        if (_nodes.TryGetValue(node, out int index))
        {
            _biasNodes.Add(index);
            return index;
        }

        _violations.Add($"{b.Name} reads v({node}), but nothing is connected to that node.");
        return -1;
    }

    private void Add(NativeDevice device, Element element, EdgeKind kind)
    {
        _devices.Add(device);
        AddEdge(element, kind);
    }

    private void AddEdge(Element element, EdgeKind kind) => _edges.Add(new CircuitEdge(kind, element.Name, element.Nodes[0], element.Nodes[1]));

    private void Violation(Element element, string rule, double value)
        => _violations.Add(FormattableString.Invariant($"{element.Name} has the value {value:R}; {rule}."));
}
