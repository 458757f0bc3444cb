using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Export.Speed;

/// <summary>Measures delay and energy of a network in transients, as <see cref="SpeedReport"/> defines them.</summary>
internal static class SpeedMeter
{
    /// <summary>Share of its final value within which an output counts as settled.</summary>
    internal const double Band = 0.1;

    /// <summary>How much longer than the longest delay a sample is held while energy is measured.</summary>
    private const double PeriodMargin = 1.05;

    // A tenth of the band: a final value that is off by less moves the crossing of the band by little.
    private const double UnsettledShare = 0.01;

    private const int WaveformPoints = 201;

    /// <summary>Tolerances of the transients.</summary>
    private static readonly EngineOptions Options = EngineOptions.Tight with { TransientRelativeTolerance = 1e-4 };

    /// <summary>Measures a network.</summary>
    /// <param name="sequence">The network and its samples.</param>
    /// <param name="values">Its capacitances.</param>
    /// <param name="settings">Times and limits.</param>
    /// <param name="other">A simulator to hold the numbers against, or null.</param>
    /// <param name="otherVersion">Its name and version.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="InvalidDesignException">An output has not settled when its sample ends.</exception>
    internal static SpeedReport Measure(
        SampleSequence sequence, CapacitanceValues values, SpeedSettings settings, ICircuitEngine? other, string? otherVersion, CancellationToken cancellationToken)
    {
        var solver = NetworkSolver.Create(sequence.Circuit, cancellationToken: cancellationToken);
        NetworkOperatingPoint rest = solver.SolveBatch(sequence.InputVolts, sequence.Count, cancellationToken: cancellationToken);
        var native = new NativeEngine();
        TransientResult slow = Run(native, sequence, settings.HoldSeconds, cancellationToken);
        SpeedTransition[] transitions = Transitions(sequence, slow, settings.HoldSeconds);
        var power = PowerMeter.Create(solver, sequence.Count);
        RequireSettled(sequence, slow, rest, settings.HoldSeconds);
        int worst = Enumerable.Range(0, transitions.Length).MaxBy(i => transitions[i].DelaySeconds);
        double period = Math.Max(PeriodMargin * transitions[worst].DelaySeconds, 2 * settings.EdgeSeconds);
        (double rails, double inputs) = Energies(sequence, Run(native, sequence, period, cancellationToken));
        return new SpeedReport
        {
            Engine = native.Name,
            Capacitances = new SpeedCapacitances
            {
                WordLineSegmentFarads = values.Farads.WordLineSegmentFarads,
                BitLineSegmentFarads = values.Farads.BitLineSegmentFarads,
                GateFarads = values.Farads.GateFarads,
                TotalFarads = sequence.TotalFarads,
                Sources = values.Sources,
            },
            HoldSeconds = settings.HoldSeconds,
            EdgeSeconds = settings.EdgeSeconds,
            Transitions = transitions,
            WorstDelaySeconds = transitions[worst].DelaySeconds,
            MeanDelaySeconds = transitions.Average(t => t.DelaySeconds),
            PeriodSeconds = period,
            EnergyPerInferenceJoules = rails + inputs,
            RailEnergyJoules = rails,
            InputEnergyJoules = inputs,
            MeanPowerWatts = (rails + inputs) / period,
            StaticPowerWatts = Enumerable.Range(0, sequence.Count).Average(s => power.Measure(rest, s).TotalWatts),
            Waveform = Waveform(sequence, slow, worst, settings.HoldSeconds, Math.Min(2 * transitions[worst].DelaySeconds + settings.EdgeSeconds, settings.HoldSeconds)),
            Comparison = other is null ? null : Compare(sequence, settings, transitions, period, rails + inputs, other, otherVersion ?? other.Name, cancellationToken),
        };
    }

    internal static TransientResult Run(ICircuitEngine engine, SampleSequence sequence, double holdSeconds, CancellationToken cancellationToken) =>
        Comparable(engine.Name, sequence, (TransientResult)engine.Solve(sequence.Netlist(holdSeconds), Options, cancellationToken).Analyses[0]);

    /// <summary>A transient with everything that is compared, in numbers.</summary>
    /// <exception cref="EngineException">An output is missing or not finite: no comparison can be made.</exception>
    internal static TransientResult Comparable(string engine, SampleSequence sequence, TransientResult result)
    {
        foreach (string node in sequence.Outputs)
        {
            if (!result.NodeVolts.TryGetValue(node, out IReadOnlyList<double>? volts)) throw new EngineException(engine, $"the transient lacks output '{node}'; it cannot be compared.");
            if (!volts.All(double.IsFinite)) throw new EngineException(engine, $"the transient of output '{node}' holds what is no finite voltage; it cannot be compared.");
        }

        return result;
    }

    private static SpeedComparison Compare(
        SampleSequence sequence, SpeedSettings settings, SpeedTransition[] ours, double period, double energy,
        ICircuitEngine other, string version, CancellationToken cancellationToken)
    {
        SpeedTransition[] theirs = Transitions(sequence, Run(other, sequence, settings.HoldSeconds, cancellationToken), settings.HoldSeconds);
        (double rails, double inputs) = Energies(sequence, Run(other, sequence, period, cancellationToken));
        double delayPercent = DelayDifferencePercent(ours, theirs), energyPercent = Percent(energy, rails + inputs);
        return new SpeedComparison
        {
            Engine = version,
            WorstDelaySeconds = theirs.Max(t => t.DelaySeconds),
            EnergyPerInferenceJoules = rails + inputs,
            DelayDifferencePercent = delayPercent,
            EnergyDifferencePercent = energyPercent,
            LimitPercent = settings.JudgedPercent,
            Passed = delayPercent <= settings.JudgedPercent && energyPercent <= settings.JudgedPercent,
        };
    }

    /// <summary>Largest difference of the delay of any sample, percent of the other simulator's.</summary>
    internal static double DelayDifferencePercent(SpeedTransition[] ours, SpeedTransition[] theirs) =>
        ours.Zip(theirs, (a, b) => Percent(a.DelaySeconds, b.DelaySeconds)).Max();

    /// <summary>Largest difference of any output when its sample ends, volts.</summary>
    internal static (double Volts, string Node) WorstFinalDifference(SampleSequence sequence, TransientResult ours, TransientResult theirs, double holdSeconds) =>
        Enumerable.Range(1, sequence.Count)
            .SelectMany(s => sequence.Outputs.Select(node => (Math.Abs(At(ours, node, s * holdSeconds) - At(theirs, node, s * holdSeconds)), node)))
            .MaxBy(d => d.Item1);

    // A delay that only one of them has is as far off as can be, not infinitely.
    private static double Percent(double value, double reference) =>
        value == reference ? 0 : reference == 0 ? 100 : 100 * Math.Abs(value - reference) / Math.Abs(reference);

    /// <summary>Delays by sample: the last crossing of the band around the value that an output has when its sample ends.</summary>
    internal static SpeedTransition[] Transitions(SampleSequence sequence, TransientResult result, double holdSeconds)
    {
        var transitions = new SpeedTransition[sequence.Count];
        for (int s = 0; s < transitions.Length; s++)
        {
            double begin = s * holdSeconds, end = (s + 1) * holdSeconds;
            foreach (string node in sequence.Outputs)
            {
                double final = At(result, node, end), delay = LastCrossing(result.TimesSeconds, result.NodeVolts[node], begin, end, final) - begin;
                if (transitions[s] is { } slowest && delay <= slowest.DelaySeconds) continue;
                transitions[s] = new SpeedTransition { Sample = s, DelaySeconds = delay, SlowestNodeName = node, FinalVolts = final };
            }
        }

        return transitions;
    }

    /// <summary>Last time at which a signal comes within the band around its final value; the begin when it never leaves it.</summary>
    internal static double LastCrossing(IReadOnlyList<double> times, IReadOnlyList<double> volts, double begin, double end, double final)
    {
        int i = LastAtOrBefore(times, end);
        while (i >= 0 && times[i] >= begin && Math.Abs(volts[i] - final) <= Band * Math.Abs(final)) i--;
        if (i < 0 || times[i] < begin) return begin;

        double level = final + Math.CopySign(Band * Math.Abs(final), volts[i] - final);
        return i + 1 < times.Count && volts[i + 1] != volts[i]
            ? times[i] + (times[i + 1] - times[i]) * Math.Clamp((level - volts[i]) / (volts[i + 1] - volts[i]), 0, 1)
            : times[i];
    }

    /// <summary>Energy for one sample that the rails and the input sources deliver, joules: trapezoids of −v·i.</summary>
    private static (double Rails, double Inputs) Energies(SampleSequence sequence, TransientResult result)
    {
        double rails = 0, inputs = 0;
        foreach (Circuit.Netlists.VoltageSource source in sequence.Sources)
        {
            IReadOnlyList<double> volts = result.NodeVolts[source.Plus], amps = result.BranchAmps[source.Name], times = result.TimesSeconds;
            double joules = 0;
            for (int i = 1; i < times.Count; i++)
                joules -= (volts[i] * amps[i] + volts[i - 1] * amps[i - 1]) / 2 * (times[i] - times[i - 1]);
            if (source.Plus is NodeNames.PositiveRail or NodeNames.NegativeRail) rails += joules;
            else inputs += joules;
        }

        return (rails / sequence.Count, inputs / sequence.Count);
    }

    private static void RequireSettled(SampleSequence sequence, TransientResult result, NetworkOperatingPoint rest, double holdSeconds)
    {
        ReadOnlySpan<double> final = rest.Layers[^1].InvertedVolts.Span;
        var violations = new List<string>();
        for (int s = 0; s < sequence.Count; s++)
        {
            for (int j = 0; j < sequence.Outputs.Count; j++)
            {
                double reached = At(result, sequence.Outputs[j], (s + 1) * holdSeconds), wanted = final[s * sequence.Outputs.Count + j];
                if (Math.Abs(reached - wanted) <= UnsettledShare * Math.Abs(wanted)) continue;
                violations.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{sequence.Outputs[j]} is at {reached:G4} V when sample {s} ends after {holdSeconds:G3} s, and would settle at {wanted:G4} V; hold samples longer (speed: {{ hold_seconds: {10 * holdSeconds:G3} }})."));
            }
        }

        if (violations.Count > 0) throw new InvalidDesignException("Delay of the network", violations);
    }

    private static SpeedWaveform Waveform(SampleSequence sequence, TransientResult result, int sample, double holdSeconds, double lengthSeconds)
    {
        double[] times = [.. Enumerable.Range(0, WaveformPoints).Select(i => lengthSeconds * i / (WaveformPoints - 1))];
        return new SpeedWaveform
        {
            Sample = sample,
            TimesSeconds = times,
            NodeNames = sequence.Outputs,
            Volts = [.. sequence.Outputs.Select(node => (IReadOnlyList<double>)[.. times.Select(t => At(result, node, sample * holdSeconds + t))])],
        };
    }

    private static double At(TransientResult result, string node, double seconds)
    {
        IReadOnlyList<double> times = result.TimesSeconds, volts = result.NodeVolts[node];
        int i = LastAtOrBefore(times, seconds);
        return i < 0 ? volts[0] : i + 1 >= times.Count ? volts[i]
            : volts[i] + (volts[i + 1] - volts[i]) * (seconds - times[i]) / (times[i + 1] - times[i]);
    }

    private static int LastAtOrBefore(IReadOnlyList<double> times, double seconds)
    {
        int low = -1, high = times.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (times[middle] <= seconds) low = middle;
            else high = middle;
        }

        return low;
    }
}
