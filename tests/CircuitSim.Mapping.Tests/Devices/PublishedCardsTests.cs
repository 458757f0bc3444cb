using System.Text.Json;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Mapping.Devices;
using CircuitSim.TestSupport;
using MathNet.Numerics.Distributions;

namespace CircuitSim.Mapping.Tests.Devices;

/// <summary>Cards against their published coefficients: the formulas stand here a second time, in the units of the papers.</summary>
public class PublishedCardsTests
{
    private static readonly ProgrammingOptions OneShot = new() { Mode = ProgrammingMode.OneShot };

    /// <summary>Standard deviation in microsiemens against target in microsiemens, as each paper's fit has it.</summary>
    private static readonly Dictionary<string, Func<double, double>> NormalSpreads = new()
    {
        ["hfo2-milo"] = g => Math.Max(-0.009107 * g + 4.782321, 0),
        ["neurram-wan"] = g => Quartic(g / 40, 0.348, 16.030, -43.853, 45.393, -16.815),
        ["neurram-wan-cubic"] = g => 1.536e-4 * g * g * g - 1.167e-2 * g * g + 0.2374 * g + 1.053,
        ["cmo-hfox"] = g => 0.00081107 + 0.00106879 * g,
        ["cmo-hfox-coarse"] = g => 0.0112185391 + 0.01129027418 * g,
        ["pcm-joshi"] = g => -0.00178767 * g * g + 0.07585724 * g + 0.28638599,
        ["pcm-nandakumar"] = g => 0.26348 + 1.9650 * (g / 25) - 1.1731 * (g / 25) * (g / 25),
        ["generic-wang"] = _ => 9.0 / 64,
    };

    public static TheoryData<string> NormalCards => [.. NormalSpreads.Keys];

    [Theory]
    [MemberData(nameof(NormalCards))]
    [Trait("Kind", "property")]
    public void Draws_follow_the_published_normal_law(string name)
    {
        DeviceCard card = PublishedCards.Find(name)!;
        foreach (double target in Targets(card))
        {
            double deviation = 1e-6 * NormalSpreads[name](1e6 * target);
            var law = new Normal(target, deviation);

            Sample sample = Sample.Of(card, target, OneShot);

            // Near 0 S the part of the law below 0 is put at 0; there the distribution function above 0 is what can be compared.
            sample.Follows(law.CumulativeDistribution);
            if (target < 6 * deviation) continue;
            sample.HasMean(target);
            sample.HasDeviation(deviation);
            foreach (double p in (double[])[0.01, 0.1, 0.5, 0.9, 0.99]) sample.HasShareBelow(law.InverseCumulativeDistribution(p), p);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Siox_is_lognormal_around_its_target()
    {
        foreach (double target in Targets(PublishedCards.SiOx))
        {
            var law = new LogNormal(Math.Log(target), 0.25);

            Sample sample = Sample.Of(PublishedCards.SiOx, target, OneShot);

            sample.Follows(law.CumulativeDistribution);
            sample.HasMean(law.Mean);
            sample.HasDeviation(law.StdDev);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Phax_devices_are_normal_in_resistance_with_ten_percent_at_three_sigma()
    {
        foreach (double target in Targets(PublishedCards.Phax))
        {
            var ohms = new Normal(1 / target, 0.1 / 3 / target);

            Sample sample = Sample.Of(PublishedCards.Phax, target, OneShot);

            sample.Follows(g => 1 - ohms.CumulativeDistribution(1 / g));
            // Moments of 1/(1 + sZ) to the order s⁶: 1 + s² + 3s⁴ + 15s⁶ and 1 + 3s² + 15s⁴ + 105s⁶.
            double s2 = 0.1 / 3 * 0.1 / 3, mean = 1 + s2 * (1 + s2 * (3 + 15 * s2));
            sample.HasMean(target * mean);
            sample.HasDeviation(target * Math.Sqrt(1 + s2 * (3 + s2 * (15 + 105 * s2)) - mean * mean));
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Nine_levels_are_a_lognormal_reset_state_and_normal_set_states()
    {
        DeviceCard card = PublishedCards.HfO2NineLevels;
        Assert.Equal(9, card.Levels.Count);
        Sample.Of(card, card.Levels[0], OneShot).Follows(new LogNormal(Math.Log(5e-6), 0.5).CumulativeDistribution);
        foreach (double level in card.Levels.Skip(1))
        {
            double deviation = level * (0.15 - 0.1 * (level - 20e-6) / 140e-6);

            Sample sample = Sample.Of(card, level, OneShot);

            sample.Follows(new Normal(level, deviation).CumulativeDistribution);
            sample.HasMean(level);
            sample.HasDeviation(deviation);
        }
    }

    [Fact]
    [Trait("Kind", "peer")]
    public void Cards_have_the_tabulated_values_of_the_shared_fixture()
    {
        using JsonDocument fixture = JsonDocument.Parse(File.ReadAllText(Path.Combine(
            Repository.Root, "tests/CircuitSim.Mapping.Tests/Devices/Data/device_statistics.json")));
        JsonElement[] models = [.. fixture.RootElement.GetProperty("models").EnumerateArray()];

        // Formulas of a few terms: ten roundings, and as much again for the decimal fractions of the fixture.
        const double rounding = 1e-13;
        foreach (JsonElement row in Rows("PCM (Nandakumar 2019)"))
        {
            DeviceCard card = PublishedCards.PcmNandakumar;
            var drift = (PowerLawDrift)card.Drift!;
            double g = Number(row, "g_us"), x = g / 25;
            Close.Numbers(Number(row, "sigma_us"), 1e6 * card.ProgrammingError!.StandardDeviationSiemens(1e-6 * g), 0, rounding);
            Close.Numbers(Number(row, "nu_mean"), drift.MeanExponent.At(x), 0, rounding);
            Close.Numbers(Number(row, "nu_sigma"), drift.ExponentDeviation.At(x), 0, rounding);
        }

        foreach (JsonElement row in Rows("ReRAM (Wan 2022, aihwkit fit)"))
        {
            var drift = (SpreadGrowth)PublishedCards.NeurramWan.Drift!;
            double target = 1e-6 * Number(row, "g_us");
            // The polynomials cancel: terms of 45 leave 1.
            Close.Numbers(Number(row, "sigma_us_1s"), 1e6 * drift.TotalDeviationSiemens(target, 1), 1e-13);
            Close.Numbers(Number(row, "sigma_us_1d"), 1e6 * drift.TotalDeviationSiemens(target, 86_400), 1e-13);
            Close.Numbers(Number(row, "sigma_us_2d"), 1e6 * drift.TotalDeviationSiemens(target, 172_800), 1e-13);
        }

        foreach ((string id, DeviceCard card) in (ReadOnlySpan<(string, DeviceCard)>)[("RRAM (Wan 2022, CrossSim cubic fit, t=1s)", PublishedCards.NeurramWanCubic), ("PCM (Joshi 2020, CrossSim)", PublishedCards.PcmJoshi)])
            foreach (JsonElement row in Rows(id))
                Close.Numbers(Number(row, "sigma_us"), 1e6 * card.ProgrammingError!.StandardDeviationSiemens(1e-6 * Number(row, "g_us")), 0, rounding);

        foreach (JsonElement row in Rows("RRAM I-V nonlinearity (Milo 2021, CrossSim)"))
        {
            Circuit.Devices.MemristorLaw law = PublishedCards.HfO2Milo.Conduction!.At(1e-6 * Number(row, "g_us"));
            Close.Numbers(Number(row, "i_a_at_0p2"), law.Amps(0.2, out _), 0, 1e-12);
            Close.Numbers(Number(row, "i_a_at_m0p2"), law.Amps(-0.2, out _), 0, 1e-12);
            Close.Numbers(Number(row, "i_a_at_0p5"), law.Amps(0.5, out _), 0, 1e-12);
        }

        IEnumerable<JsonElement> Rows(string id) => models.Single(m => m.GetProperty("id").GetString() == id).GetProperty("table").EnumerateArray();
        static double Number(JsonElement row, string key) => row.GetProperty(key).GetDouble();
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void A_crossbar_of_a_cards_devices_matches_dense_newton_and_ngspice()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Repository.SharedFile("fixtures/nonlinear_iv.json")));
        JsonElement root = file.RootElement;
        double ohms = root.GetProperty("r_ohm").GetDouble();
        double[] siemens = [.. root.GetProperty("conductance_s").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(g => g.GetDouble())];
        double[] volts = Numbers("applied_v");

        CrossbarOperatingPoint point = NonlinearCrossbarSolver.Create(new CrossbarSpec(3, 4, siemens, ohms, ohms), PublishedCards.HfO2Milo.Conduction!).Solve(volts);

        // Newton's tolerance of 1e-12 V on devices of about 1e-4 S; ngspice's own convergence is about 1e-11.
        Close.Lists(Numbers("output_a"), point.BitLineEndAmps.Span, 1e-15, 1e-11);
        Close.Lists(Numbers("ngspice39_output_a"), point.BitLineEndAmps.Span, 0, 1e-9);

        double[] Numbers(string key) => [.. root.GetProperty(key).EnumerateArray().Select(v => v.GetDouble())];
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Laws_have_the_slopes_of_their_currents()
    {
        foreach (DeviceCard card in PublishedCards.All.Where(c => c.Conduction is not null))
            foreach (double target in Targets(card))
                foreach (double volts in (double[])[-0.4, -0.05, 0.1, 0.5])
                {
                    const double step = 1e-5;
                    double slope = (card.Conduction!.Evaluate(target, volts + step).Amps - card.Conduction.Evaluate(target, volts - step).Amps) / (2 * step);

                    // Central differences: the third derivative of about 1e3 of the slope's own size times step²/6, and rounding of 1e-16/1e-5.
                    Close.Numbers(slope, card.Conduction.Evaluate(target, volts).PerVolt, 0, 1e-7, card.Name);
                }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Siox_doubles_its_voltage_and_multiplies_its_current_by_the_published_nonlinearity()
    {
        foreach (double target in Targets(PublishedCards.SiOx))
        {
            Circuit.Devices.MemristorLaw law = PublishedCards.SiOx.Conduction!.At(target);
            double atRead = law.Amps(0.25, out _);

            // A handful of roundings.
            Close.Numbers(target * 0.25, atRead, 0, 1e-14);
            Close.Numbers(2.989 * atRead, law.Amps(0.5, out _), 0, 1e-14);
            Close.Numbers(-2.989 * atRead, law.Amps(-0.5, out _), 0, 1e-14);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_phax_device_is_the_yakopcic_model_of_its_code()
    {
        // G = a·b·x with a = 1.6e-4 A and b = 0.05 /V, so that x = 0.5 is 4 µS.
        Circuit.Devices.MemristorLaw law = PublishedCards.Phax.Conduction!.At(4e-6);

        Close.Numbers(1.6e-4 * 0.5 * Math.Sinh(0.05 * 1.0), law.Amps(1.0, out _), 0, 1e-14);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_card_names_its_source_and_validity_and_opens_by_name()
    {
        foreach (DeviceCard card in PublishedCards.All)
        {
            Assert.False(string.IsNullOrWhiteSpace(card.Source) || string.IsNullOrWhiteSpace(card.Validity) || string.IsNullOrWhiteSpace(card.Technology), card.Name);
            Assert.Same(card, DeviceCards.Open(card.Name));
            foreach (string text in card.Assumptions) Assert.EndsWith(".", text, StringComparison.Ordinal);
        }

        Assert.Equal(PublishedCards.All.Count, PublishedCards.All.Select(c => c.Name).Distinct().Count());
    }

    internal static IEnumerable<double> Targets(DeviceCard card) => card.Levels.Count > 0 && card.Levels.Count < 10
        ? card.Levels
        : Enumerable.Range(0, 6).Select(i => card.MinimumSiemens + (card.MaximumSiemens - card.MinimumSiemens) * i / 5);

    internal static double Quartic(double u, double c0, double c1, double c2, double c3, double c4) =>
        c0 + c1 * u + c2 * u * u + c3 * u * u * u + c4 * u * u * u * u;
}
