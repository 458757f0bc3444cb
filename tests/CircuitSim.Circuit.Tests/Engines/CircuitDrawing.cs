using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>Elements with random values, the same for the same seed, from which circuits are put together.</summary>
internal abstract class CircuitDrawing(int seed)
{
    private int _count;

    protected Random Draws { get; } = new(seed);

    protected List<Element> Elements { get; } = [];

    protected double Rails()
    {
        double supply = 1 + 4 * Draws.NextDouble();
        Elements.Add(new VoltageSource("vdd", "vdd", Netlist.Ground, supply));
        return supply;
    }

    protected void EkvRails()
    {
        Elements.Add(new VoltageSource("vvp", "vp", Netlist.Ground, 0.25));
        Elements.Add(new VoltageSource("vvn", "vn", Netlist.Ground, -0.25));
    }

    protected (MosfetModel N, MosfetModel P) Models(double supply)
    {
        return (Model("mn", false), Model("mp", true));

        MosfetModel Model(string name, bool isPChannel) => new()
        {
            Name = name,
            IsPChannel = isPChannel,
            ThresholdVolts = (isPChannel ? -1 : 1) * Math.Min(1, supply * (0.15 + 0.3 * Draws.NextDouble())),
            TransconductanceAmpsPerSquareVolt = Log(1e-5, 5e-4),
            BodyFactorRootVolts = Draws.Next(2) * 0.6 * Draws.NextDouble(),
            SurfacePotentialVolts = 0.5 + 0.3 * Draws.NextDouble(),
            ChannelModulationPerVolt = Log(0.005, 0.2),
            DrainOhms = Draws.Next(3) == 0 ? Log(1, 500) : 0,
            SourceOhms = Draws.Next(3) == 0 ? Log(1, 500) : 0,
        };
    }

    protected string Gate(int kind, string a, string b, MosfetModel n, MosfetModel p)
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

    protected void Inverter(string input, string output, MosfetModel n, MosfetModel p)
    {
        Transistor(output, input, Netlist.Ground, Netlist.Ground, n);
        Transistor(output, input, "vdd", "vdd", p);
    }

    protected void Transistor(string drain, string gate, string source, string bulk, MosfetModel model)
    {
        double length = Log(0.5e-6, 5e-6);
        Elements.Add(new Mosfet(Next("m"), drain, gate, source, bulk, model, new MosfetGeometry { LengthMetres = length, WidthMetres = length * Log(1, 40) }));
    }

    protected string Ekv(string input, string? output = null)
    {
        EkvInverter model = Draws.Next(2) == 0 ? InverterModel.EkvSym : InverterModel.EkvPhax90;
        output ??= Next("n");
        Elements.Add(new EkvMosfet(Next("b"), output, input, "vn", "vn", Varied(model.NChannel)));
        Elements.Add(new EkvMosfet(Next("b"), output, input, "vp", "vp", Varied(model.PChannel)));
        return output;

        EkvParameters Varied(EkvParameters p) => p with
        {
            ThresholdVolts = Math.Round(p.ThresholdVolts * (0.9 + 0.2 * Draws.NextDouble()), 6),
            SpecificCurrentAmps = p.SpecificCurrentAmps * Log(0.5, 2),
        };
    }

    protected string Source(double volts)
    {
        string node = Next("in");
        Elements.Add(new VoltageSource(Next("v"), node, Netlist.Ground, volts));
        return node;
    }

    protected void Resistor(string from, string to, double least, double most)
    {
        if (from != to) Elements.Add(new Resistor(Next("r"), from, to, Log(least, most)));
    }

    protected void Diode(string from, string to)
    {
        if (from == to) return;
        string name = Next("d");
        var model = new DiodeModel
        {
            Name = "m" + name,
            SaturationAmps = Log(1e-16, 1e-9),
            EmissionCoefficient = 1 + Draws.NextDouble(),
            SeriesOhms = Draws.Next(2) == 0 ? Log(0.1, 100) : 0,
            BreakdownVolts = Draws.Next(4) == 0 ? Log(3, 50) : null,
        };
        Elements.Add(new Diode(name, from, to, model, Math.Round(Log(0.5, 5), 3)));
    }

    protected int Sign() => Draws.Next(2) == 0 ? -1 : 1;

    protected double Log(double least, double most) => least * Math.Pow(most / least, Draws.NextDouble());

    protected string Next(string letter) => FormattableString.Invariant($"{letter}{++_count}");

    protected static string Net(int index) => index == 0 ? Netlist.Ground : FormattableString.Invariant($"n0_{index}");
}
