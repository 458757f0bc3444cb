using CircuitSim.TestSupport;
using CircuitSim.Training.Kernels;

namespace CircuitSim.Training.Tests.Kernels;

public sealed unsafe class VectorMathTests
{
    // Four units in the last place for our formulas and one for the run-time's functions they are compared with.
    private const double Relative = 5 * 2.220446049250313e-16;

    [Fact]
    [Trait("Kind", "closed form")]
    public void Exp_is_accurate_over_its_whole_range()
    {
        double[] x = Sweep(-708, 708, 20_011), y = new double[x.Length];

        VectorMath.Exp(x, y);

        for (int i = 0; i < x.Length; i++) Close.Numbers(Math.Exp(x[i]), y[i], 0, Relative, $"exp({x[i]:R})");
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Sigmoid_is_accurate_in_both_tails()
    {
        double[] x = [.. Sweep(-700, 700, 10_007), .. Sweep(-40, 40, 10_007)], y = new double[x.Length];

        VectorMath.Sigmoid(x, y);

        for (int i = 0; i < x.Length; i++)
        {
            double e = Math.Exp(-Math.Abs(x[i]));
            Close.Numbers(x[i] >= 0 ? 1 / (1 + e) : e / (1 + e), y[i], 0, Relative, $"sigmoid({x[i]:R})");
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Tanh_is_accurate_relative_to_itself_near_zero_too()
    {
        double[] x = [.. Sweep(-25, 25, 10_007), .. Sweep(-1, 1, 10_007), .. Sweep(-1e-5, 1e-5, 1001), 1e-300, -1e-300, 0, 1e6, -1e6];
        double[] y = new double[x.Length];

        VectorMath.Tanh(x, y);

        for (int i = 0; i < x.Length; i++) Close.Numbers(Math.Tanh(x[i]), y[i], 0, Relative, $"tanh({x[i]:R})");
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void ScaledTanh_gives_value_and_slope()
    {
        double[] x = Sweep(-0.25, 0.25, 1003), y = new double[x.Length], slope = new double[x.Length];

        VectorMath.ScaledTanh(x, -0.25, 31.7581, -0.0235, y, slope);

        for (int i = 0; i < x.Length; i++)
        {
            double u = 31.7581 * (x[i] + 0.0235), e = Math.Exp(-2 * Math.Abs(u));

            // 1 − tanh² = 4e/(1+e)² has no cancellation; (1−t)(1+t) inherits the rounding of t, 2e-16, over 1 − t.
            double sech2 = 4 * e / ((1 + e) * (1 + e));
            Close.Numbers(-0.25 * Math.Tanh(u), y[i], 0, 2 * Relative, "value");
            Close.Numbers(-0.25 * 31.7581 * sech2, slope[i], 0.25 * 31.7581 * 1e-15, 2 * Relative, "slope");
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Conductance_gives_value_and_slope_with_all_digits_in_both_tails()
    {
        double[] x = Sweep(-4, 4, 2005), sigma = new double[x.Length], slope = new double[x.Length];

        VectorMath.Conductance(x, 7.33, 10, sigma, slope);

        for (int i = 0; i < x.Length; i++)
        {
            double e = Math.Exp(-Math.Abs(10 * x[i]));
            double s = x[i] >= 0 ? 1 / (1 + e) : e / (1 + e);

            // The argument, up to 40, is rounded before the exponential: 40 more units.
            Close.Numbers(1 + 7.33 * s, sigma[i], 0, 3 * Relative, "sigma");
            Close.Numbers(7.33 * 10 * e / ((1 + e) * (1 + e)), slope[i], 0, 1e-14, "slope");
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_vector_width_gives_the_same_bits()
    {
        double[] x = Sweep(-30, 30, 1000);
        double[] wide = new double[1000], half = new double[1000], scalar = new double[1000];
        fixed (double* source = x, w = wide, h = half, s = scalar)
        {
            Assert.Equal(1000, VectorMath.MapLanes<TanhFunction, Lanes512>(default, source, w, w, 0, 1000));
            Assert.Equal(1000, VectorMath.MapLanes<TanhFunction, Lanes256>(default, source, h, h, 0, 1000));
            Assert.Equal(1000, VectorMath.MapLanes<TanhFunction, LanesScalar>(default, source, s, s, 0, 1000));
        }

        Assert.Equal(wide, half);
        Assert.Equal(wide, scalar);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Adam_follows_the_published_algorithm()
    {
        const int count = 21;
        double[] p = Sweep(-1, 1, count), g = Sweep(2, -3, count), m = new double[count], v = new double[count];
        double[] expected = [.. p], em = new double[count], ev = new double[count];
        for (int t = 1; t <= 3; t++)
        {
            var step = new AdamStep(0.01 / (1 - Math.Pow(0.9, t)), 0.9, 0.999, 1 / Math.Sqrt(1 - Math.Pow(0.999, t)), 1e-8);
            VectorMath.Adam(p, g, m, v, step);
            for (int i = 0; i < count; i++)
            {
                em[i] = 0.9 * em[i] + 0.1 * g[i];
                ev[i] = 0.999 * ev[i] + 0.001 * g[i] * g[i];
                expected[i] -= 0.01 * (em[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(ev[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }
        }

        // A dozen roundings of numbers of size 1.
        Close.Lists(expected, p, 1e-14);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Arrays_of_different_length_are_refused() =>
        Assert.Throws<ArgumentException>(() => VectorMath.Exp(new double[3], new double[2]));

    private static double[] Sweep(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => from + (to - from) * i / (count - 1))];
}
