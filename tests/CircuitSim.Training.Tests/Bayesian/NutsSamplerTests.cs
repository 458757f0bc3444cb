using CircuitSim.Circuit.Randomness;
using CircuitSim.TestSupport;
using CircuitSim.Training.Bayesian;
using MathNet.Numerics.LinearAlgebra;

namespace CircuitSim.Training.Tests.Bayesian;

public sealed class NutsSamplerTests
{
    private static readonly double[] Effects = [28, 8, -3, 7, -1, 1, 18, 12];
    private static readonly double[] Errors = [15, 10, 16, 11, 9, 11, 10, 18];

    [Fact]
    [Trait("Kind", "peer")]
    public void Eight_schools_has_the_posterior_that_Stan_finds()
    {
        // posteriordb (BSD-3), eight_schools-noncentered: Stan, 10 chains of 10 000 draws after warm-up, thinned to 10 000 in all.
        (double Mean, double Deviation)[] theirs =
        [
            (4.41052, 3.3093), (3.60206, 3.19848), (6.15050, 5.61586), (4.93958, 4.64558), (3.90591, 5.28071),
            (4.79602, 4.77094), (3.61444, 4.61472), (4.05115, 4.79625), (6.31717, 5.00286), (4.88400, 5.31769),
        ];

        PosteriorSample sample = NutsSampler.Sample(() => new LogDensityOf(10, EightSchools), new NutsOptions { DrawCount = 4000, TargetAcceptance = 0.95 });

        for (int k = 0; k < theirs.Length; k++)
        {
            int quantity = k;
            QuantitySummary ours = sample.Summarize(p => quantity switch
            {
                0 => p[0],
                1 => Math.Exp(p[1]),
                _ => p[0] + Math.Exp(p[1]) * p[quantity],
            });
            // Their own standard error: 10 000 nearly independent draws.
            Check(ours, theirs[k].Mean, theirs[k].Deviation, theirs[k].Deviation / Math.Sqrt(10_000));
        }

        Assert.True(sample.LowestEnergyFraction > 0.3);
        Assert.InRange(sample.MeanAcceptance, 0.9, 1);
        Assert.InRange(sample.MeanEnergyError, 0, 1);
        Assert.InRange(sample.DivergenceCount, 0, sample.DrawCount / 1000);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_regression_with_unknown_noise_has_its_conjugate_posterior()
    {
        // y = x·β + noise with a flat prior on β and log σ: β is Student's t, 1/σ² is gamma (Gelman et al., Bayesian Data Analysis, 3rd ed., section 14.2).
        const int count = 434;
        (Matrix<double> x, Vector<double> y) = Regression(count, [25.9, 0.61], r => 100 + 15 * r, 18.3, 3);
        Matrix<double> products = x.TransposeThisAndMultiply(x), inverse = products.Inverse();
        Vector<double> beta = inverse * x.TransposeThisAndMultiply(y);
        double squares = (y - x * beta).PointwisePower(2).Sum();
        const double freedom = count - 2;

        PosteriorSample sample = NutsSampler.Sample(() => new LogDensityOf(3, (p, gradient) =>
        {
            double offset = p[0] - beta[0], slope = p[1] - beta[1], inverseVariance = Math.Exp(-2 * p[2]);
            double alongOffset = products[0, 0] * offset + products[0, 1] * slope, alongSlope = products[1, 0] * offset + products[1, 1] * slope;
            double rest = squares + offset * alongOffset + slope * alongSlope;
            (gradient[0], gradient[1], gradient[2]) = (-inverseVariance * alongOffset, -inverseVariance * alongSlope, rest * inverseVariance - count);
            return -0.5 * rest * inverseVariance - count * p[2];
        }), new NutsOptions { DrawCount = 2000 });

        for (int k = 0; k < 2; k++)
            Check(sample.Summarize(k), beta[k], Math.Sqrt(squares / (freedom - 2) * inverse[k, k]));
        QuantitySummary variance = sample.Summarize(p => Math.Exp(2 * p[2]));
        double mean = squares / (freedom - 2);
        Check(variance, mean, mean * Math.Sqrt(2 / (freedom - 4)));
        Assert.Equal(0, sample.DivergenceCount);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_regression_with_five_inputs_and_normal_priors_has_its_conjugate_posterior()
    {
        const double prior = 10, noise = 1;
        const int inputs = 5;
        var x = Matrix<double>.Build.Dense(100, inputs, (i, j) => new CounterRandom(5, "inputs").Normal((ulong)(i * inputs + j)));
        Vector<double> y = x * Vector<double>.Build.Dense(inputs, 1) + Vector<double>.Build.Dense(100, i => noise * new CounterRandom(5, "noise").Normal((ulong)i));
        Matrix<double> covariance = (x.TransposeThisAndMultiply(x) / (noise * noise) + Matrix<double>.Build.DenseIdentity(inputs) / (prior * prior)).Inverse();
        Vector<double> mean = covariance * x.TransposeThisAndMultiply(y) / (noise * noise);

        PosteriorSample sample = NutsSampler.Sample(() => new LogDensityOf(inputs, (p, gradient) =>
        {
            Vector<double> beta = Vector<double>.Build.DenseOfArray(p.ToArray()), rest = y - x * beta;
            (x.TransposeThisAndMultiply(rest) / (noise * noise) - beta / (prior * prior)).AsArray().CopyTo(gradient);
            return -0.5 * rest.DotProduct(rest) / (noise * noise) - 0.5 * beta.DotProduct(beta) / (prior * prior);
        }), new NutsOptions());

        for (int k = 0; k < inputs; k++) Check(sample.Summarize(k), mean[k], Math.Sqrt(covariance[k, k]));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_line_over_calendar_years_with_nearly_collinear_parameters_has_its_exact_posterior()
    {
        // Offset and slope correlate to −0.9999, as in posteriordb's kilpisjarvi, whose priors these are; data are drawn, so that the posterior is known.
        const double noise = 1.1, offsetMean = 9.31290322580645, offsetDeviation = 100, slopeDeviation = 0.0333333333333333;
        (Matrix<double> x, Vector<double> y) = Regression(62, [-25, 0.0173], r => 1952 + r, noise, 9, isIndex: true);
        Matrix<double> precision = x.TransposeThisAndMultiply(x) / (noise * noise) + Matrix<double>.Build.DiagonalOfDiagonalArray([Math.Pow(offsetDeviation, -2), Math.Pow(slopeDeviation, -2)]);
        Matrix<double> covariance = precision.Inverse();
        Vector<double> mean = covariance * (x.TransposeThisAndMultiply(y) / (noise * noise) + Vector<double>.Build.DenseOfArray([offsetMean / (offsetDeviation * offsetDeviation), 0]));

        PosteriorSample sample = NutsSampler.Sample(() => new LogDensityOf(2, (p, gradient) =>
        {
            double offset = p[0] - mean[0], slope = p[1] - mean[1];
            gradient[0] = -precision[0, 0] * offset - precision[0, 1] * slope;
            gradient[1] = -precision[1, 0] * offset - precision[1, 1] * slope;
            return 0.5 * (offset * gradient[0] + slope * gradient[1]);
        }), new NutsOptions { DrawCount = 3000 });

        Assert.True(Math.Abs(covariance[0, 1]) / Math.Sqrt(covariance[0, 0] * covariance[1, 1]) > 0.9999);
        for (int k = 0; k < 2; k++) Check(sample.Summarize(k), mean[k], Math.Sqrt(covariance[k, k]));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_same_seed_gives_the_same_draws_and_another_seed_others()
    {
        NutsOptions options = new() { ChainCount = 3, WarmUpCount = 150, DrawCount = 50 };

        double[] first = [.. Draws(options)], again = [.. Draws(options)], other = [.. Draws(options with { Seed = 2 })];

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        static IEnumerable<double> Draws(NutsOptions options) =>
            NutsSampler.Sample(() => new LogDensityOf(10, EightSchools), options).Chains.SelectMany(c => c.Positions.ToArray());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_funnel_is_reported_as_divergent()
    {
        // Neal's funnel: the scale of nine parameters is exp of half the first; its neck is too narrow for any one step size.
        PosteriorSample sample = NutsSampler.Sample(() => new LogDensityOf(10, (p, gradient) =>
        {
            double scale = Math.Exp(-p[0]), squares = 0;
            for (int i = 1; i < 10; i++)
            {
                squares += p[i] * p[i];
                gradient[i] = -p[i] * scale;
            }

            gradient[0] = -p[0] / 9 + 0.5 * squares * scale - 4.5;
            return -p[0] * p[0] / 18 - 0.5 * squares * scale - 4.5 * p[0];
        }), new NutsOptions());

        Assert.True(sample.DivergenceCount > 0);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Trees_stop_at_the_largest_depth_and_say_so()
    {
        PosteriorSample sample = NutsSampler.Sample(() => new LogDensityOf(10, EightSchools), new NutsOptions { MaximumTreeDepth = 2, DrawCount = 200 });

        Assert.True(sample.DeepestTreeCount > 0);
        foreach (ChainTrace chain in sample.Chains)
            foreach (NutsDraw draw in chain.Draws.Span) Assert.InRange(draw.LeapfrogCount, 1, 3);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Energy_errors_of_a_normal_density_stay_within_what_leapfrog_makes_them()
    {
        PosteriorSample sample = NutsSampler.Sample(() => new LogDensityOf(1, (p, gradient) =>
        {
            gradient[0] = -p[0];
            return -0.5 * p[0] * p[0];
        }), new NutsOptions { DrawCount = 500 });

        foreach (ChainTrace chain in sample.Chains)
        {
            // Leapfrog keeps q²(1 − ε²/4)/2 + p²/2, with ε the step in units in which the mass is 1; H less that is ε²q²/8.
            double squared = chain.Step * chain.Step * chain.InverseMass.Span[0];
            foreach (NutsDraw draw in chain.Draws.Span)
            {
                double farthest = 2 * draw.Energy / (1 - 0.25 * squared);
                Assert.InRange(draw.EnergyError, double.Epsilon, 0.125 * squared * farthest * (1 + 1e-12));
            }
        }

        Assert.Equal(sample.Chains.Average(c => c.Draws.ToArray().Average(d => d.EnergyError)), sample.MeanEnergyError, 1e-12);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_density_without_a_finite_start_is_refused()
    {
        SamplingException e = Assert.Throws<SamplingException>(() => NutsSampler.Sample(() => new LogDensityOf(1, (_, _) => double.NaN), new NutsOptions()));

        Assert.Contains("Chain 1 found no start", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new NutsOptions { ChainCount = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new NutsOptions { WarmUpCount = 19 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new NutsOptions { DrawCount = 3 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new NutsOptions { TargetAcceptance = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new NutsOptions { MaximumTreeDepth = 21 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new NutsOptions { InitialRadius = 0 }));

        static void Run(NutsOptions options) => NutsSampler.Sample(() => new LogDensityOf(10, EightSchools), options);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_cancelled_run_ends()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => NutsSampler.Sample(() => new LogDensityOf(10, EightSchools), new NutsOptions(), null, source.Token));
    }

    /// <summary>The project's rule: mean within four combined standard errors, spread within 10 % at an effective sample size of at least 1000, R-hat below 1.01.</summary>
    private static void Check(QuantitySummary ours, double mean, double deviation, double standardError = 0)
    {
        Assert.True(ours.BulkSampleSize >= 1000, $"effective sample size {ours.BulkSampleSize}");
        Assert.True(ours.TailSampleSize >= 400, $"effective sample size in the tails {ours.TailSampleSize}");
        Assert.True(ours.RHat < 1.01, $"R-hat {ours.RHat}");
        Close.Numbers(mean, ours.Mean, 4 * Math.Sqrt(ours.MeanStandardError * ours.MeanStandardError + standardError * standardError), 0, "mean");
        Close.Numbers(deviation, ours.StandardDeviation, 0, 0.1, "standard deviation");
    }

    private static (Matrix<double> X, Vector<double> Y) Regression(int count, double[] beta, Func<double, double> input, double noise, ulong seed, bool isIndex = false)
    {
        CounterRandom inputs = new(seed, "inputs"), errors = new(seed, "noise");
        var x = Matrix<double>.Build.Dense(count, 2, (i, j) => j == 0 ? 1 : input(isIndex ? i : inputs.Normal((ulong)i)));
        return (x, x * Vector<double>.Build.DenseOfArray(beta) + Vector<double>.Build.Dense(count, i => noise * errors.Normal((ulong)i)));
    }

    // Parameters μ, log τ, and η with θ = μ + τη; μ ~ N(0, 5), τ half-Cauchy(0, 5), η standard normal.
    private static double EightSchools(ReadOnlySpan<double> p, Span<double> gradient)
    {
        double mu = p[0], tau = Math.Exp(p[1]), ratio = tau / 5;
        double logDensity = -mu * mu / 50 - Math.Log(1 + ratio * ratio) + p[1];
        gradient[0] = -mu / 25;
        gradient[1] = 1 - 2 * ratio * ratio / (1 + ratio * ratio);
        for (int j = 0; j < Effects.Length; j++)
        {
            double eta = p[j + 2], rest = (Effects[j] - mu - tau * eta) / Errors[j];
            logDensity -= 0.5 * (rest * rest + eta * eta);
            gradient[0] += rest / Errors[j];
            gradient[1] += rest * tau * eta / Errors[j];
            gradient[j + 2] = rest * tau / Errors[j] - eta;
        }

        return logDensity;
    }
}
