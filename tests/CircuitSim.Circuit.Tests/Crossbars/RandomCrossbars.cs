using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>Crossbars drawn from a seed, so that a failing test can be repeated from the seed it prints.</summary>
internal static class RandomCrossbars
{
    /// <summary>Devices of the PHAX window, 0.12 to 7.9 µS, with every kind of wire, end and convention; some devices absent.</summary>
    internal static CrossbarSpec Any(Random random, int most = 7, BitLineEnd? end = null)
    {
        int m = random.Next(1, most + 1), n = random.Next(1, most + 1);
        BitLineEnd bitLineEnd = end ?? (random.Next(2) == 0 ? BitLineEnd.Ground : BitLineEnd.Open);
        double[] g = Conductances(random, m * n, 0.12e-6, 7.9e-6);
        for (int at = 0; at < g.Length; at++)
            if (random.Next(8) == 0 && (at / n > 0 || bitLineEnd == BitLineEnd.Ground)) g[at] = 0;
        return new CrossbarSpec(m, n, g, Ohms(random, 2.5), Ohms(random, 2.5), Ohms(random, 100),
            bitLineEnd == BitLineEnd.Ground ? Ohms(random, 50) : 0, bitLineEnd,
            random.Next(2) == 0 ? WireConvention.C1 : WireConvention.C2);
    }

    /// <summary>Anything that a designer may type: devices and wires over many decades, absent devices, near shorts, faults, every convention and end.</summary>
    internal static CrossbarSpec Hostile(Random random)
    {
        int most = random.Next(4) == 0 ? 10 : 5, m = random.Next(1, most + 1), n = random.Next(1, most + 1);
        BitLineEnd end = random.Next(2) == 0 ? BitLineEnd.Ground : BitLineEnd.Open;
        (double Low, double High) window = random.Next(4) switch
        {
            0 => (-6.9, -5.1),
            1 => (-9, 0),
            2 => (-12, 3),
            _ => (-7, -3),
        };
        double wires = random.Next(3) switch { 0 => 2, 1 => 6, _ => 9 };
        var g = new double[m * n];
        for (int at = 0; at < g.Length; at++)
        {
            g[at] = Math.Pow(10, window.Low + (window.High - window.Low) * random.NextDouble());
            if (random.Next(8) == 0 && (at / n > 0 || end == BitLineEnd.Ground)) g[at] = 0;
            if (random.Next(20) == 0) g[at] = Math.Pow(10, random.Next(3, 16));
        }

        var spec = new CrossbarSpec(m, n, g, Wire(), Wire(), Wire(), end == BitLineEnd.Ground ? Wire() : 0, end,
            random.Next(2) == 0 ? WireConvention.C1 : WireConvention.C2);
        return random.Next(2) == 0 ? WithFaults(random, spec) : spec;

        double Wire() => random.Next(4) == 0 ? 0 : Math.Pow(10, -3 + (3 + wires) * random.NextDouble());
    }

    /// <summary>Sources from microvolts to volts; some lines at 0 V, some alike.</summary>
    internal static double[] HostileVolts(Random random, int count)
    {
        double scale = Math.Pow(10, -6 * random.NextDouble());
        double[] volts = [.. Enumerable.Range(0, count).Select(_ => random.Next(5) == 0 ? 0 : scale * (2 * random.NextDouble() - 1))];
        if (random.Next(4) == 0) Array.Fill(volts, 0.3);
        return volts;
    }

    /// <summary>The crossbar with one to four opens and shorts that leave no part of a line floating.</summary>
    internal static CrossbarSpec WithFaults(Random random, CrossbarSpec spec)
    {
        var faults = new List<LineFault>();
        int wanted = random.Next(1, 5);
        for (int attempt = 0; attempt < 100 && faults.Count < wanted; attempt++)
        {
            int i = random.Next(spec.WordLineCount), j = random.Next(spec.BitLineCount);
            double ohms = Math.Pow(10, 4 * random.NextDouble() - 1);
            LineFault fault = random.Next(5) switch
            {
                0 => LineFault.OpenWordLine(i, spec.WordLineSegmentOhms > 0 ? j : 0),
                1 => LineFault.OpenBitLine(spec.BitLineSegmentOhms > 0 ? i : spec.WordLineCount - 1, j),
                2 => LineFault.DeadDriver(i),
                3 => LineFault.ShortWordLines(Math.Max(i - 1, 0), j, ohms),
                _ => LineFault.ShortBitLines(i, Math.Max(j - 1, 0), ohms),
            };
            bool isPair = fault.Kind == LineFaultKind.ShortedWordLines ? spec.WordLineCount > 1
                : fault.Kind != LineFaultKind.ShortedBitLines || spec.BitLineCount > 1;
            if (isPair && LineParts.Floating(spec.WithFaults([.. faults, fault])).Count == 0) faults.Add(fault);
        }

        return spec.WithFaults(faults);
    }

    /// <summary>Low-ohmic devices and resistive wires: 1 kΩ to 100 kΩ with 10 Ω segments.</summary>
    internal static CrossbarSpec Hard(Random random, int m, int n, BitLineEnd end) =>
        new(m, n, Conductances(random, m * n, 1e-5, 1e-3), 10, 10, 100, end == BitLineEnd.Ground ? 10 : 0, end);

    /// <summary>The reference set: 125 kΩ to 8.3 MΩ, 2.5 Ω segments, sources of 100 Ω, open ends.</summary>
    internal static CrossbarSpec Ordinary(Random random, int m, int n, BitLineEnd end = BitLineEnd.Open) =>
        new(m, n, Conductances(random, m * n, 1 / 8.3e6, 1 / 125e3), 2.5, 2.5, 100, bitLineEnd: end);

    /// <summary>Conductances whose logarithm is uniform.</summary>
    internal static double[] Conductances(Random random, int count, double least, double most) =>
        [.. Enumerable.Range(0, count).Select(_ => least * Math.Pow(most / least, random.NextDouble()))];

    internal static double[] Volts(Random random, int count, double amplitude = 0.25) =>
        [.. Enumerable.Range(0, count).Select(_ => amplitude * (2 * random.NextDouble() - 1))];

    private static double Ohms(Random random, double typical) => random.Next(2) == 0 ? 0 : typical * (0.1 + random.NextDouble());
}
