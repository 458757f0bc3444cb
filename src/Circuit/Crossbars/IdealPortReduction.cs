using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Ports of a crossbar whose wires and sources have no resistance, in closed form.</summary>
/// <remarks>With column sums D_c and row sums D_r: T = D_c⁻¹ Gᵀ (Millman's theorem), Y = D_r − G D_c⁻¹ Gᵀ and Z = D_c⁻¹.</remarks>
internal static class IdealPortReduction
{
    internal static TransferMatrix Compute(CrossbarSpec spec, TransferMatrixOptions options)
    {
        int m = spec.WordLineCount, n = spec.BitLineCount;
        ReadOnlySpan<double> g = spec.ConductanceSiemens.Span;
        var sum = new double[n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) sum[j] += g[i * n + j];

        var response = new double[n * m];
        var share = new double[m * n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                share[i * n + j] = g[i * n + j] / sum[j];
                response[j * m + i] = share[i * n + j];
            }

        return new TransferMatrix(m, n)
        {
            GateResponse = response,
            SourceAdmittanceSiemens = options.HasSourceAdmittance ? Admittance(g, share, m, n) : default,
            GateImpedanceOhms = options.HasGateImpedance ? Impedance(sum) : default,
        };
    }

    private static double[] Admittance(ReadOnlySpan<double> g, double[] share, int m, int n)
    {
        var admittance = new double[m * m];
        for (int i = 0; i < m; i++)
            for (int k = 0; k < i; k++)
            {
                double coupling = -DenseKernels.Dot(g.Slice(i * n, n), share.AsSpan(k * n, n));
                admittance[i * m + k] = coupling;
                admittance[k * m + i] = coupling;
            }

        DenseLaplacian.SetDiagonal(admittance, m);
        return admittance;
    }

    private static double[] Impedance(double[] sum)
    {
        var impedance = new double[sum.Length * sum.Length];
        for (int j = 0; j < sum.Length; j++) impedance[j * sum.Length + j] = 1 / sum[j];
        return impedance;
    }
}
