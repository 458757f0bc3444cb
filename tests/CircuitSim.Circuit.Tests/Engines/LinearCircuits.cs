using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>Linear circuits whose resistances spread over fifteen decades, the same for the same seed.</summary>
internal sealed class LinearCircuits : CircuitDrawing
{
    private LinearCircuits(int seed)
        : base(seed)
    {
    }

    /// <summary>Draws a circuit with an operating point asked for.</summary>
    public static Netlist Draw(int seed)
    {
        var drawing = new LinearCircuits(seed);
        drawing.Fill();
        return new Netlist { Title = $"linear {seed}", Elements = drawing.Elements, Analyses = [new OperatingPointAnalysis()] };
    }

    /// <summary>Groups of nodes joined by milliohms that teraohms tie to ground, sources and each other; controlled sources that follow or amplify a little.</summary>
    private void Fill()
    {
        int nodes = 2 + Draws.Next(9);
        for (int i = 1; i <= nodes; i++)
        {
            bool isTie = i == 1 || Draws.Next(5) == 0;
            Resistor(Net(i), Net(Draws.Next(i)), isTie ? 1e6 : 1e-3, isTie ? 1e12 : 1);
        }

        for (int i = 0; i < nodes; i++) Resistor(Net(1 + Draws.Next(nodes)), Net(1 + Draws.Next(nodes)), 1e-3, 1e12);
        Resistor(Source(Sign() * Log(1e-3, 1e3)), Net(1 + Draws.Next(nodes)), 1e-3, 1e12);
        for (int i = 0; i < Draws.Next(4); i++)
        {
            string at = Net(1 + Draws.Next(nodes)), control = Net(1 + Draws.Next(nodes)), output = Next("n");
            switch (Draws.Next(6))
            {
                case 0:
                    Elements.Add(new CurrentSource(Next("i"), Netlist.Ground, at, Sign() * Log(1e-12, 1)));
                    break;
                case 1:
                    Elements.Add(new VoltageControlledVoltageSource(Next("e"), output, Netlist.Ground, control, Netlist.Ground, Draws.Next(2) == 0 ? 1 - Log(1e-6, 0.5) : Log(1e-3, 0.99)));
                    Resistor(output, at, 1, 1e12);
                    break;
                case 2:
                    Elements.Add(new VoltageControlledCurrentSource(Next("g"), output, Netlist.Ground, control, Netlist.Ground, Sign() * Log(1e-12, 1e-3)));
                    Resistor(output, Netlist.Ground, 1, 1e3);
                    break;
                case 3:
                    string sense = Next("v");
                    Elements.Add(new VoltageSource(sense, at, output, 0));
                    Resistor(output, Netlist.Ground, 1e3, 1e12);
                    string after = Next("n");
                    Elements.Add(Draws.Next(2) == 0
                        ? new CurrentControlledCurrentSource(Next("f"), after, Netlist.Ground, sense, Log(0.1, 10))
                        : new CurrentControlledVoltageSource(Next("h"), after, Netlist.Ground, sense, Log(1e-3, 1e3)));
                    Resistor(after, Netlist.Ground, 1e-3, 1e6);
                    break;
                case 4:
                    Elements.Add(new VoltageSource(Next("v"), output, at, Sign() * Log(1e-3, 10)));
                    Resistor(output, Net(1 + Draws.Next(nodes)), 1e-3, 1e12);
                    break;
                default:
                    Elements.Add(new Inductor(Next("l"), output, at, 1e-6));
                    Resistor(output, Netlist.Ground, 1e9, 1e12);
                    Elements.Add(new Capacitor(Next("c"), output, Netlist.Ground, 1e-12));
                    break;
            }
        }
    }
}
