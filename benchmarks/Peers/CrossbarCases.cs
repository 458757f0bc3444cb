using System.Diagnostics;
using System.Globalization;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Peers;

/// <summary>Crossbars, networks and clocks that the measurements share.</summary>
internal static class CrossbarCases
{
    internal const double MinimumOhms = 125e3, MaximumOhms = 8.3e6, SegmentOhms = 2.5, SourceOhms = 100;

    /// <summary>Open-ended crossbar with resistances spread evenly in their logarithm.</summary>
    internal static CrossbarSpec Crossbar(
        int wordLines, int bitLines, double minimumOhms = MinimumOhms, double maximumOhms = MaximumOhms,
        double segmentOhms = SegmentOhms, double sourceOhms = SourceOhms)
    {
        var random = new CounterRandom(1, "devices");
        var siemens = new double[wordLines * bitLines];
        for (int i = 0; i < siemens.Length; i++) siemens[i] = Math.Exp(random.Uniform((ulong)i, -Math.Log(maximumOhms), -Math.Log(minimumOhms)));
        return new CrossbarSpec(wordLines, bitLines, siemens, segmentOhms, segmentOhms, sourceOhms, bitLineEnd: BitLineEnd.Open);
    }

    /// <summary>Inverter network of random devices of the PHAX window.</summary>
    internal static NetworkCircuit Network(double segmentOhms, params int[] sizes) => new(0.5, InverterModel.EkvPhax90,
        [.. Enumerable.Range(0, sizes.Length - 1).Select(l => new LayerCircuit(Crossbar(2 * sizes[l] + 2, sizes[l + 1], 1e6, 8.3e6, segmentOhms, 0)))]);

    internal static double[] Volts(int count)
    {
        var random = new CounterRandom(2, "sources");
        return [.. Enumerable.Range(0, count).Select(i => random.Uniform((ulong)i, -0.25, 0.25))];
    }

    /// <summary>Best of several runs, seconds, after one that does not count.</summary>
    internal static double Best(int runs, Action work)
    {
        double best = double.PositiveInfinity;
        work();
        for (int i = 0; i < runs; i++) best = Math.Min(best, Once(work));
        return best;
    }

    /// <summary>Seconds of the fastest run, and of the one in the middle.</summary>
    internal readonly record struct Timing(double Best, double Median);

    /// <summary>Times two pieces of work in turn, so that both see the same machine; each is run once before it counts.</summary>
    internal static (Timing Fast, Timing Slow) Interleaved(int rounds, int fastRunsARound, Action fast, Action? slow)
    {
        var fastSeconds = new List<double>();
        var slowSeconds = new List<double>();
        fast();
        slow?.Invoke();
        for (int round = 0; round < rounds; round++)
        {
            for (int run = 0; run < fastRunsARound; run++) fastSeconds.Add(Once(fast));
            if (slow is not null) slowSeconds.Add(Once(slow));
        }

        return (Of(fastSeconds), slow is null ? default : Of(slowSeconds));

        static Timing Of(List<double> seconds)
        {
            seconds.Sort();
            return new Timing(seconds[0], seconds[seconds.Count / 2]);
        }
    }

    internal static double Once(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Operating point of a crossbar in another engine.</summary>
    /// <returns>Seconds of the whole call, and the volts of the open ends.</returns>
    internal static (double Seconds, double[] Volts) SolveIn(ICircuitEngine engine, CrossbarSpec spec, double[] volts)
    {
        int m = spec.WordLineCount, n = spec.BitLineCount;
        var elements = new List<Element>();
        for (int i = 0; i < m; i++)
        {
            elements.Add(new VoltageSource($"v{i}", $"s{i}", "0", volts[i]));
            for (int j = 0; j < n; j++)
            {
                elements.Add(new Resistor($"rw{i}_{j}", j == 0 ? $"s{i}" : $"w{i}_{j - 1}", $"w{i}_{j}", spec.WordLineSegmentOhms + (j == 0 ? spec.SourceOhms : 0)));
                elements.Add(new Resistor($"r{i}_{j}", $"w{i}_{j}", $"b{i}_{j}", 1 / spec[i, j]));
                elements.Add(new Resistor($"rb{i}_{j}", $"b{i}_{j}", i == m - 1 ? $"e{j}" : $"b{i + 1}_{j}", spec.BitLineSegmentOhms));
            }
        }

        // ngspice starts its own gmin of 1e-12 S from every node; that is not part of the crossbar.
        var netlist = new Netlist
        {
            Title = "crossbar",
            Elements = elements,
            Analyses = [new OperatingPointAnalysis()],
            Options = new Dictionary<string, string> { ["gmin"] = "1e-21" },
            SavedVectors = [.. Enumerable.Range(0, n).Select(j => $"v(e{j})")],
        };
        EngineResult? result = null;
        double seconds = Once(() => result = engine.Solve(netlist, EngineOptions.Default));
        var point = (OperatingPoint)result!.Analyses[0];
        return (seconds, [.. Enumerable.Range(0, n).Select(j => point.NodeVolts[$"e{j}"])]);
    }

    internal static double LargestDifference(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double largest = 0;
        for (int i = 0; i < left.Length; i++) largest = Math.Max(largest, Math.Abs(left[i] - right[i]));
        return largest;
    }

    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
