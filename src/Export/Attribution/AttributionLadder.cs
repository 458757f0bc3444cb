using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Attribution;

/// <summary>Solves a circuit with its effects switched on one after another, and with each of them switched off alone.</summary>
/// <remarks>
/// Every rung is the exact solution of a circuit of its own, which can be written as a deck: without loading, ideal followers stand behind the
/// inverters; without device equations, sources that follow the trained curve take the inverters' place. Differences are those of the last layer's first
/// inverters. One call owns its memory: thread-safe.
/// </remarks>
public static class AttributionLadder
{
    /// <summary>Name of the first step.</summary>
    public const string TrainedName = "trained network";

    /// <summary>Climbs the ladder and then takes effects off the full circuit.</summary>
    /// <param name="plan">Effects, and the circuit with any of them.</param>
    /// <param name="behavioural">What the trained network says for the same samples, layer by layer.</param>
    /// <param name="inputVolts">Inputs, volts, row-major [sample, input].</param>
    /// <param name="labels">True classes, one a sample.</param>
    /// <param name="progress">Receives what is being solved and the share done.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Both ladders.</returns>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static AttributionResult Climb(
        AttributionPlan plan, IReadOnlyList<LayerOperatingPoint> behavioural, ReadOnlyMemory<double> inputVolts, ReadOnlySpan<int> labels,
        IProgress<(double Fraction, string Message)>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(behavioural);
        int[] truth = labels.ToArray();
        var rungs = new Rungs(plan, inputVolts, truth.Length, cancellationToken);
        int count = 2 * plan.Effects.Count, done = 0;
        var ladder = new List<IReadOnlyList<LayerOperatingPoint>> { behavioural };
        for (int k = 0; k < plan.Effects.Count; k++)
        {
            progress?.Report(((double)done++ / count, EffectNames.Added(plan.Effects[k])));
            ladder.Add(rungs.Solve(plan.Effects.Take(k + 1)));
        }

        var removed = new List<RemovedEffect>();
        var skipped = new List<SkippedEffect>(plan.Skipped);
        foreach (CircuitEffect effect in plan.Effects)
        {
            progress?.Report(((double)done++ / count, EffectNames.Removed(effect)));
            if (effect == CircuitEffect.DeviceEquations && plan.Curves is null)
            {
                skipped.Add(new() { Effect = effect, IsAbsent = false, Reason = "The curve that the network was trained with was not given." });
                continue;
            }

            try
            {
                removed.Add(Remove(effect, plan, ladder, rungs, truth));
            }
            catch (InvalidDesignException refusal)
            {
                // Some effects hold others up: verification by levels needs levels.
                skipped.Add(new() { Effect = effect, IsAbsent = false, Reason = $"The full circuit cannot be made without it: {refusal.Message}" });
            }
        }

        return new AttributionResult { Steps = Steps(plan, ladder, truth), Removed = removed, Skipped = skipped, LastRung = ladder[^1] };
    }

    /// <summary>The circuit with a set of effects, solved.</summary>
    internal static IReadOnlyList<LayerOperatingPoint> Solve(
        AttributionPlan plan, IReadOnlySet<CircuitEffect> effects, ReadOnlyMemory<double> inputVolts, int sampleCount, CancellationToken cancellationToken)
    {
        NetworkCircuit circuit = plan.CircuitOf(effects);
        if (!effects.Contains(CircuitEffect.DeviceEquations)) return CurveNetwork.Solve(circuit, plan.Curves!, inputVolts, sampleCount, cancellationToken);

        var options = new NetworkSolverOptions { IgnoresLoading = !effects.Contains(CircuitEffect.Loading) };
        return NetworkSolver.Create(circuit, options, cancellationToken).SolveBatch(inputVolts, sampleCount, cancellationToken: cancellationToken).Layers;
    }

    private static RemovedEffect Remove(
        CircuitEffect effect, AttributionPlan plan, List<IReadOnlyList<LayerOperatingPoint>> ladder, Rungs rungs, int[] labels)
    {
        // Without inverters nothing can be loaded.
        bool takesLoading = effect == CircuitEffect.DeviceEquations && plan.Effects.Contains(CircuitEffect.Loading);
        IReadOnlyList<LayerOperatingPoint> without = rungs.Solve(
            plan.Effects.Where(e => e != effect && !(takesLoading && e == CircuitEffect.Loading)));
        int before = plan.Effects.ToList().IndexOf(effect), after = before + (takesLoading ? 2 : 1);
        ReadOnlySpan<double> full = Output(ladder[^1]), rest = Output(without), from = Output(ladder[before]), to = Output(ladder[after]);
        var here = new double[full.Length];
        var there = new double[full.Length];
        for (int i = 0; i < here.Length; i++) (here[i], there[i]) = (full[i] - rest[i], to[i] - from[i]);
        (double rms, double worst) = SignalComparison.Distance(full, rest);
        int[] classes = CrossChecker.Classes(without[^1]);
        return new RemovedEffect
        {
            Effect = effect,
            Name = EffectNames.Removed(effect),
            Description = EffectNames.WithoutIt(effect, takesLoading),
            AccuracyPercent = Accuracy(classes, labels),
            RmsChangeMillivolts = rms,
            WorstChangeMillivolts = worst,
            ChangedClassCount = Differing(classes, CrossChecker.Classes(ladder[^1][^1])),
            LadderRmsMillivolts = SignalComparison.Distance(to, from).RmsMillivolts,
            InteractionRmsMillivolts = SignalComparison.Distance(here, there).RmsMillivolts,
        };
    }

    private static AttributionStep[] Steps(AttributionPlan plan, List<IReadOnlyList<LayerOperatingPoint>> ladder, int[] labels)
    {
        var steps = new AttributionStep[ladder.Count];
        for (int i = 0; i < steps.Length; i++)
        {
            int[] classes = CrossChecker.Classes(ladder[i][^1]);
            (double rms, double worst) = SignalComparison.Distance(Output(ladder[i]), Output(ladder[0]));
            var step = new AttributionStep
            {
                Name = i == 0 ? TrainedName : EffectNames.Added(plan.Effects[i - 1]),
                Description = i == 0 ? "The behavioural network, with the neuron curve that it was trained with." : EffectNames.WithIt(plan.Effects[i - 1]),
                AccuracyPercent = Accuracy(classes, labels),
                OutputRmsMillivolts = rms,
                OutputWorstMillivolts = worst,
                RmsChangeMillivolts = null,
            };
            steps[i] = i == 0 ? step : Compared(step, plan.Effects[i - 1], ladder, i, classes);
        }

        return steps;
    }

    private static AttributionStep Compared(
        AttributionStep step, CircuitEffect effect, List<IReadOnlyList<LayerOperatingPoint>> ladder, int at, int[] classes)
    {
        IReadOnlyList<LayerOperatingPoint> here = ladder[at], before = ladder[at - 1];
        (double rms, double worst) = SignalComparison.Distance(Output(here), Output(before));
        return step with
        {
            Effect = effect,
            RmsChangeMillivolts = rms,
            WorstChangeMillivolts = worst,
            ChangedClassCount = Differing(classes, CrossChecker.Classes(before[^1])),
            SharePercent = Share(Output(here), Output(before), Output(ladder[^1]), Output(ladder[0])),
            Layers = [.. here.Select((layer, l) =>
            {
                (double changeRms, double changeWorst) = Distance(layer, before[l]);
                return new LayerChange
                {
                    Layer = l + 1,
                    RmsMillivolts = Distance(layer, ladder[0][l]).RmsMillivolts,
                    RmsChangeMillivolts = changeRms,
                    WorstChangeMillivolts = changeWorst,
                };
            })],
        };
    }

    private static double? Share(ReadOnlySpan<double> here, ReadOnlySpan<double> before, ReadOnlySpan<double> last, ReadOnlySpan<double> first)
    {
        double along = 0, whole = 0;
        for (int i = 0; i < here.Length; i++)
        {
            double departure = last[i] - first[i];
            along += (here[i] - before[i]) * departure;
            whole += departure * departure;
        }

        return whole > 0 ? 100 * along / whole : null;
    }

    // Both outputs of all neurons.
    private static (double RmsMillivolts, double WorstMillivolts) Distance(LayerOperatingPoint a, LayerOperatingPoint b)
    {
        (double n, double worstN) = SignalComparison.Distance(a.InvertedVolts.Span, b.InvertedVolts.Span);
        (double p, double worstP) = SignalComparison.Distance(a.RestoredVolts.Span, b.RestoredVolts.Span);
        return (Math.Sqrt((n * n + p * p) / 2), Math.Max(worstN, worstP));
    }

    private static ReadOnlySpan<double> Output(IReadOnlyList<LayerOperatingPoint> layers) => layers[^1].InvertedVolts.Span;

    private static double Accuracy(int[] classes, int[] labels) => 100.0 * (labels.Length - Differing(classes, labels)) / labels.Length;

    private static int Differing(int[] a, int[] b)
    {
        int count = 0;
        for (int i = 0; i < a.Length; i++) count += a[i] == b[i] ? 0 : 1;
        return count;
    }

    /// <summary>Solutions with any set of effects, each solved once.</summary>
    private sealed class Rungs(AttributionPlan plan, ReadOnlyMemory<double> inputVolts, int sampleCount, CancellationToken cancellationToken)
    {
        private readonly Dictionary<int, IReadOnlyList<LayerOperatingPoint>> _solved = [];

        internal IReadOnlyList<LayerOperatingPoint> Solve(IEnumerable<CircuitEffect> effects)
        {
            var set = new HashSet<CircuitEffect>(effects);
            int key = set.Sum(e => 1 << (int)e);
            if (_solved.TryGetValue(key, out IReadOnlyList<LayerOperatingPoint>? known)) return known;

            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<LayerOperatingPoint> layers = AttributionLadder.Solve(plan, set, inputVolts, sampleCount, cancellationToken);
            _solved.Add(key, layers);
            return layers;
        }
    }
}
