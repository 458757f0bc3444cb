using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Ports of a crossbar by one solve a port.</summary>
/// <remarks>
/// T comes from currents pushed into the bit-line ends: by reciprocity, the share of such a current that leaves through source
/// i is the response of that end to source i. Y comes from one volt at each source in turn.
/// </remarks>
internal static class IterativePortReduction
{
    // Estimated error of a solve at about one volt; the estimate is of the algebra, so it can go below rounding.
    private const double ToleranceVolts = 1e-15;

    internal static TransferMatrix Compute(CrossbarSpec spec, bool hasSourceAdmittance, CancellationToken cancellationToken)
    {
        CrossbarSolver solver = CrossbarSolver.Factorize(spec);
        double[] response = Response(spec, solver, cancellationToken);
        double[] admittance = hasSourceAdmittance ? Admittance(spec, solver, cancellationToken) : [];
        return new TransferMatrix(spec.WordLineCount, spec.BitLineCount, response, admittance);
    }

    private static double[] Response(CrossbarSpec spec, CrossbarSolver solver, CancellationToken cancellationToken)
    {
        int m = spec.WordLineCount, n = spec.BitLineCount;
        var response = new double[n * m];
        var zeroVolts = new double[m];
        var pushed = new double[n];
        for (int j = 0; j < n; j++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double amps = 0;
            for (int i = 0; i < m; i++) amps += spec[i, j];
            pushed[j] = amps;
            CrossbarState state = solver.SolveDrive(
                new CrossbarDrive { SourceVolts = zeroVolts, EndAmps = pushed }, ToleranceVolts, hasNodes: false);
            pushed[j] = 0;
            for (int i = 0; i < m; i++) response[j * m + i] = -state.WordLineAmps[i] / amps;
        }

        return response;
    }

    private static double[] Admittance(CrossbarSpec spec, CrossbarSolver solver, CancellationToken cancellationToken)
    {
        int m = spec.WordLineCount;
        var admittance = new double[m * m];
        var sourceVolts = new double[m];
        for (int i = 0; i < m; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sourceVolts[i] = 1;
            CrossbarState state = solver.SolveDrive(new CrossbarDrive { SourceVolts = sourceVolts }, ToleranceVolts, hasNodes: false);
            sourceVolts[i] = 0;
            state.WordLineAmps.CopyTo(admittance, i * m);
        }

        for (int i = 0; i < m; i++)
            for (int k = 0; k < i; k++)
            {
                double coupling = 0.5 * (admittance[i * m + k] + admittance[k * m + i]);
                admittance[i * m + k] = coupling;
                admittance[k * m + i] = coupling;
            }

        DenseLaplacian.SetDiagonal(admittance, m);
        return admittance;
    }
}
