using System.Numerics;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Port matrices from the mesh of conductances between sources and bit-line ends that is left of a crossbar.</summary>
internal static class PortElimination
{
    private const int BlockRows = 32;

    /// <summary>Makes the port matrices. Ends are eliminated in the precision of the mesh, responses of open ends substituted in double.</summary>
    /// <param name="spec">The crossbar.</param>
    /// <param name="mesh">Conductances among sources, then ends, row-major, right of the diagonal; used up.</param>
    /// <param name="stride">Row length.</param>
    /// <param name="unitSiemens">Unit of the mesh, a power of two.</param>
    /// <param name="options">What to make.</param>
    internal static TransferMatrix Finish<T>(CrossbarSpec spec, T[] mesh, int stride, double unitSiemens, TransferMatrixOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = spec.WordLineCount, n = spec.BitLineCount, width = n + m;
        if (spec.BitLineEnd == BitLineEnd.Ground) return Grounded(m, n, mesh, stride, unitSiemens, options);

        // Rows of the gates: to later gates, then to sources.
        var eliminated = new T[n * width];
        for (int k = 0; k < n; k++)
        {
            mesh.AsSpan((m + k) * stride + m + k + 1, n - k - 1).CopyTo(eliminated.AsSpan(k * width + k + 1));
            for (int i = 0; i < m; i++) eliminated[k * width + n + i] = mesh[i * stride + m + k];
        }

        // Every gate reaches a source: bit lines without devices were refused.
        _ = DenseElimination.Factorize<T>(eliminated, n, width, width);
        if (options.HasSourceAdmittance)
            DenseElimination.AddToMesh<T>(eliminated, n, n, m, m, width, mesh, stride, 0, options.ThreadCount);
        double[] rows = InDouble(eliminated);
        return new TransferMatrix(m, n)
        {
            GateResponse = Response(rows, m, n, options.ThreadCount),
            SourceAdmittanceSiemens = options.HasSourceAdmittance ? Admittance(mesh, stride, m, unitSiemens) : default,
            GateImpedanceOhms = options.HasGateImpedance ? Impedance(rows, n, width, unitSiemens) : default,
        };
    }

    // With every port at a known voltage, currents are what the mesh conducts.
    private static TransferMatrix Grounded<T>(int m, int n, T[] mesh, int stride, double unitSiemens, TransferMatrixOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var ends = new double[n * m];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) ends[j * m + i] = unitSiemens * double.CreateTruncating(mesh[i * stride + m + j]);
        if (!options.HasSourceAdmittance) return new TransferMatrix(m, n) { EndAdmittanceSiemens = ends };

        double[] admittance = Admittance(mesh, stride, m, unitSiemens);
        for (int i = 0; i < m; i++)
        {
            double toEnds = 0;
            for (int j = 0; j < n; j++) toEnds += ends[j * m + i];
            admittance[i * m + i] += toEnds;
        }

        return new TransferMatrix(m, n) { EndAdmittanceSiemens = ends, SourceAdmittanceSiemens = admittance };
    }

    private static double[] Admittance<T>(T[] mesh, int stride, int m, double unitSiemens)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var admittance = new double[m * m];
        for (int i = 0; i < m; i++)
            for (int k = i + 1; k < m; k++)
            {
                double coupling = -unitSiemens * double.CreateTruncating(mesh[i * stride + k]);
                admittance[i * m + k] = coupling;
                admittance[k * m + i] = coupling;
            }

        DenseLaplacian.SetDiagonal(admittance, m);
        return admittance;
    }

    private static double[] InDouble<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (values is double[] already) return already;
        var converted = new double[values.Length];
        for (int k = 0; k < values.Length; k++) converted[k] = double.CreateTruncating(values[k]);
        return converted;
    }

    // A gate is a mean of later gates and sources; from the last one up all become means of sources. Rows were divided by the
    // square root of their sums, which is the sum of what they are now.
    private static double[] Response(double[] rows, int m, int n, int threadCount)
    {
        int width = n + m;
        var response = new double[n * m];
        for (int k = 0; k < n; k++) rows.AsSpan(k * width + n, m).CopyTo(response.AsSpan(k * m));
        for (int start = (n - 1) / BlockRows * BlockRows; start >= 0; start -= BlockRows)
        {
            int end = Math.Min(start + BlockRows, n);
            if (end < n)
                Gemm.Multiply(
                    new GemmView<double>(rows.AsSpan(start * width + end), end - start, n - end, width), GemmView.RowMajor(response.AsSpan(end * m), n - end, m),
                    response.AsSpan(start * m, (end - start) * m), m, accumulate: true, threadCount);
            for (int k = end - 1; k >= start; k--)
            {
                Span<double> row = response.AsSpan(k * m, m);
                for (int a = k + 1; a < end; a++) DenseKernels.AddScaled(rows[k * width + a], response.AsSpan(a * m, m), row);
                double sum = DenseKernels.Sum(rows.AsSpan(k * width + k + 1, width - k - 1));
                for (int i = 0; i < m; i++) row[i] /= sum;
            }
        }

        return response;
    }

    // With K = Rᵀ·R of the gates, Z = R⁻¹·R⁻ᵀ. R⁻¹ has no negative entry.
    private static double[] Impedance(double[] rows, int n, int width, double unitSiemens)
    {
        var inverse = new double[n * n];
        for (int k = n - 1; k >= 0; k--)
        {
            Span<double> row = inverse.AsSpan(k * n, n);
            row[k] = 1;
            for (int a = k + 1; a < n; a++) DenseKernels.AddScaled(rows[k * width + a], inverse.AsSpan(a * n + a, n - a), row[a..]);
            DenseKernels.Scale(rows[k * width + k], row);
        }

        var impedance = new double[n * n];
        GemmView<double> factor = GemmView.RowMajor(inverse, n, n);
        Gemm.Multiply(factor, factor.Transposed, impedance, n);
        if (unitSiemens != 1) DenseKernels.Scale(1 / unitSiemens, impedance.AsSpan());
        // Blocks are summed in the same order on both sides of the diagonal, but not by the same instructions.
        for (int a = 0; a < n; a++)
            for (int b = 0; b < a; b++) impedance[a * n + b] = impedance[b * n + a];
        return impedance;
    }
}
