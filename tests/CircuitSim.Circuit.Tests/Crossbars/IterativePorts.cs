using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>Port matrices by one solve a port with conjugate gradients: the plain way, as the oracle of the direct ones.</summary>
internal static class IterativePorts
{
    // Estimated error of a solve at about one volt; the estimate is of the algebra, so it can go below rounding.
    private const double ToleranceVolts = 1e-15;
    private const int MostIterations = 5000;

    /// <summary>Row-major [word line, word line].</summary>
    internal static double[] SourceAdmittance(CrossbarSpec spec) => PerSource(spec, state => state.WordLineAmps, spec.WordLineCount);

    /// <summary>Volts at open ends or amps into grounded ones per volt of a source, row-major [bit line, word line].</summary>
    internal static double[] Ends(CrossbarSpec spec)
    {
        int m = spec.WordLineCount, n = spec.BitLineCount;
        double[] perSource = PerSource(spec, state => spec.BitLineEnd == BitLineEnd.Open ? state.LastVolts : state.EndAmps, n);
        var ends = new double[n * m];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) ends[j * m + i] = perSource[i * n + j];
        return ends;
    }

    /// <summary>Volts at open ends per ampere pushed into one, row-major.</summary>
    internal static double[] GateImpedance(CrossbarSpec spec)
    {
        int n = spec.BitLineCount;
        ICrossbarCore core = CrossbarCores.Iterative(spec);
        var impedance = new double[n * n];
        var pushed = new double[n];
        for (int j = 0; j < n; j++)
        {
            double amps = 0;
            for (int i = 0; i < spec.WordLineCount; i++) amps += spec[i, j];
            pushed[j] = amps;
            double[] volts = core.Solve(
                new CrossbarDrive { SourceVolts = new double[spec.WordLineCount], EndAmps = pushed }, ToleranceVolts, MostIterations, hasNodes: false).LastVolts;
            pushed[j] = 0;
            for (int k = 0; k < n; k++) impedance[k * n + j] = volts[k] / amps;
            // The last segment carries the pushed current.
            if (spec.Convention == WireConvention.C1) impedance[j * n + j] += spec.BitLineSegmentOhms;
        }

        return impedance;
    }

    private static double[] PerSource(CrossbarSpec spec, Func<CrossbarState, double[]> part, int length)
    {
        ICrossbarCore core = CrossbarCores.Iterative(spec);
        var rows = new double[spec.WordLineCount * length];
        var sourceVolts = new double[spec.WordLineCount];
        for (int i = 0; i < spec.WordLineCount; i++)
        {
            sourceVolts[i] = 1;
            CrossbarState state = core.Solve(new CrossbarDrive { SourceVolts = sourceVolts }, ToleranceVolts, MostIterations, hasNodes: false);
            sourceVolts[i] = 0;
            part(state).CopyTo(rows, i * length);
        }

        return rows;
    }
}
