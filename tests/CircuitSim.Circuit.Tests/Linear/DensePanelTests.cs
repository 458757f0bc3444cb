using CircuitSim.Circuit.Linear;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Linear;

public sealed unsafe class DensePanelTests
{
    [SkippableTheory]
    [Trait("Kind", "property")]
    [InlineData(1, 1)]
    [InlineData(6, 5)]
    [InlineData(13, 40)]
    public void Products_match_a_plain_loop(int rows, int columns)
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");
        var random = new Random(rows);
        double[] matrix = Numbers(random, rows * columns);
        var factor = new DenseBuffer(columns * DensePanel.Width);
        Numbers(random, columns * DensePanel.Width).CopyTo(factor.Span);
        var panel = new DensePanel(matrix, rows, columns, columns);
        var product = new DenseBuffer(panel.PaddedRows * DensePanel.Width);

        panel.Multiply<DenseLanes256>(factor.Start, product.Start);

        for (int i = 0; i < rows; i++)
            for (int s = 0; s < DensePanel.Width; s++)
            {
                double sum = 0;
                for (int k = 0; k < columns; k++) sum += matrix[i * columns + k] * factor.Span[k * DensePanel.Width + s];
                // One rounding a term, terms up to 1.
                Close.Numbers(sum, product.Span[i * DensePanel.Width + s], columns * 1.2e-16);
            }
    }

    [SkippableTheory]
    [Trait("Kind", "property")]
    [InlineData(1, 1)]
    [InlineData(32, 16)]
    [InlineData(19, 21)]
    public void Turning_samples_into_columns_and_back_changes_nothing(int samples, int items)
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");
        double[] from = Numbers(new Random(items), samples * items), back = new double[samples * items];
        var columns = new DenseBuffer(items * DensePanel.Width);
        columns.Span.Fill(double.NaN);

        fixed (double* start = from, end = back)
        {
            DenseTranspose.ToColumns<DenseLanes256>(start, samples, items, columns.Start, DensePanel.Width);
            DenseTranspose.ToRows<DenseLanes256>(columns.Start, DensePanel.Width, items, end, samples);
        }

        Assert.Equal(from, back);
        for (int k = 0; k < items; k++)
            for (int s = 0; s < DensePanel.Width; s++)
                Assert.Equal(s < samples ? from[s * items + k] : 0, columns.Span[k * DensePanel.Width + s]);
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
}
