using CircuitSim.Mapping.Devices;
using CircuitSim.TestSupport;
using MathNet.Numerics.Distributions;

namespace CircuitSim.Mapping.Tests.Devices;

/// <summary>Drift, relaxation and read noise against their formulas, each at five times.</summary>
[Trait("Kind", "property")]
public class DriftTests
{
    private static readonly ProgrammingOptions OneShot = new() { Mode = ProgrammingMode.OneShot };

    [Fact]
    public void Pcm_drifts_by_a_power_of_time_whose_exponent_depends_on_the_state()
    {
        DeviceCard card = PublishedCards.PcmNandakumar;
        foreach (double seconds in (double[])[20, 100, 3600, 86_400, 3.15e7])
            foreach (double target in (double[])[1e-6, 10e-6, 25e-6])
            {
                double x = target / 25e-6, time = Math.Log(seconds / 20);
                double mean = Math.Clamp(-0.0155 * Math.Log(x) + 0.0244, 0.049, 0.1), deviation = Math.Clamp(-0.0125 * Math.Log(x) - 0.0059, 0.008, 0.045);

                Sample sample = Sample.Of(card, target, new ProgrammingOptions { ReadSeconds = seconds });

                sample.HasMean(target * Math.Exp(-mean * time + 0.5 * deviation * deviation * time * time));
                if (time == 0) continue;
                var law = new LogNormal(Math.Log(target) - mean * time, deviation * time);
                sample.Follows(law.CumulativeDistribution);
                sample.HasDeviation(law.StdDev);
                sample.HasShareBelow(target * Math.Pow(seconds / 20, -mean), 0.5);
            }
    }

    [Fact]
    public void Neurram_spreads_as_measured_at_three_times_and_log_linearly_between()
    {
        DeviceCard card = PublishedCards.NeurramWan;
        const double day = 86_400;
        foreach (double target in (double[])[20e-6, 30e-6, 40e-6])
        {
            double u = target / 40e-6;
            double second = PublishedCardsTests.Quartic(u, 0.348, 16.030, -43.853, 45.393, -16.815);
            double first = PublishedCardsTests.Quartic(u, 0.701, 22.086, -50.773, 47.095, -16.458);
            double two = PublishedCardsTests.Quartic(u, 0.782, 20.274, -43.507, 37.062, -11.934);
            foreach ((double seconds, double microsiemens) in (ReadOnlySpan<(double, double)>)
                [(1, second), (Math.Sqrt(day), 0.5 * (second + first)), (day, first), (Math.Sqrt(2) * day, 0.5 * (first + two)), (2 * day, two)])
            {
                Sample sample = Sample.Of(card, target, OneShot with { ReadSeconds = seconds });

                sample.HasMean(target);
                sample.HasDeviation(1e-6 * microsiemens);
                sample.Follows(new Normal(target, 1e-6 * microsiemens).CumulativeDistribution);
            }
        }
    }

    [Fact]
    public void Cmo_relaxes_with_the_logarithm_of_time_in_mean_and_spread()
    {
        foreach (double seconds in (double[])[1, 10, 100, 3600, 86_400])
        {
            double time = Math.Log(seconds), mean = 50e-6 - 0.08900206e-6 * time, deviation = 1e-6 * (0.04201137 * time + 0.41183342);

            Sample sample = Sample.Of(PublishedCards.CmoHfOx, 50e-6, new ProgrammingOptions { ReadSeconds = seconds });

            sample.HasMean(mean);
            sample.HasDeviation(deviation);
            sample.Follows(new Normal(mean, deviation).CumulativeDistribution);
        }
    }

    [Fact]
    public void Filaments_relax_at_once_and_then_slowly_and_the_reset_state_stays()
    {
        DeviceCard card = PublishedCards.HfO2NineLevels;
        foreach (double seconds in (double[])[1, 60, 3600, 86_400, 1e7])
        {
            double initial = 4.782321 - 0.009107 * 100, later = 0.4 / Math.Log(10) * Math.Log(1 + seconds);

            Sample sample = Sample.Of(card, 100e-6, new ProgrammingOptions { ReadSeconds = seconds });

            sample.HasMean(100e-6);
            sample.HasDeviation(1e-6 * Math.Sqrt(initial * initial + later * later));

            double[] reset = [5e-6], siemens = new double[1];
            ArrayProgrammer.Program(card, new ProgrammingOptions { ReadSeconds = seconds }, reset, 1, "reset", siemens);
            Assert.Equal(reset, siemens);
        }
    }

    [Fact]
    public void Read_noise_has_the_spread_of_its_formula_at_five_times()
    {
        foreach (double seconds in (double[])[20, 100, 3600, 86_400, 3.15e7])
        {
            double root = Math.Sqrt(Math.Log((seconds + 250e-9) / 500e-9));
            ReadNoise pcm = PublishedCards.PcmNandakumar.ReadNoise!, cmo = PublishedCards.CmoHfOx.ReadNoise!;

            // Formulas of a few terms.
            Close.Numbers(5e-6 * 0.0088 / Math.Pow(0.4, 0.65) * root, pcm.StandardDeviationSiemens(10e-6, 5e-6, seconds), 0, 1e-13);
            Close.Numbers(0.1e-6 * 0.2 * root, pcm.StandardDeviationSiemens(0.1e-6, 0.1e-6, seconds), 0, 1e-13);
            Close.Numbers(
                1e-6 * 0.0277316483 * Math.Log10(50) * Math.Sqrt(Math.Log((seconds + 1e-6) / 2e-6)), cmo.StandardDeviationSiemens(50e-6, 50e-6, seconds), 0, 1e-13);
        }

        Sample sample = Sample.Of(PublishedCards.NeurramWan, 20e-6, new ProgrammingOptions { IncludeReadNoise = true });
        sample.Follows(new Normal(20e-6, 0.4e-6).CumulativeDistribution);
    }

    [Theory]
    [InlineData("pcm-nandakumar", 10, "from 20 to")]
    [InlineData("neurram-wan", 1e6, "from 1 to 172800 s")]
    public void Times_outside_a_law_are_refused(string card, double seconds, string range)
    {
        var e = Assert.Throws<Circuit.Errors.InvalidDesignException>(() => ArrayProgrammer.Program(
            PublishedCards.Find(card)!, new ProgrammingOptions { ReadSeconds = seconds }, [10e-6], 1, "a", new double[1]));

        Assert.Contains(range, e.Message, StringComparison.Ordinal);
    }
}
