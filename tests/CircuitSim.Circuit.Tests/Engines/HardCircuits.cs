using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Expressions;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>Circuits of ten families whose operating points are hard to find: high gain, feedback, several states, high voltages; the same for the same seed.</summary>
/// <remarks>Ten seeds in a row give one of each family, and hold every kind of element: what a family lacks is attached to it.</remarks>
internal sealed class HardCircuits : CircuitDrawing
{
    private readonly List<SubcircuitDefinition> _subcircuits = [];

    private HardCircuits(int seed)
        : base(seed)
    {
    }

    /// <summary>Draws a circuit.</summary>
    public static RandomCircuit Draw(int seed)
    {
        var drawing = new HardCircuits(seed);
        (string kind, bool isUnique, string output) = (seed % 10) switch
        {
            0 => drawing.Clamps(),
            1 => drawing.Comparators(),
            2 => drawing.Ring(),
            3 => drawing.Threshold(),
            4 => drawing.Amplifier(),
            5 => drawing.Array(),
            6 => drawing.Controlled(),
            7 => drawing.Exponentials(),
            8 => drawing.Soup(),
            _ => drawing.Cells(),
        };
        // Two or three of twelve attachments, so that four circuits in a row have them all.
        for (int i = 0; i < 3; i++) drawing.Attach((3 * seed + i) % 12, output);
        var netlist = new Netlist
        {
            Title = $"{kind} {seed}",
            Elements = drawing.Elements,
            Subcircuits = drawing._subcircuits,
            Analyses = [new OperatingPointAnalysis()],
        };
        return new RandomCircuit(kind, isUnique, netlist);
    }

    /// <summary>Rectifiers, clamps and voltage multipliers at tens to hundreds of volts with little resistance.</summary>
    private (string Kind, bool IsUnique, string Output) Clamps()
    {
        int nodes = 4 + Draws.Next(16);
        for (int i = 1; i <= nodes; i++) Resistor(Net(i), Net(Draws.Next(i)), 0.1, 1e8);
        for (int i = 0; i < nodes; i++) Diode(Net(Draws.Next(nodes + 1)), Net(Draws.Next(nodes + 1)));
        for (int i = 0; i < 2 + nodes / 6; i++)
        {
            string source = Source(Sign() * Log(1, 1000)), at = Net(1 + Draws.Next(nodes));
            if (Draws.Next(2) == 0) Resistor(source, at, 1e-2, 1e3);
            else Diode(source, at);
            if (Draws.Next(3) == 0) Elements.Add(new Inductor(Next("l"), at, Net(Draws.Next(nodes + 1)) is var to && to != at ? to : source, Log(1e-9, 1e-3), null));
            else Elements.Add(new Capacitor(Next("c"), at, Netlist.Ground, Log(1e-12, 1e-6), null));
            Elements.Add(new CurrentSource(Next("i"), Netlist.Ground, at, Sign() * Log(1e-9, 1)));
        }

        return ("clamps", true, Net(1));
    }

    /// <summary>Limiting amplifiers of gain 100 to a million one after the other, some with feedback to their own input of either sign.</summary>
    private (string Kind, bool IsUnique, string Output) Comparators()
    {
        double supply = Log(1, 15);
        string input = Source(supply * (2 * Draws.NextDouble() - 1));
        bool isUnique = true;
        for (int i = 0; i < 1 + Draws.Next(5); i++)
        {
            string plus = Next("n"), minus = Next("n"), output = Next("n");
            double gain = Log(100, 1e6);
            bool isPositive = Draws.Next(2) == 0, isOpen = Draws.Next(3) == 0;
            Resistor(input, isPositive ? plus : minus, 1e2, 1e5);
            Resistor(isPositive ? plus : minus, Netlist.Ground, 1e4, 1e7);
            Resistor(isPositive ? minus : plus, Draws.Next(2) == 0 ? Netlist.Ground : Source(supply * (Draws.NextDouble() - 0.5)), 1e2, 1e5);
            if (!isOpen) Resistor(output, Draws.Next(3) == 0 ? minus : plus, 1e3, 1e6);
            isUnique &= isOpen;
            string inner = Draws.Next(2) == 0 ? Next("n") : output;
            Behavioural(inner, Netlist.Ground, true, $"{Text(supply)}*tanh({Text(gain)}*(v({plus})-v({minus})))");
            if (inner != output) Resistor(inner, output, 1, 1e4);
            if (Draws.Next(3) == 0) Diode(output, Netlist.Ground);
            input = output;
        }

        return ("comparators", isUnique, input);
    }

    /// <summary>A ring of level 1 gates, of an odd number with its unstable state only or of an even number with two more.</summary>
    private (string Kind, bool IsUnique, string Output) Ring()
    {
        double supply = Rails();
        (MosfetModel n, MosfetModel p) = Models(supply);
        int stages = 2 + Draws.Next(10);
        string[] ring = [.. Enumerable.Range(0, stages).Select(_ => Next("n"))];
        for (int i = 0; i < stages; i++)
        {
            Inverter(ring[i], ring[(i + 1) % stages], n, p);
            if (Draws.Next(3) == 0) Resistor(ring[i], Draws.Next(2) == 0 ? "vdd" : Netlist.Ground, 1e4, 1e8);
            if (Draws.Next(3) == 0) Resistor(ring[i], ring[Draws.Next(stages)], 1e3, 1e7);
            if (Draws.Next(3) == 0) Gate(1 + Draws.Next(2), ring[i], ring[Draws.Next(stages)], n, p);
        }

        return ("ring", false, ring[0]);
    }

    /// <summary>Symmetrical inverters in a chain whose input is at or near their common threshold.</summary>
    private (string Kind, bool IsUnique, string Output) Threshold()
    {
        bool isEkv = Draws.Next(3) == 0;
        double supply = isEkv ? 0 : Rails(), threshold = 0.2 * supply, lambda = Log(0.005, 0.2), off = Draws.Next(2) == 0 ? 0 : Sign() * Log(1e-9, 1e-2);
        string input = Source((isEkv ? 0 : supply / 2) + off);
        if (isEkv) EkvRails();
        (MosfetModel n, MosfetModel p) = (Model("mn", false), Model("mp", true));
        int stages = 3 + Draws.Next(13);
        for (int i = 0; i < stages; i++)
        {
            string output = Next("n");
            if (isEkv)
            {
                Elements.Add(new EkvMosfet(Next("b"), output, input, "vn", "vn", InverterModel.EkvSym.NChannel));
                Elements.Add(new EkvMosfet(Next("b"), output, input, "vp", "vp", InverterModel.EkvSym.PChannel));
            }
            else
            {
                Elements.Add(new Mosfet(Next("m"), output, input, Netlist.Ground, Netlist.Ground, n, new MosfetGeometry { LengthMetres = 1e-6, WidthMetres = 2e-6 }));
                Elements.Add(new Mosfet(Next("m"), output, input, "vdd", "vdd", p, new MosfetGeometry { LengthMetres = 1e-6, WidthMetres = 5e-6 }));
            }

            if (Draws.Next(6) == 0) Resistor(output, input, 1e5, 1e8);
            input = output;
        }

        return ("threshold", false, input);

        MosfetModel Model(string name, bool isPChannel) => new()
        {
            Name = name,
            IsPChannel = isPChannel,
            ThresholdVolts = isPChannel ? -threshold : threshold,
            TransconductanceAmpsPerSquareVolt = isPChannel ? 80e-6 : 200e-6,
            ChannelModulationPerVolt = lambda,
        };
    }

    /// <summary>A bias loop that has a dead state, mirrors, and differential pairs with a second stage in feedback.</summary>
    private (string Kind, bool IsUnique, string Output) Amplifier()
    {
        double supply = Rails();
        (MosfetModel n, MosfetModel p) = Models(supply);
        string high = Next("n"), low = Next("n"), foot = Next("n"), last = "";
        Transistor(high, high, "vdd", "vdd", p);
        Transistor(low, high, "vdd", "vdd", p);
        Transistor(low, low, Netlist.Ground, Netlist.Ground, n);
        Transistor(high, low, foot, Netlist.Ground, n);
        Resistor(foot, Netlist.Ground, 1e2, 1e5);
        Resistor("vdd", low, 1e5, 1e9);
        for (int i = 0; i < 1 + Draws.Next(3); i++)
        {
            string tail = Next("n"), left = Next("n"), right = Next("n"), output = Next("n"), inverting = Next("n");
            string input = last.Length == 0 ? Source(supply * Draws.NextDouble()) : last;
            Transistor(tail, low, Netlist.Ground, Netlist.Ground, n);
            Transistor(left, inverting, tail, Netlist.Ground, n);
            Transistor(right, input, tail, Netlist.Ground, n);
            Transistor(left, left, "vdd", "vdd", p);
            Transistor(right, left, "vdd", "vdd", p);
            Transistor(output, right, "vdd", "vdd", p);
            Transistor(output, low, Netlist.Ground, Netlist.Ground, n);
            Resistor(output, inverting, 1e2, 1e6);
            Resistor(inverting, Netlist.Ground, 1e3, 1e8);
            Elements.Add(new Capacitor(Next("c"), output, right, 1e-12, null));
            last = output;
        }

        return ("amplifier", false, last);
    }

    /// <summary>A crossbar of nonlinear memristors with wires, and a diode as selector at some of its devices.</summary>
    private (string Kind, bool IsUnique, string Output) Array()
    {
        int words = 2 + Draws.Next(6), bits = 2 + Draws.Next(6);
        double wire = Log(0.1, 100), most = Log(0.2, 5);
        for (int i = 0; i < words; i++)
        {
            Resistor(Source(most * (2 * Draws.NextDouble() - 1)), Word(i, 0), 1, 1e3);
            for (int j = 0; j < bits; j++)
            {
                if (j > 0) Elements.Add(new Resistor(Next("r"), Word(i, j - 1), Word(i, j), wire));
                if (i > 0) Elements.Add(new Resistor(Next("r"), Bit(i - 1, j), Bit(i, j), wire));
                string to = Bit(i, j);
                if (Draws.Next(3) == 0)
                {
                    to = Next("n");
                    Diode(to, Bit(i, j));
                    Resistor(to, Bit(i, j), 1e5, 1e9);
                }

                Memristor(Word(i, j), to);
            }
        }

        for (int j = 0; j < bits; j++) Resistor(Bit(words - 1, j), Netlist.Ground, 1, 1e6);
        return ("array", true, Bit(words - 1, 0));

        static string Word(int i, int j) => FormattableString.Invariant($"w{i}_{j}");
        static string Bit(int i, int j) => FormattableString.Invariant($"x{i}_{j}");
    }

    /// <summary>Operational amplifiers as controlled sources of high gain, with diodes, transistors and memristors in their feedback.</summary>
    private (string Kind, bool IsUnique, string Output) Controlled()
    {
        string input = Source(Sign() * Log(1e-3, 10));
        for (int i = 0; i < 1 + Draws.Next(4); i++)
        {
            string minus = Next("n"), output = Next("n");
            Resistor(input, minus, 1e2, 1e6);
            Elements.Add(new VoltageControlledVoltageSource(Next("e"), output, Netlist.Ground, Netlist.Ground, minus, Log(1e3, 1e7)));
            Resistor(output, minus, 1e4, 1e8);
            switch (Draws.Next(4))
            {
                case 0:
                    Diode(output, minus);
                    Diode(minus, output);
                    break;
                case 1:
                    Memristor(output, minus);
                    break;
                case 2:
                    Diode(minus, output);
                    break;
                default:
                    Behavioural(minus, output, false, $"{Text(Log(1e-6, 1e-2))}*v({minus},{output})*v({minus},{output})*v({minus},{output})");
                    break;
            }

            input = output;
            if (Draws.Next(2) == 0) continue;
            string sensed = Next("n"), mirrored = Next("n"), sense = Next("v");
            Resistor(output, sensed, 1e2, 1e5);
            Elements.Add(new VoltageSource(sense, sensed, Netlist.Ground, 0));
            Elements.Add(Draws.Next(2) == 0
                ? new CurrentControlledCurrentSource(Next("f"), mirrored, Netlist.Ground, sense, Sign() * Log(0.1, 100))
                : new CurrentControlledVoltageSource(Next("h"), mirrored, Netlist.Ground, sense, Sign() * Log(1, 1e5)));
            Resistor(mirrored, Netlist.Ground, 1e2, 1e5);
            Diode(mirrored, Netlist.Ground);
            input = mirrored;
        }

        return ("controlled", false, input);
    }

    /// <summary>Chains of diodes and of exponential sources written out, and elements whose current falls over a part of their range.</summary>
    private (string Kind, bool IsUnique, string Output) Exponentials()
    {
        string last = Source(Sign() * Log(0.5, 200));
        bool isUnique = true;
        for (int i = 0; i < 2 + Draws.Next(8); i++)
        {
            string next = Next("n");
            switch (Draws.Next(4))
            {
                case 0:
                    Resistor(last, next, 1, 1e5);
                    Behavioural(next, Netlist.Ground, false, $"{Text(Log(1e-15, 1e-9))}*(exp(v({next})/{Text(Log(0.02, 0.1))})-1)");
                    break;
                case 1:
                    Diode(last, next);
                    break;
                case 2:
                    Resistor(last, next, 10, 1e4);
                    double peak = Log(1e-4, 1e-2), at = Log(0.05, 0.3);
                    Behavioural(next, Netlist.Ground, false, $"{Text(peak)}*(v({next})/{Text(at)})*exp(1-abs(v({next}))/{Text(at)})+1e-12*(exp(min(v({next}),5)/0.03)-1)");
                    isUnique = false;
                    break;
                default:
                    Resistor(last, next, 1, 1e6);
                    Memristor(next, Netlist.Ground);
                    break;
            }

            Resistor(next, Netlist.Ground, 1e2, 1e9);
            last = next;
        }

        return ("exponentials", isUnique, last);
    }

    /// <summary>Transistors, diodes and sources between nodes drawn at random over a tree of resistors.</summary>
    private (string Kind, bool IsUnique, string Output) Soup()
    {
        int nodes = 4 + Draws.Next(20);
        double supply = Log(1, 50);
        (MosfetModel n, MosfetModel p) = Models(Math.Min(supply, 5));
        EkvRails();
        for (int i = 1; i <= nodes; i++) Resistor(Net(i), Net(Draws.Next(i)), 1e2, 1e8);
        for (int i = 0; i < nodes; i++)
        {
            switch (Draws.Next(6))
            {
                case 0 or 1 or 2:
                    bool isP = Draws.Next(2) == 0;
                    string drain = Any(), source = Any();
                    if (drain != source) Transistor(drain, Any(), source, Draws.Next(2) == 0 ? source : Netlist.Ground, isP ? p : n);
                    break;
                case 3:
                    Diode(Any(), Any());
                    break;
                case 4:
                    string plus = Any(), minus = Any(), control = Net(1 + Draws.Next(nodes));
                    if (plus != minus) Behavioural(plus, minus, false, $"{Text(Log(1e-6, 1e-3))}*tanh({Text(Log(1, 1e4))}*v({control}))");
                    break;
                default:
                    Ekv(Net(1 + Draws.Next(nodes)));
                    break;
            }
        }

        for (int i = 0; i < 2 + nodes / 8; i++) Resistor(Source(Sign() * supply * Draws.NextDouble()), Net(1 + Draws.Next(nodes)), 1, 1e4);
        return ("soup", false, Net(1));

        string Any() => Net(Draws.Next(nodes + 1));
    }

    /// <summary>Memory cells with pass transistors and Schmitt triggers, as subcircuits, on common lines.</summary>
    private (string Kind, bool IsUnique, string Output) Cells()
    {
        double supply = Rails();
        (MosfetModel n, MosfetModel p) = Models(supply);
        int first = Elements.Count;
        Inverter("q", "s", n, p);
        Inverter("s", "q", n, p);
        Transistor("x", "w", "q", Netlist.Ground, n);
        Transistor("y", "w", "s", Netlist.Ground, n);
        Define("cell", ["x", "y", "w", "vdd"], first);
        first = Elements.Count;
        Transistor("u", "a", Netlist.Ground, Netlist.Ground, n);
        Transistor("y", "a", "u", Netlist.Ground, n);
        Transistor("o", "a", "vdd", "vdd", p);
        Transistor("y", "a", "o", "vdd", p);
        Transistor("vdd", "y", "u", Netlist.Ground, n);
        Transistor(Netlist.Ground, "y", "o", "vdd", p);
        Define("schmitt", ["a", "y", "vdd"], first);
        string left = Next("n"), right = Next("n"), select = Source(supply * Draws.Next(2));
        Resistor("vdd", left, 1e3, 1e5);
        Resistor("vdd", right, 1e3, 1e5);
        for (int i = 0; i < 1 + Draws.Next(6); i++) Elements.Add(new SubcircuitCall(Next("x"), [left, right, Draws.Next(2) == 0 ? select : Netlist.Ground, "vdd"], "cell"));
        string input = Draws.Next(2) == 0 ? left : Source(supply * Draws.NextDouble());
        for (int i = 0; i < 1 + Draws.Next(4); i++)
        {
            string output = Next("n");
            Elements.Add(new SubcircuitCall(Next("x"), [input, output, "vdd"], "schmitt"));
            input = output;
        }

        return ("cells", false, input);
    }

    private void Define(string name, IReadOnlyList<string> ports, int first)
    {
        _subcircuits.Add(new SubcircuitDefinition(name, ports, Elements[first..]));
        Elements.RemoveRange(first, Elements.Count - first);
    }

    /// <summary>A load of one kind, so that every kind of element stands beside every other.</summary>
    private void Attach(int kind, string at)
    {
        string node = Next("n");
        Resistor(at, node, 1e4, 1e7);
        Resistor(node, Netlist.Ground, 1e4, 1e7);
        switch (kind)
        {
            case 0:
                Elements.Add(new Capacitor(Next("c"), node, Netlist.Ground, 1e-12, null));
                break;
            case 1:
                Elements.Add(new Inductor(Next("l"), node, Netlist.Ground, 1e-6, null));
                break;
            case 2:
                Elements.Add(new CurrentSource(Next("i"), node, Netlist.Ground, Sign() * Log(1e-9, 1e-5)));
                break;
            case 3:
                Loaded(after => new VoltageControlledVoltageSource(Next("e"), after, Netlist.Ground, node, Netlist.Ground, Log(0.1, 10)));
                break;
            case 4:
                Loaded(after => new VoltageControlledCurrentSource(Next("g"), after, Netlist.Ground, node, Netlist.Ground, Log(1e-6, 1e-3)));
                break;
            case 5 or 6:
                string sense = Next("v");
                Elements.Add(new VoltageSource(sense, node, Netlist.Ground, 0.1));
                Loaded(after => kind == 5
                    ? new CurrentControlledCurrentSource(Next("f"), after, Netlist.Ground, sense, Log(0.1, 10))
                    : new CurrentControlledVoltageSource(Next("h"), after, Netlist.Ground, sense, Log(1, 1e4)));
                break;
            case 7:
                Behavioural(node, Netlist.Ground, false, $"1e-5*tanh(10*v({node}))");
                break;
            case 8:
                Diode(node, Netlist.Ground);
                break;
            case 9:
                (MosfetModel n, _) = Models(2);
                Transistor(node, at, Netlist.Ground, Netlist.Ground, n with { Name = Next("mx") });
                break;
            case 10:
                Elements.Add(new EkvMosfet(Next("b"), node, at, Netlist.Ground, Netlist.Ground, InverterModel.EkvPhax90.NChannel));
                break;
            default:
                Memristor(node, Netlist.Ground);
                string name = Next("load");
                _subcircuits.Add(new SubcircuitDefinition(name, ["a"], [new Resistor("r1", "a", "m", 1e5), new Resistor("r2", "m", Netlist.Ground, 1e5)]));
                Elements.Add(new SubcircuitCall(Next("x"), [node], name));
                break;
        }

        void Loaded(Func<string, Element> source)
        {
            string after = Next("n");
            Elements.Add(source(after));
            Resistor(after, Netlist.Ground, 1e2, 1e5);
        }
    }

    private void Memristor(string from, string to)
    {
        MemristorLaw law = Draws.Next(3) switch
        {
            0 => new SinhMemristorLaw(Log(1e-7, 1e-4), Log(0.5, 5)),
            1 => new PolynomialMemristorLaw(Log(1e-6, 1e-3), 0, Log(1e-7, 1e-4)),
            _ => new PooleFrenkelMemristorLaw(Log(1e-8, 1e-5), Log(0.05, 1)),
        };
        Elements.Add(new Memristor(Next("b"), from, to, law));
    }

    private void Behavioural(string plus, string minus, bool isVoltage, string expression)
        => Elements.Add(new BehaviouralSource(Next("b"), plus, minus, isVoltage, Expression.Parse(expression)));

    private static string Text(double value) => SpiceNumber.Format(value);
}
