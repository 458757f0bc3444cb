namespace CircuitSim.Training.InSitu.Cores;

/// <summary>Products of one weight matrix, row-major [output, input], with one vector.</summary>
internal static class MatrixProducts
{
    internal static void Multiply(ReadOnlySpan<double> weights, ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            ReadOnlySpan<double> row = weights.Slice(i * x.Length, x.Length);
            double sum = 0;
            for (int j = 0; j < row.Length; j++) sum += row[j] * x[j];
            y[i] = sum;
        }
    }

    internal static void MultiplyTransposed(ReadOnlySpan<double> weights, ReadOnlySpan<double> p, Span<double> y)
    {
        y.Clear();
        for (int i = 0; i < p.Length; i++)
        {
            ReadOnlySpan<double> row = weights.Slice(i * y.Length, y.Length);
            for (int j = 0; j < row.Length; j++) y[j] += row[j] * p[i];
        }
    }

    /// <summary>u += p·xᵀ.</summary>
    internal static void AddOuter(ReadOnlySpan<double> p, ReadOnlySpan<double> x, Span<double> u)
    {
        for (int i = 0; i < p.Length; i++)
        {
            Span<double> row = u.Slice(i * x.Length, x.Length);
            for (int j = 0; j < row.Length; j++) row[j] += p[i] * x[j];
        }
    }
}
