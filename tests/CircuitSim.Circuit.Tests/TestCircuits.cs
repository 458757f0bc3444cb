using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Tests;

/// <summary>Circuits that several tests use.</summary>
internal static class TestCircuits
{
    /// <summary>Inverters in series between rails of ±0.25 V; every output is loaded by a resistor to ground unless it is 0.</summary>
    public static Netlist InverterChain(InverterModel model, int stages, double inputVolts, double loadOhms)
    {
        var elements = new List<Element>
        {
            new VoltageSource("vvp", "vp", "0", 0.25),
            new VoltageSource("vvn", "vn", "0", -0.25),
            new VoltageSource("vin", "n0", "0", inputVolts),
        };
        for (int i = 1; i <= stages; i++)
        {
            elements.Add(new SubcircuitCall($"x{i}", [$"n{i - 1}", $"n{i}", "vp", "vn"], "inv"));
            if (loadOhms > 0) elements.Add(new Resistor($"rl{i}", $"n{i}", "0", loadOhms));
        }

        return new Netlist
        {
            Title = "Chain of inverters",
            Elements = elements,
            Subcircuits = [Inverter(model)],
            Analyses = [new OperatingPointAnalysis()],
            HeaderComments = ["Inverter " + model.Name],
        };
    }

    /// <summary>The inverter as a subcircuit with ports in, out, vp, vn.</summary>
    public static SubcircuitDefinition Inverter(InverterModel model) => model.Cell().Definitions[0];

    /// <summary>A crossbar of devices and wire segments (source, segment, devices; bit lines end in ground through a segment).</summary>
    public static Netlist Crossbar(int wordLines, int bitLines, double segmentOhms, int seed)
    {
        var random = new Random(seed);
        var elements = new List<Element>();
        for (int i = 0; i < wordLines; i++)
        {
            elements.Add(new VoltageSource($"v{i}", $"in{i}", "0", random.NextDouble() - 0.5));
            for (int j = 0; j < bitLines; j++)
            {
                elements.Add(new Resistor($"rw{i}_{j}", j == 0 ? $"in{i}" : $"w{i}_{j - 1}", $"w{i}_{j}", segmentOhms));
                elements.Add(new Resistor($"rd{i}_{j}", $"w{i}_{j}", $"b{i}_{j}", 1e4 + 1e6 * random.NextDouble()));
                elements.Add(new Resistor($"rb{i}_{j}", $"b{i}_{j}", i == wordLines - 1 ? $"end{j}" : $"b{i + 1}_{j}", segmentOhms));
            }
        }

        for (int j = 0; j < bitLines; j++) elements.Add(new VoltageSource($"vend{j}", $"end{j}", "0", 0));
        return new Netlist { Title = "Crossbar", Elements = elements, Analyses = [new OperatingPointAnalysis()] };
    }
}
