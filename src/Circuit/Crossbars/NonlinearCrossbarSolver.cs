using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Solves a crossbar whose devices are not ohmic, every wire segment included.</summary>
/// <remarks>
/// Newton's method: each step replaces every device by its differential conductance and a current source, which is a linear
/// crossbar again. Not thread-safe: use one solver a thread.
/// </remarks>
public sealed class NonlinearCrossbarSolver
{
    private const int MostIterations = 100;

    private readonly CrossbarSpec _spec;
    private readonly DeviceLaw _law;
    private readonly double _toleranceVolts;
    private readonly double[] _drop, _slope, _wordAmps, _bitAmps;

    private NonlinearCrossbarSolver(CrossbarSpec spec, DeviceLaw law, double toleranceVolts)
    {
        (_spec, _law, _toleranceVolts) = (spec, law, toleranceVolts);
        int count = spec.ConductanceSiemens.Length;
        (_drop, _slope, _wordAmps, _bitAmps) = (new double[count], new double[count], new double[count], new double[count]);
    }

    /// <summary>Prepares a crossbar with one law for all devices.</summary>
    /// <param name="spec">The crossbar; its conductances are those at zero volts.</param>
    /// <param name="law">Current-voltage law.</param>
    /// <param name="toleranceVolts">Newton ends when no device's voltage moves by more than this, volts, positive.</param>
    /// <returns>A solver that is ready for any sources.</returns>
    /// <exception cref="TopologyException">A bit line with an open end has no device, so that it floats.</exception>
    public static NonlinearCrossbarSolver Create(CrossbarSpec spec, DeviceLaw law, double toleranceVolts = 1e-12)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(law);
        if (!(toleranceVolts > 0)) throw new ArgumentOutOfRangeException(nameof(toleranceVolts), toleranceVolts, "The tolerance is a positive number of volts.");
        CrossbarErrors.RefuseFloatingBitLines(spec);
        return new NonlinearCrossbarSolver(spec, law, toleranceVolts);
    }

    /// <summary>Solves for one set of source voltages.</summary>
    /// <param name="sourceVolts">Source of each word line, volts, length m, finite.</param>
    /// <returns>Currents, voltages of ports and of all nodes; iterations are Newton's.</returns>
    /// <exception cref="ArgumentException">The length is not m, or a voltage is not finite.</exception>
    /// <exception cref="InvalidDesignException">The law's differential conductance is not positive at a voltage that occurs.</exception>
    /// <exception cref="ConvergenceException">Newton did not settle.</exception>
    public CrossbarOperatingPoint Solve(ReadOnlySpan<double> sourceVolts)
    {
        using (CrossbarSolver linear = CrossbarSolver.Factorize(_spec))
        {
            CrossbarOperatingPoint point = linear.Solve(sourceVolts, hasNodeVolts: true);
            for (int at = 0; at < _drop.Length; at++) _drop[at] = point.WordLineNodeVolts.Span[at] - point.BitLineNodeVolts.Span[at];
        }

        int worst = 0;
        double largest = 0, before = 0;
        for (int k = 1; k <= MostIterations; k++)
        {
            Linearize();
            CrossbarSpec step = _spec.WithConductances(_slope);
            using CrossbarSolver solver = CrossbarSolver.Factorize(step);
            CrossbarState state = solver.SolveDrive(
                new CrossbarDrive { SourceVolts = sourceVolts, WordNodeAmps = _wordAmps, BitNodeAmps = _bitAmps }, _toleranceVolts, hasNodes: true);
            worst = LargestChange(state, sourceVolts);
            before = _drop[worst];
            largest = Math.Abs(Drop(state, sourceVolts, worst) - before);
            double length = Math.Min(1, _law.ScaleVolts / largest);
            for (int at = 0; at < _drop.Length; at++) _drop[at] += length * (Drop(state, sourceVolts, at) - _drop[at]);
            if (largest <= _toleranceVolts) return Collect(state, sourceVolts, k, largest);
        }

        throw new ConvergenceException("Newton on a crossbar of nonlinear devices", MostIterations, largest, "V",
            NodeNames.Device(0, worst / _spec.BitLineCount, worst % _spec.BitLineCount), before, _drop[worst],
            "Voltages are those across the device. Lower the source voltages or use a gentler device law.");
    }

    private double Drop(CrossbarState state, ReadOnlySpan<double> sourceVolts, int at) =>
        sourceVolts[at / _spec.BitLineCount] - state.BitVolts[at] + state.WordDeviationVolts[at];

    private int LargestChange(CrossbarState state, ReadOnlySpan<double> sourceVolts)
    {
        int worst = 0;
        double largest = -1;
        for (int at = 0; at < _drop.Length; at++)
        {
            double change = Math.Abs(Drop(state, sourceVolts, at) - _drop[at]);
            if (change > largest) (largest, worst) = (change, at);
        }

        return worst;
    }

    // I ≈ I(v₀) + g·(v − v₀): conductance g, and the rest as a current from word line to bit line.
    private void Linearize()
    {
        ReadOnlySpan<double> g = _spec.ConductanceSiemens.Span;
        List<string>? violations = null;
        for (int at = 0; at < _drop.Length; at++)
        {
            DeviceCurrent current = g[at] == 0 ? default : _law.Evaluate(g[at], _drop[at]);
            if (g[at] > 0 && !(current.PerVolt > 0 && double.IsFinite(current.Amps)))
                (violations ??= []).Add(string.Create(CultureInfo.InvariantCulture,
                    $"Device (word line {at / _spec.BitLineCount + 1}, bit line {at % _spec.BitLineCount + 1}) has {current.PerVolt:G6} S at {_drop[at]:G6} V; a differential conductance is positive and finite. Lower the voltages or choose a law that rises."));
            _slope[at] = current.PerVolt;
            _bitAmps[at] = current.Amps - current.PerVolt * _drop[at];
            _wordAmps[at] = -_bitAmps[at];
        }

        if (violations is not null) throw new InvalidDesignException("Device law", [.. violations.Take(10)]);
    }

    private CrossbarOperatingPoint Collect(CrossbarState state, ReadOnlySpan<double> sourceVolts, int iterations, double error)
    {
        double[] wordVolts = state.WordDeviationVolts, endVolts = state.LastVolts;
        for (int at = 0; at < wordVolts.Length; at++) wordVolts[at] += sourceVolts[at / _spec.BitLineCount];
        if (_spec.BitLineEnd == BitLineEnd.Ground)
            for (int j = 0; j < endVolts.Length; j++) endVolts[j] = _spec.TerminalOhms * state.EndAmps[j];
        return new CrossbarOperatingPoint
        {
            BitLineEndAmps = state.EndAmps,
            BitLineEndVolts = endVolts,
            WordLineAmps = state.WordLineAmps,
            WordLineNodeVolts = wordVolts,
            BitLineNodeVolts = state.BitVolts,
            Method = CrossbarMethod.Newton,
            Iterations = iterations,
            ErrorEstimateVolts = error,
        };
    }
}
