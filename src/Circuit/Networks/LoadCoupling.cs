using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>A crossbar's port admittance as a diagonal minus a few outer products, Y ≈ D − U·Uᵀ: what makes a Newton step on a whole layer cheap.</summary>
/// <remarks>
/// With ideal wires Y = D_r − G·D_c⁻¹·Gᵀ, which has as many outer products as the crossbar has bit lines. Wires change it
/// little, and of many bit lines the leading few carry the coupling. Residuals use the exact Y; this only steers the steps.
/// </remarks>
internal sealed class LoadCoupling
{
    private const int MostColumns = 16;
    private const int SubspaceSteps = 12;

    private LoadCoupling(double[] diagonal, double[] factor, int columns, bool isExact) =>
        (Diagonal, Factor, Columns, IsExact) = (diagonal, factor, columns, isExact);

    /// <summary>D, siemens, one entry an output.</summary>
    internal double[] Diagonal { get; }

    /// <summary>U, √siemens, row-major [output, column].</summary>
    internal double[] Factor { get; }

    internal int Columns { get; }

    /// <summary>True when D − U·Uᵀ is Y itself: ideal wires and sources, and every bit line counted.</summary>
    internal bool IsExact { get; }

    /// <summary>No load: D and U are zero.</summary>
    internal static LoadCoupling None(int outputs) => new(new double[outputs], [], 0, true);

    /// <summary>Coupling of the outputs that drive a crossbar.</summary>
    internal static LoadCoupling Of(CrossbarSpec crossbar, TransferMatrix transfer)
    {
        int outputs = crossbar.WordLineCount - 2, n = crossbar.BitLineCount;
        double[] full = BitLineFactor(crossbar, outputs);
        (double[] factor, int columns) = n <= MostColumns ? (full, n) : (Leading(full, outputs, n), MostColumns);
        var diagonal = new double[outputs];
        for (int i = 0; i < outputs; i++)
        {
            ReadOnlySpan<double> row = factor.AsSpan(i * columns, columns);
            diagonal[i] = transfer.SourceAdmittanceSiemens.Span[i * crossbar.WordLineCount + i] + DenseKernels.Dot(row, row);
        }

        return new LoadCoupling(diagonal, factor, columns, crossbar.HasIdealWires && crossbar.SourceOhms == 0 && columns == n);
    }

    private static double[] BitLineFactor(CrossbarSpec crossbar, int outputs)
    {
        int n = crossbar.BitLineCount;
        var sum = new double[n];
        for (int i = 0; i < crossbar.WordLineCount; i++)
            for (int j = 0; j < n; j++) sum[j] += crossbar[i, j];
        var factor = new double[outputs * n];
        var opens = new LineOpens(crossbar);
        for (int i = 0; i < outputs; i++)
            // Devices behind an open are not the output's.
            for (int j = 0; j < n && !opens.Word(i, j); j++) factor[i * n + j] = crossbar[i, j] / Math.Sqrt(sum[j]);
        return factor;
    }

    // Subspace iteration for the leading left directions Q of U; then U·Uᵀ ≈ Q·(Qᵀ U)(Qᵀ U)ᵀ·Qᵀ = (Q L)(Q L)ᵀ.
    private static double[] Leading(double[] u, int outputs, int n)
    {
        var q = new double[MostColumns][];
        for (int c = 0; c < MostColumns; c++)
        {
            q[c] = new double[outputs];
            for (int i = 0; i < outputs; i++) q[c][i] = u[i * n + c];
        }

        var projected = new double[MostColumns][];
        for (int step = 0; step <= SubspaceSteps; step++)
        {
            Orthonormalize(q);
            for (int c = 0; c < MostColumns; c++) projected[c] = TimesTransposed(u, n, q[c]);
            if (step == SubspaceSteps) break;
            for (int c = 0; c < MostColumns; c++)
                for (int i = 0; i < outputs; i++) q[c][i] = DenseKernels.Dot(u.AsSpan(i * n, n), projected[c]);
        }

        double[] lower = Cholesky(projected);
        var factor = new double[outputs * MostColumns];
        for (int i = 0; i < outputs; i++)
            for (int c = 0; c < MostColumns; c++)
                for (int d = c; d < MostColumns; d++) factor[i * MostColumns + c] += q[d][i] * lower[d * MostColumns + c];
        return factor;
    }

    private static double[] TimesTransposed(double[] u, int n, double[] x)
    {
        var y = new double[n];
        for (int i = 0; i < x.Length; i++) DenseKernels.AddScaled(x[i], u.AsSpan(i * n, n), y);
        return y;
    }

    private static void Orthonormalize(double[][] q)
    {
        for (int c = 0; c < q.Length; c++)
        {
            for (int d = 0; d < c; d++) DenseKernels.AddScaled(-DenseKernels.Dot(q[d], q[c]), q[d], q[c]);
            double length = Math.Sqrt(DenseKernels.Dot(q[c], q[c]));
            // A direction that vanishes is dropped: it stays zero.
            for (int i = 0; i < q[c].Length; i++) q[c][i] = length > 1e-30 ? q[c][i] / length : 0;
        }
    }

    private static double[] Cholesky(double[][] rows)
    {
        int size = rows.Length;
        var lower = new double[size * size];
        for (int i = 0; i < size; i++)
            for (int k = 0; k <= i; k++)
            {
                double sum = DenseKernels.Dot(rows[i], rows[k]);
                for (int c = 0; c < k; c++) sum -= lower[i * size + c] * lower[k * size + c];
                double pivot = lower[k * size + k];
                lower[i * size + k] = i == k ? Math.Sqrt(Math.Max(sum, 0)) : pivot > 0 ? sum / pivot : 0;
            }

        return lower;
    }
}
