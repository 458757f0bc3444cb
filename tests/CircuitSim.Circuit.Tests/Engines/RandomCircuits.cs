using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>A circuit drawn at random, and what is known of its solutions.</summary>
/// <param name="Kind">What it is made of.</param>
/// <param name="IsUnique">True when it has one solution only: no feedback, and every stage monotone.</param>
/// <param name="Netlist">The circuit with an operating point asked for.</param>
internal sealed record RandomCircuit(string Kind, bool IsUnique, Netlist Netlist);

/// <summary>Nonlinear circuits of five kinds, the same for the same seed.</summary>
internal sealed class RandomCircuits : CircuitDrawing
{
    private readonly Dictionary<string, double> _guesses = [];

    private RandomCircuits(int seed)
        : base(seed)
    {
    }

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
            Elements = drawing.Elements,
            GuessedVolts = drawing._guesses,
            Analyses = [new OperatingPointAnalysis()],
        };
        return new RandomCircuit(kind, isUnique, netlist);
    }

    /// <summary>A tree of resistors to ground with more resistors, diodes and sources across it: monotone, so one solution.</summary>
    private (string Kind, bool IsUnique) Diodes()
    {
        int nodes = 3 + Draws.Next(23);
        for (int i = 1; i <= nodes; i++) Resistor(Net(i), Net(Draws.Next(i)), 10, 1e6);
        for (int i = 0; i < nodes / 2; i++) Resistor(Net(Draws.Next(nodes + 1)), Net(Draws.Next(nodes + 1)), 10, 1e6);
        for (int i = 0; i < nodes; i++) Diode(Net(Draws.Next(nodes + 1)), Net(Draws.Next(nodes + 1)));
        for (int i = 0; i < 1 + nodes / 8; i++)
        {
            string source = Next("s");
            Elements.Add(new VoltageSource(Next("v"), source, Netlist.Ground, Sign() * Log(0.1, 100)));
            if (Draws.Next(2) == 0) Resistor(source, Net(1 + Draws.Next(nodes)), 1, 1e4);
            else Diode(source, Net(1 + Draws.Next(nodes)));
            Elements.Add(new CurrentSource(Next("i"), Netlist.Ground, Net(1 + Draws.Next(nodes)), Sign() * Log(1e-6, 1e-2)));
        }

        return ("diodes", true);
    }

    /// <summary>Level 1 inverters, NAND and NOR gates whose inputs are outputs of earlier gates or sources at any level.</summary>
    private (string Kind, bool IsUnique) Gates()
    {
        double supply = Rails();
        var drives = new List<string>();
        for (int i = 0; i < 2 + Draws.Next(3); i++) drives.Add(Source(Draws.Next(3) == 0 ? supply * Draws.NextDouble() : Draws.Next(2) * supply));
        (MosfetModel n, MosfetModel p) = Models(supply);
        int gates = 1 + Draws.Next(30);
        bool isChain = Draws.Next(2) == 0;
        for (int i = 0; i < gates; i++)
        {
            string a = isChain ? drives[^1] : drives[Draws.Next(drives.Count)], b = drives[Draws.Next(drives.Count)];
            drives.Add(Gate(Draws.Next(3), a, b, n, p));
            if (Draws.Next(3) == 0) Resistor(drives[^1], Draws.Next(2) == 0 ? "vdd" : Netlist.Ground, 1e3, 1e7);
        }

        return ("gates", true);
    }

    private (string Kind, bool IsUnique) EkvChain()
    {
        EkvRails();
        string input = Source(0.25 * (2 * Draws.NextDouble() - 1) * (Draws.Next(2) == 0 ? 0.05 : 1));
        int stages = 1 + Draws.Next(40);
        for (int i = 0; i < stages; i++)
        {
            input = Ekv(input);
            if (Draws.Next(2) == 0) Resistor(input, Draws.Next(3) switch { 0 => "vp", 1 => "vn", _ => Netlist.Ground }, 2e4, 1e8);
        }

        return ("ekv chain", true);
    }

    /// <summary>A ring of an even number of inverters, one node of which a nodeset puts to one side.</summary>
    private (string Kind, bool IsUnique) Latch()
    {
        bool isEkv = Draws.Next(2) == 0;
        double high = 0.25, low = -0.25;
        MosfetModel? n = null, p = null;
        if (isEkv) EkvRails();
        else
        {
            (high, low) = (Rails(), 0);
            (n, p) = Models(high);
        }

        int stages = 2 * (1 + Draws.Next(4));
        string[] ring = [.. Enumerable.Range(0, stages).Select(i => Net(i + 1))];
        int first = Draws.Next(2);
        for (int i = 0; i < stages; i++)
        {
            string next = ring[(i + 1) % stages];
            if (isEkv) Ekv(ring[i], next);
            else Inverter(ring[i], next, n!, p!);
            if (Draws.Next(2) == 0) Resistor(next, Netlist.Ground, isEkv ? 1e6 : 1e5, 1e8);
            if (i < 2 || Draws.Next(2) == 0) _guesses[ring[i]] = i % 2 == first ? high : low;
        }

        return ("latch", false);
    }

    /// <summary>Gates, EKV inverters, diodes and resistors in one chain, with resistors across it that may feed back.</summary>
    private (string Kind, bool IsUnique) Mixture()
    {
        double supply = Rails();
        EkvRails();
        (MosfetModel n, MosfetModel p) = Models(supply);
        List<string> nodes = [Source(supply * Draws.NextDouble())];
        int blocks = 3 + Draws.Next(25);
        for (int i = 0; i < blocks; i++)
        {
            string last = nodes[^1];
            switch (Draws.Next(4))
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
                    nodes.Add(Gate(Draws.Next(3), last, nodes[Draws.Next(nodes.Count)], n, p));
                    break;
            }
        }

        // A block that loads the one before is still a monotone stage; a resistor back to an earlier one may close a loop of any gain.
        int feedbacks = Draws.Next(3);
        for (int i = 0; i < feedbacks; i++) Resistor(nodes[Draws.Next(nodes.Count)], nodes[Draws.Next(nodes.Count)], 1e2, 1e7);
        return ("mixture", feedbacks == 0);
    }
}
