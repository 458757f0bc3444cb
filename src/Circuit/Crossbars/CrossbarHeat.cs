namespace CircuitSim.Circuit.Crossbars;

/// <summary>Where a solved crossbar turns power into heat, watts.</summary>
/// <param name="Devices">Memristors, G·(drop)².</param>
/// <param name="WordLines">Word-line segments, R·i² with currents summed from the open far end.</param>
/// <param name="BitLines">Bit-line segments.</param>
/// <param name="SourceResistances">Resistances between sources and word lines.</param>
/// <param name="Shorts">Shorts between neighbouring lines.</param>
/// <param name="Terminals">Resistances between bit lines and ground.</param>
internal readonly record struct CrossbarHeat(
    double Devices, double WordLines, double BitLines, double SourceResistances, double Shorts, double Terminals)
{
    internal static CrossbarHeat Of(CrossbarSpec spec, ReadOnlySpan<double> sourceVolts, CrossbarState state)
    {
        int m = spec.WordLineCount, n = spec.BitLineCount;
        bool hasOuter = spec.Convention == WireConvention.C1;
        double[] wordAmps = new double[m * n], bitAmps = new double[m * n];
        double devices = 0, wordLines = 0, bitLines = 0, sources = 0, shorts = 0, terminals = 0;
        ReadOnlySpan<double> g = spec.ConductanceSiemens.Span;
        for (int at = 0; at < wordAmps.Length; at++) wordAmps[at] = g[at] * (sourceVolts[at / n] + state.WordDeviationVolts[at] - state.BitVolts[at]);
        var strong = new StrongDevices(spec);
        foreach (int at in strong.Places) wordAmps[at] = strong.Amps(at, state, state.ShortAmps, []);
        for (int at = 0; at < wordAmps.Length; at++)
        {
            bitAmps[at] = -wordAmps[at];
            if (g[at] > 0) devices += wordAmps[at] * (wordAmps[at] / g[at]);
        }

        // A short takes current out of one line's cross-point and gives it to the next line's.
        LineFault[] faults = [.. spec.Faults.Where(fault => !fault.IsOpen)];
        for (int k = 0; k < faults.Length; k++)
        {
            Branch.OfShort(faults[k], n).Push(state.ShortAmps[k], wordAmps, bitAmps);
            shorts += state.ShortAmps[k] * state.ShortAmps[k] * faults[k].Ohms;
        }

        for (int i = 0; i < m; i++)
        {
            double amps = 0;
            for (int j = n - 1; j >= 0; j--)
            {
                amps += wordAmps[i * n + j];
                if (j > 0 || hasOuter) wordLines += spec.WordLineSegmentOhms * amps * amps;
            }

            sources += spec.SourceOhms * amps * amps;
        }

        for (int j = 0; j < n; j++)
        {
            double amps = 0;
            for (int i = 0; i < m; i++)
            {
                amps -= bitAmps[i * n + j];
                if (i < m - 1 || hasOuter) bitLines += spec.BitLineSegmentOhms * amps * amps;
            }

            terminals += spec.TerminalOhms * amps * amps;
        }

        return new CrossbarHeat(devices, wordLines, bitLines, sources, shorts, terminals);
    }
}
