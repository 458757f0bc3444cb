using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Linear;

public sealed class DenseLuTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(33)]
    public void Solutions_satisfy_the_system_and_the_transposed_one(int size)
    {
        var random = new Random(size);
        double[] a = [.. Enumerable.Range(0, size * size).Select(_ => 2 * random.NextDouble() - 1)];
        double[] b = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble())];
        double[] x = [.. b], y = [.. b];
        var lu = new DenseLu(size);
        a.CopyTo(lu.Matrix);

        lu.Factorize();
        lu.Solve(x);
        lu.SolveTransposed(y);

        for (int i = 0; i < size; i++)
        {
            double row = 0, column = 0;
            for (int k = 0; k < size; k++)
            {
                row += a[i * size + k] * x[k];
                column += a[k * size + i] * y[k];
            }

            // Backward error of elimination with pivoting, about size roundings of the largest solution.
            double bound = 1e-14 * size * (1 + Math.Max(x.Max(Math.Abs), y.Max(Math.Abs)));
            Close.Numbers(b[i], row, bound);
            Close.Numbers(b[i], column, bound);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_singular_matrix_is_refused()
    {
        var lu = new DenseLu(2);
        new[] { 1.0, 2.0, 2.0, 4.0 }.CopyTo(lu.Matrix);

        Assert.Throws<SingularSystemException>(lu.Factorize);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_first_number_that_is_not_finite_is_found()
    {
        Assert.Equal(-1, DenseKernels.IndexOfNotFinite([1, -2, 0, 4, 5, 6, 7, 8, 9, double.MaxValue]));
        Assert.Equal(9, DenseKernels.IndexOfNotFinite([1, -2, 0, 4, 5, 6, 7, 8, 9, double.NaN]));
        Assert.Equal(2, DenseKernels.IndexOfNotFinite([1, -2, double.NegativeInfinity, 4, 5, 6, 7, 8, 9]));
    }
}
