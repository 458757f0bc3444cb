using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>A circuit drawn at random, and what is known of its solutions.</summary>
/// <param name="Kind">What it is made of.</param>
/// <param name="IsUnique">True when it has one solution only: no feedback, and every stage monotone.</param>
/// <param name="Netlist">The circuit with an operating point asked for.</param>
internal sealed record RandomCircuit(string Kind, bool IsUnique, Netlist Netlist);

/// <summary>Nonlinear circuits of five kinds, the same for the same seed.</summary>
internal sealed class RandomCircuits
{
    private readonly Random _random;
    private readonly List<Element> _elements = [];
    private readonly Dictionary<string, double> _guesses = [];
    private int _count;

    private RandomCircuits(int seed) => _random = new Random(seed);

    /// <summary>Draws a circuit; five seeds in a row give one of each kind.</summary>
    public static RandomCircuit Draw(int seed)
    {
        var drawing = new RandomCircuits(seed);
        (string kind, bool isUnique) = (seed % 5) switch
        {
            0 => drawing.Diodes(),
            1 => drawing.Gates(),
            2 => drawing.EkvChain(),
            3 => drawing.Latch(),
            _ => drawing.Mixture(),
        };
        var netlist = new Netlist
        {
            Title = $"{kind} {seed}",
            Elements = drawing._elements,
            GuessedVolts = drawing._guesses,
            Analyses = [new OperatingPointAnalysis()],
        };
        return new RandomCircuit(kind, isUnique, netlist);
    }

    /// <summary>A tree of resistors to ground with more resistors, diodes and sources across it: monotone, so one solution.</summary>
    private (string Kind, bool IsUnique) Diodes()
    {
        int nodes = 3 + _random.Next(23);
        for (int i = 1; i <= nodes; i++) Resistor(Net(i), Net(_random.Next(i)), 10, 1e6);
        for (int i = 0; i < nodes / 2; i++) Resistor(Net(_random.Next(nodes + 1)), Net(_random.Next(nodes + 1)), 10, 1e6);
        for (int i = 0; i < nodes; i++) Diode(Net(_random.Next(nodes + 1)), Net(_random.Next(nodes + 1)));
        for (int i = 0; i < 1 + nodes / 8; i++)
        {
            string source = Next("s");
            _elements.Add(new VoltageSource(Next("v"), source, Netlist.Ground, Sign() * Log(0.1, 100)));
            if (_random.Next(2) == 0) Resistor(source, Net(1 + _random.Next(nodes)), 1, 1e4);
            else Diode(source, Net(1 + _random.Next(nodes)));
            _elements.Add(new CurrentSource(Next("i"), Netlist.Ground, Net(1 + _random.Next(nodes)), Sign() * Log(1e-6, 1e-2)));
        }

        return ("diodes", true);
    }

    /// <summary>Level 1 inverters, NAND and NOR gates whose inputs are outputs of earlier gates or sources at any level.</summary>
    private (string Kind, bool IsUnique) Gates()
    {
        double supply = Rails();
        var drives = new List<string>();
        for (int i = 0; i < 2 + _random.Next(3); i++) drives.Add(Source(_random.Next(3) == 0 ? supply * _random.NextDouble() : _random.Next(2) * supply));
        (MosfetModel n, MosfetModel p) = Models(supply);
        int gates = 1 + _random.Next(30);
        bool isChain = _random.Next(2) == 0;
        for (int i = 0; i < gates; i++)
        {
            string a = isChain ? drives[^1] : drives[_random.Next(drives.Count)], b = drives[_random.Next(drives.Count)];
            drives.Add(Gate(_random.Next(3), a, b, n, p));
            if (_random.Next(3) == 0) Resistor(drives[^1], _random.Next(2) == 0 ? "vdd" : Netlist.Ground, 1e3, 1e7);
        }

        return ("gates", true);
    }

    private (string Kind, bool IsUnique) EkvChain()
    {
        EkvRails();
        string input = Source(0.25 * (2 * _random.NextDouble() - 1) * (_random.Next(2) == 0 ? 0.05 : 1));
        int stages = 1 + _random.Next(40);
        for (int i = 0; i < stages; i++)
        {
            input = Ekv(input);
            if (_random.Next(2) == 0) Resistor(input, _random.Next(3) switch { 0 => "vp", 1 => "vn", _ => Netlist.Ground }, 2e4, 1e8);
        }

        return ("ekv chain", true);
    }

    /// <summary>A ring of an even number of inverters, one node of which a nodeset puts to one side.</summary>
    private (string Kind, bool IsUnique) Latch()
    {
        bool isEkv = _random.Next(2) == 0;
        double high = 0.25, low = -0.25;
        MosfetModel? n = null, p = null;
        if (isEkv) EkvRails();
        else
        {
            (high, low) = (Rails(), 0);
            (n, p) = Models(high);
        }

        int stages = 2 * (1 + _random.Next(4));
        string[] ring = [.. Enumerable.Range(0, stages).Select(i => Net(i + 1))];
        int first = _random.Next(2);
        for (int i = 0; i < stages; i++)
        {
            string next = ring[(i + 1) % stages];
            if (isEkv) Ekv(ring[i], next);
            else Inverter(ring[i], next, n!, p!);
            if (_random.Next(2) == 0) Resistor(next, Netlist.Ground, isEkv ? 1e6 : 1e5, 1e8);
            if (i < 2 || _random.Next(2) == 0) _guesses[ring[i]] = i % 2 == first ? high : low;
        }

        return ("latch", false);
    }

    /// <summary>Gates, EKV inverters, diodes and resistors in one chain, with resistors across it that may feed back.</summary>
    private (string Kind, bool IsUnique) Mixture()
    {
        double supply = Rails();
        EkvRails();
        (MosfetModel n, MosfetModel p) = Models(supply);
        List<string> nodes = [Source(supply * _random.NextDouble())];
        int blocks = 3 + _random.Next(25);
        for (int i = 0; i < blocks; i++)
        {
            string last = nodes[^1];
            switch (_random.Next(4))
            {
                case 0:
                    string after = Next("n");
                    Resistor(last, after, 1e3, 1e6);
                    Diode(after, Netlist.Ground);
                    Resistor(after, Netlist.Ground, 1e3, 1e7);
                    nodes.Add(after);
                    break;
                case 1:
                    nodes.Add(Ekv(last));
                    break;
                default:
                    nodes.Add(Gate(_random.Next(3), last, nodes[_random.Next(nodes.Count)], n, p));
                    break;
            }
        }

        // A block that loads the one before is still a monotone stage; a resistor back to an earlier one may close a loop of any gain.
        int feedbacks = _random.Next(3);
        for (int i = 0; i < feedbacks; i++) Resistor(nodes[_random.Next(nodes.Count)], nodes[_random.Next(nodes.Count)], 1e2, 1e7);
        return ("mixture", feedbacks == 0);
    }

    private double Rails()
    {
        double supply = 1 + 4 * _random.NextDouble();
        _elements.Add(new VoltageSource("vdd", "vdd", Netlist.Ground, supply));
        return supply;
    }

    private void EkvRails()
    {
        _elements.Add(new VoltageSource("vvp", "vp", Netlist.Ground, 0.25));
        _elements.Add(new VoltageSource("vvn", "vn", Netlist.Ground, -0.25));
    }

    private (MosfetModel N, MosfetModel P) Models(double supply)
    {
        return (Model("mn", false), Model("mp", true));

        MosfetModel Model(string name, bool isPChannel) => new()
        {
            Name = name,
            IsPChannel = isPChannel,
            ThresholdVolts = (isPChannel ? -1 : 1) * Math.Min(1, supply * (0.15 + 0.3 * _random.NextDouble())),
            TransconductanceAmpsPerSquareVolt = Log(1e-5, 5e-4),
            BodyFactorRootVolts = _random.Next(2) * 0.6 * _random.NextDouble(),
            SurfacePotentialVolts = 0.5 + 0.3 * _random.NextDouble(),
            ChannelModulationPerVolt = Log(0.005, 0.2),
            DrainOhms = _random.Next(3) == 0 ? Log(1, 500) : 0,
            SourceOhms = _random.Next(3) == 0 ? Log(1, 500) : 0,
        };
    }

    private string Gate(int kind, string a, string b, MosfetModel n, MosfetModel p)
    {
        string output = Next("n");
        if (kind == 0)
        {
            Inverter(a, output, n, p);
            return output;
        }

        string inner = Next("k");
        (MosfetModel series, string seriesRail, MosfetModel parallel, string parallelRail) = kind == 1 ? (n, Netlist.Ground, p, "vdd") : (p, "vdd", n, Netlist.Ground);
        Transistor(output, a, inner, seriesRail, series);
        Transistor(inner, b, seriesRail, seriesRail, series);
        Transistor(output, a, parallelRail, parallelRail, parallel);
        Transistor(output, b, parallelRail, parallelRail, parallel);
        return output;
    }

    private void Inverter(string input, string output, MosfetModel n, MosfetModel p)
    {
        Transistor(output, input, Netlist.Ground, Netlist.Ground, n);
        Transistor(output, input, "vdd", "vdd", p);
    }

    private void Transistor(string drain, string gate, string source, string bulk, MosfetModel model)
    {
        double length = Log(0.5e-6, 5e-6);
        _elements.Add(new Mosfet(Next("m"), drain, gate, source, bulk, model, new MosfetGeometry { LengthMetres = length, WidthMetres = length * Log(1, 40) }));
    }

    private string Ekv(string input, string? output = null)
    {
        EkvInverter model = _random.Next(2) == 0 ? InverterModel.EkvSym : InverterModel.EkvPhax90;
        output ??= Next("n");
        _elements.Add(new EkvMosfet(Next("b"), output, input, "vn", "vn", Varied(model.NChannel)));
        _elements.Add(new EkvMosfet(Next("b"), output, input, "vp", "vp", Varied(model.PChannel)));
        return output;

        EkvParameters Varied(EkvParameters p) => p with
        {
            ThresholdVolts = Math.Round(p.ThresholdVolts * (0.9 + 0.2 * _random.NextDouble()), 6),
            SpecificCurrentAmps = p.SpecificCurrentAmps * Log(0.5, 2),
        };
    }

    private string Source(double volts)
    {
        string node = Next("in");
        _elements.Add(new VoltageSource(Next("v"), node, Netlist.Ground, volts));
        return node;
    }

    private void Resistor(string from, string to, double least, double most)
    {
        if (from != to) _elements.Add(new Resistor(Next("r"), from, to, Log(least, most)));
    }

    private void Diode(string from, string to)
    {
        if (from == to) return;
        string name = Next("d");
        var model = new DiodeModel
        {
            Name = "m" + name,
            SaturationAmps = Log(1e-16, 1e-9),
            EmissionCoefficient = 1 + _random.NextDouble(),
            SeriesOhms = _random.Next(2) == 0 ? Log(0.1, 100) : 0,
            BreakdownVolts = _random.Next(4) == 0 ? Log(3, 50) : null,
        };
        _elements.Add(new Diode(name, from, to, model, Math.Round(Log(0.5, 5), 3)));
    }

    private int Sign() => _random.Next(2) == 0 ? -1 : 1;

    private double Log(double least, double most) => least * Math.Pow(most / least, _random.NextDouble());

    private string Next(string letter) => FormattableString.Invariant($"{letter}{++_count}");

    private static string Net(int index) => index == 0 ? Netlist.Ground : FormattableString.Invariant($"n0_{index}");
}
