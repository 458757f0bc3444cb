using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Tests.Crossbars;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Networks;

public sealed class PowerMeterTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void What_sources_deliver_becomes_heat()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            NetworkCircuit circuit = RandomNetworks.Any(random);
            if (seed % 3 == 0) circuit = RandomNetworks.Mismatched(random, circuit);
            if (seed % 2 == 0)
            {
                circuit = new NetworkCircuit(circuit.SupplyVolts, circuit.Inverter,
                    [.. circuit.Layers.Select(l => l with { Crossbar = RandomCrossbars.WithFaults(random, l.Crossbar) })]);
            }

            NetworkSolver solver = NetworkSolver.Create(circuit);
            NetworkOperatingPoint point = solver.SolveBatch(RandomCrossbars.Volts(random, 2 * circuit.InputCount), 2);
            NetworkPower power = PowerMeter.Create(solver).Measure(point, 1);

            // Node voltages are solved to 1e-12 V of about 0.1 V, outputs to as much; a short of 0.1 ohm turns 1e-15 V into 1e-14 A of about 1e-6 A.
            double bound = circuit.Layers.Any(l => l.Crossbar.Faults.Count > 0) ? 1e-8 : 1e-10;
            Assert.True(power.TotalWatts > 0);
            Close.Numbers(power.TotalWatts, power.HeatWatts, 0, bound, $"seed {seed}, whole circuit");
            for (int layer = 0; layer < power.Layers.Count; layer++)
            {
                LayerWatts l = power.Layers[layer];
                double heat = l.DeviceWatts + l.WordLineWatts + l.BitLineWatts + l.SourceResistanceWatts + l.ShortWatts;
                // Driver and bias nearly cancel where a line is driven against the others: the bound is on what flows.
                double flow = Math.Abs(l.DriverWatts) + Math.Abs(l.BiasWatts);
                Close.Numbers(l.DriverWatts + l.BiasWatts, heat, bound * flow, what: $"seed {seed}, crossbar {layer + 1}");
                double output = layer + 1 < power.Layers.Count ? power.Layers[layer + 1].DriverWatts : 0;
                Close.Numbers(l.RailWatts, l.InverterWatts + output, bound * (l.RailWatts + Math.Abs(output)), what: $"seed {seed}, inverters {layer + 1}");
                Assert.True(heat >= 0 && l.InverterWatts > 0);
            }
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void One_device_between_two_voltages_heats_by_volts_squared_over_ohms()
    {
        // Word lines at ±0.1 V and ±0.25 V; the bit line's only devices join the first input to the positive bias.
        const double g = 4e-6, ohms = 1e4, x = 0.1;
        var crossbar = new CrossbarSpec(4, 1, [g, 0, g, 0], sourceOhms: ohms, bitLineEnd: BitLineEnd.Open);
        NetworkSolver solver = NetworkSolver.Create(new NetworkCircuit(0.5, InverterModel.EkvSym, [new LayerCircuit(crossbar)]));

        LayerWatts watts = PowerMeter.Create(solver).Measure(solver.Solve([x]), 0).Layers[0];

        double amps = (0.25 - x) / (2 / g + 2 * ohms);
        // The solver's 1e-12 V over 0.1 V.
        Close.Numbers(2 * amps * amps / g, watts.DeviceWatts, 0, 1e-10);
        Close.Numbers(2 * amps * amps * ohms, watts.SourceResistanceWatts, 0, 1e-10);
        Close.Numbers(-x * amps, watts.DriverWatts, 0, 1e-10);
        Close.Numbers(0.25 * amps, watts.BiasWatts, 0, 1e-10);
        Close.Numbers(amps, watts.PositiveBiasAmps, 0, 1e-10);
        Assert.Equal((0.0, 0.0, 0.0), (watts.WordLineWatts, watts.BitLineWatts, watts.ShortWatts));
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Supply_and_input_currents_match_ngspice()
    {
        Ngspice.SkipUnlessInstalled();
        NgspiceEngine ngspice = NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;
        var random = new Random(21);
        NetworkCircuit circuit = RandomNetworks.Mismatched(random, RandomNetworks.Of(random, [3, 4, 2], 200, 100, 1000, InverterModel.EkvPhax90));
        double[] inputs = [0.15, -0.2, 0.05];
        NetworkSolver solver = NetworkSolver.Create(circuit);

        NetworkPower power = PowerMeter.Create(solver).Measure(solver.Solve(inputs), 0);

        var theirs = (OperatingPoint)ngspice.Solve(Elaborator.Elaborate(circuit, inputs), EngineOptions.Tight).Analyses[0];
        double inputWatts = 0;
        for (int k = 0; k < inputs.Length; k++)
        {
            // A source's current counts from plus to minus inside the source.
            inputWatts -= inputs[k] * theirs.BranchAmps[NodeNames.PositiveInputSource(k)];
            inputWatts += inputs[k] * theirs.BranchAmps[NodeNames.NegativeInputSource(k)];
        }

        // Sums of dozens of currents, each to 1e-12 of itself, and voltages to 1e-10 V.
        Close.Numbers(-theirs.BranchAmps[NodeNames.PositiveRailSource], power.PositiveRailAmps, 0, 1e-8, "positive rail");
        Close.Numbers(theirs.BranchAmps[NodeNames.NegativeRailSource], power.NegativeRailAmps, 0, 1e-8, "negative rail");
        Close.Numbers(inputWatts, power.InputWatts, 0, 1e-8, "inputs");
        double delivered = inputWatts + 0.25 * (theirs.BranchAmps[NodeNames.NegativeRailSource] - theirs.BranchAmps[NodeNames.PositiveRailSource]);
        Close.Numbers(delivered, power.HeatWatts, 0, 1e-8, "heat");
    }
}
