using System.Numerics;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Tests.Netlists;
using CircuitSim.TestSupport;
using Xunit.Sdk;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>Compares results of two engines vector by vector, with the bounds that the project promises.</summary>
internal static class Agreement
{
    /// <summary>Compares two results of one analysis.</summary>
    /// <param name="theirs">The reference.</param>
    /// <param name="ours">The result under test.</param>
    /// <param name="absolute">Volts (and amperes) allowed at DC.</param>
    public static void Check(AnalysisResult theirs, AnalysisResult ours, double absolute)
    {
        switch (theirs, ours)
        {
            case (OperatingPoint a, OperatingPoint b):
                Points(a.NodeVolts, b.NodeVolts, absolute);
                Points(a.BranchAmps, b.BranchAmps, absolute);
                break;
            case (DcSweepResult a, DcSweepResult b):
                // Levels are start + i·step in both, with one rounding each.
                Close.Lists([.. a.Levels], [.. b.Levels], 1e-12, 1e-12, "levels");
                Curves(a.NodeVolts, b.NodeVolts, absolute);
                Curves(a.BranchAmps, b.BranchAmps, absolute);
                break;
            case (AcResult a, AcResult b):
                // ngspice multiplies the frequency by a factor from point to point and so gathers rounding.
                Close.Lists([.. a.FrequenciesHertz], [.. b.FrequenciesHertz], 0, 1e-12, "frequencies");
                Phasors(a.NodeVolts, b.NodeVolts);
                Phasors(a.BranchAmps, b.BranchAmps);
                break;
            case (TransientResult a, TransientResult b):
                Courses(a, b);
                break;
            default:
                throw new XunitException($"{theirs.GetType().Name} cannot be compared with {ours.GetType().Name}.");
        }
    }

    private static void Points(IReadOnlyDictionary<string, double> theirs, IReadOnlyDictionary<string, double> ours, double absolute)
    {
        SameNames(theirs.Keys, ours.Keys);
        foreach ((string name, double value) in theirs) Close.Numbers(value, ours[name], absolute, 0, name);
    }

    private static void Curves(IReadOnlyDictionary<string, IReadOnlyList<double>> theirs, IReadOnlyDictionary<string, IReadOnlyList<double>> ours, double absolute)
    {
        SameNames(theirs.Keys, ours.Keys);
        foreach ((string name, IReadOnlyList<double> values) in theirs) Close.Lists([.. values], [.. ours[name]], absolute, 0, name);
    }

    private static void Phasors(IReadOnlyDictionary<string, IReadOnlyList<Complex>> theirs, IReadOnlyDictionary<string, IReadOnlyList<Complex>> ours)
    {
        SameNames(theirs.Keys, ours.Keys);
        foreach ((string name, IReadOnlyList<Complex> values) in theirs)
        {
            Assert.Equal(values.Count, ours[name].Count);
            double largest = values.Max(v => v.Magnitude);
            for (int i = 0; i < values.Count; i++)
            {
                // 1e-7 relative; far below the largest value both engines are left with rounding.
                double bound = 1e-7 * values[i].Magnitude + 1e-13 * largest + 1e-18;
                if ((values[i] - ours[name][i]).Magnitude > bound) throw new XunitException($"{name}[{i}]: expected {values[i]}, got {ours[name][i]}.");
            }
        }
    }

    private static void Courses(TransientResult theirs, TransientResult ours)
    {
        SameNames(theirs.NodeVolts.Keys, ours.NodeVolts.Keys);
        double start = theirs.TimesSeconds[0], stop = Math.Min(theirs.TimesSeconds[^1], ours.TimesSeconds[^1]);
        // An expected file holds 101 samples, which are compared where they are; a run is compared at 400 times.
        double[] times = theirs.TimesSeconds.Count <= 101
            ? [.. theirs.TimesSeconds]
            : [.. Enumerable.Range(0, 400).Select(i => start + (stop - start) * (i + 0.5) / 400)];
        foreach ((string name, IReadOnlyList<double> values) in theirs.NodeVolts)
        {
            double swing = values.Max() - values.Min();
            double[] errors = [.. times
                .Select(t => Math.Abs(Sampling.At(theirs.TimesSeconds, values, t) - Sampling.At(ours.TimesSeconds, ours.NodeVolts[name], t)))
                .Order()];
            // A part in a thousand of the swing at 98 % of the times; corners, where both interpolate, are the rest.
            Close.Numbers(0, errors[(int)(0.98 * (errors.Length - 1))], 1e-3 * swing + 1e-9, 0, $"{name} at the 98th percentile of {errors.Length} times");
        }
    }

    private static void SameNames(IEnumerable<string> theirs, IEnumerable<string> ours)
        => Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
}
