using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Networks;

/// <summary>Static power of solved samples of a network: what sources deliver, from their currents, and what becomes heat, from node voltages.</summary>
/// <remarks>
/// The two sides share no sum: that they are equal (B. D. H. Tellegen, Philips Research Reports 7, 1952) checks the solution. With
/// <see cref="NetworkSolverOptions.IgnoresLoading"/> followers without supply drive the crossbars, and the sides differ by what they deliver.
/// Not thread-safe: it owns the solvers of its crossbars.
/// </remarks>
public sealed class PowerMeter
{
    private readonly NetworkSolver _solver;
    private readonly CrossbarSolver[] _crossbars;
    private readonly CrossbarState?[] _states;

    private PowerMeter(NetworkSolver solver, CrossbarSolver[] crossbars)
    {
        (_solver, _crossbars) = (solver, crossbars);
        _states = new CrossbarState?[crossbars.Length];
    }

    /// <summary>Factorises the crossbars of a network.</summary>
    /// <param name="solver">The solver whose operating points will be measured.</param>
    /// <param name="expectedSamples">Samples that will be measured, at least 1: decides how crossbars are solved.</param>
    /// <returns>A meter that is ready for any operating point of that solver.</returns>
    public static PowerMeter Create(NetworkSolver solver, int expectedSamples = 1)
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentOutOfRangeException.ThrowIfLessThan(expectedSamples, 1);
        var options = new CrossbarSolverOptions { ExpectedSolveCount = expectedSamples };
        return new PowerMeter(solver, [.. solver.Circuit.Layers.Select(layer => CrossbarSolver.Factorize(layer.Crossbar, options))]);
    }

    /// <summary>Measures one sample.</summary>
    /// <param name="point">A result of the solver.</param>
    /// <param name="sample">Sample index from 0.</param>
    /// <returns>Power of every layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ConvergenceException">A crossbar solve did not meet its tolerance.</exception>
    public NetworkPower Measure(NetworkOperatingPoint point, int sample)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, point.SampleCount);
        return new NetworkPower { Layers = [.. Enumerable.Range(0, _crossbars.Length).Select(layer => Layer(point, layer, sample))] };
    }

    private LayerWatts Layer(NetworkOperatingPoint point, int layer, int sample)
    {
        double[] source = _solver.WordLineSourceVolts(point, layer, sample);
        CrossbarState state = _crossbars[layer].SolveDrive(
            new CrossbarDrive { SourceVolts = source }, new CrossbarSolverOptions().ToleranceVolts, hasNodes: true, _states[layer]);
        _states[layer] = state;
        var heat = CrossbarHeat.Of(_crossbars[layer].Spec, source, state);
        double driverWatts = 0;
        for (int i = 0; i < source.Length - 2; i++) driverWatts += source[i] * state.WordLineAmps[i];
        (double rail, double inverters, double positive, double negative) = Inverters(point.Layers[layer], layer, sample);
        return new LayerWatts
        {
            DriverWatts = driverWatts,
            BiasWatts = source[^2] * state.WordLineAmps[^2] + source[^1] * state.WordLineAmps[^1],
            RailWatts = rail,
            DeviceWatts = heat.Devices,
            WordLineWatts = heat.WordLines,
            BitLineWatts = heat.BitLines,
            SourceResistanceWatts = heat.SourceResistances,
            ShortWatts = heat.Shorts,
            InverterWatts = inverters,
            PositiveRailAmps = positive,
            NegativeRailAmps = negative,
            PositiveBiasAmps = state.WordLineAmps[^2],
            NegativeBiasAmps = -state.WordLineAmps[^1],
        };
    }

    private (double Rail, double Heat, double Positive, double Negative) Inverters(LayerOperatingPoint layer, int index, int sample)
    {
        double rail = 0, heat = 0, positive = 0, negative = 0;
        for (int j = 0; j < layer.NeuronCount; j++)
        {
            int at = sample * layer.NeuronCount + j;
            Add(2 * j, layer.GateVolts.Span[at], layer.InvertedVolts.Span[at]);
            Add(2 * j + 1, layer.InvertedVolts.Span[at], layer.RestoredVolts.Span[at]);
        }

        return (rail, heat, positive, negative);

        void Add(int output, double inputVolts, double outputVolts)
        {
            double supply = _solver.Circuit.SupplyVolts;
            InverterModel inverter = _solver.Circuit.InverterAt(index, output);
            double watts = inverter.SupplyWatts(inputVolts, outputVolts, supply), amps = inverter.OutputCurrent(inputVolts, outputVolts, supply).Amps;
            rail += watts;
            heat += watts - outputVolts * amps;
            // What enters from the positive rail leaves through the output or into the negative rail, and both rails are at half the supply.
            positive += watts / supply + amps / 2;
            negative += watts / supply - amps / 2;
        }
    }
}
