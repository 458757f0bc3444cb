using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Networks;

public sealed class SplineSurfaceTests
{
    private const int Points = 12;

    [Fact]
    [Trait("Kind", "closed form")]
    public void Polynomials_of_degree_five_are_reproduced_with_their_slopes()
    {
        SplineSurface surface = Surface((x, y) => Quintic(x) * (1 + 2 * Quintic(y)), -1, 1);

        for (double x = -0.97; x < 1; x += 0.13)
            for (double y = -0.91; y < 1; y += 0.17)
            {
                double value = surface.Evaluate(x, y, out double perX, out double perY);

                // Rounding of sums of 36 products, multiplied by the condition of the spline's system.
                Close.Numbers(Quintic(x) * (1 + 2 * Quintic(y)), value, 1e-12);
                Close.Numbers(Slope(x) * (1 + 2 * Quintic(y)), perX, 1e-11);
                Close.Numbers(Quintic(x) * 2 * Slope(y), perY, 1e-11);
            }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Derivatives_are_those_of_the_surface_inside_and_beyond_the_grid()
    {
        SplineSurface surface = Surface((x, y) => Math.Tanh(3 * x - y) + 0.2 * x * y * y, -1, 1);
        const double h = 1e-5;

        for (double x = -1.37; x < 1.4; x += 0.111)
            for (double y = -1.29; y < 1.3; y += 0.123)
            {
                surface.Evaluate(x, y, out double perX, out double perY);
                double byX = (surface.Evaluate(x + h, y, out _, out _) - surface.Evaluate(x - h, y, out _, out _)) / (2 * h);
                double byY = (surface.Evaluate(x, y + h, out _, out _) - surface.Evaluate(x, y - h, out _, out _)) / (2 * h);

                // Central differences: h² times the third derivative, below 100, plus rounding over h.
                Close.Numbers(byX, perX, 1e-8, 1e-8);
                Close.Numbers(byY, perY, 1e-8, 1e-8);
            }
    }

    private static double Quintic(double x) => 0.3 + x * (1 + x * (-2 + x * (0.5 + x * (1.5 - x))));

    private static double Slope(double x) => 1 + x * (-4 + x * (1.5 + x * (6 - 5 * x)));

    private static SplineSurface Surface(Func<double, double, double> function, double first, double last)
    {
        double step = (last - first) / (Points - 1);
        double[] values = [.. Enumerable.Range(0, Points * Points).Select(k => function(first + k / Points * step, first + k % Points * step))];
        return new SplineSurface(values, Points, first, step);
    }
}
