using System.Globalization;
using System.Text;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Devices.Fitting;
using CircuitSim.Mapping.Files;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Devices;

[Trait("Kind", "property")]
public class DeviceFitterTests
{
    private static readonly DeviceFitOptions Options = new() { Name = "mine", Source = "test" };

    [Fact]
    public void A_card_fitted_to_draws_of_a_known_law_has_that_law()
    {
        DeviceFit fit = DeviceFitter.Fit(Samples(Text([1], 20_000)), Options);

        foreach (double target in (double[])[60e-6, 100e-6, 150e-6])
        {
            ProgrammingError known = PublishedCards.HfO2Milo.ProgrammingError!, fitted = fit.Card.ProgrammingError!;
            double deviation = known.StandardDeviationSiemens(target);
            // 20 000 draws: five times σ/√n for the mean, σ/√(2n) for the spread.
            Close.Numbers(target, fitted.MeanSiemens(target), 5 * deviation / Math.Sqrt(20_000));
            Close.Numbers(deviation, fitted.StandardDeviationSiemens(target), 0, 5 / Math.Sqrt(40_000));
            foreach (double p in (double[])[0.001, 0.05, 0.5, 0.95, 0.999])
                Close.Numbers(p, known.Cumulative(target, fitted.Quantile(target, p)), 5 * Math.Sqrt(p * (1 - p) / 20_000));
            // Draws of the fitted card follow the fitted law.
            Sample.Of(fit.Card, target, new ProgrammingOptions { Mode = ProgrammingMode.OneShot }).Follows(g => fitted.Cumulative(target, g));
        }

        // Half-way between two targets the fitted quantiles are half-way between theirs.
        Close.Numbers(
            80e-6 + 0.5 * (fit.Card.ProgrammingError!.Quantile(60e-6, 0.9) - 60e-6 + fit.Card.ProgrammingError.Quantile(100e-6, 0.9) - 100e-6),
            fit.Card.ProgrammingError.Quantile(80e-6, 0.9), 0, 1e-12);
    }

    [Fact]
    public void A_card_file_brings_back_the_same_draws()
    {
        using var folder = new TemporaryFolder();
        DeviceFit fit = DeviceFitter.Fit(Samples(Text([1, 3600], 200)), Options with { PulseEnergyJoules = 1e-12 });

        DeviceCardFile.Write(folder.File("mine.json"), fit.Card);
        DeviceCard read = DeviceCards.Open(folder.File("mine.json"));

        double[] targets = [.. Enumerable.Range(0, 500).Select(i => 60e-6 + 89e-6 * i / 499)];
        foreach (double? seconds in (double?[])[null, 1, 77, 3600])
            foreach (ProgrammingMode mode in (ProgrammingMode[])[ProgrammingMode.OneShot, ProgrammingMode.Verify])
            {
                double[] first = new double[500], second = new double[500];
                var options = new ProgrammingOptions { Mode = mode, ReadSeconds = seconds, AcceptanceSiemens = 3e-6 };
                ProgrammingReport report = ArrayProgrammer.Program(fit.Card, options, targets, 3, "a", first);
                ArrayProgrammer.Program(read, options, targets, 3, "a", second);
                Assert.Equal(first, second);
                // 500 devices: 3.2 % for normal errors, five of them.
                Close.Numbers(report.ExpectedRmsErrorSiemens, report.RmsErrorSiemens, 0, 0.16);
            }

        Assert.Equal(fit.Card.Assumptions, read.Assumptions);
        Assert.Equal(1e-12, read.PulseEnergyJoules);
    }

    [Fact]
    public void At_a_measured_time_a_one_shot_device_has_the_distribution_measured_then()
    {
        DeviceFit fit = DeviceFitter.Fit(Samples(Text([1, 3600], 5000)), Options);
        FittedLevel later = fit.Levels.Single(l => l.TargetSiemens == 100e-6 && l.Seconds == 3600);

        Sample sample = Sample.Of(fit.Card, 100e-6, new ProgrammingOptions { Mode = ProgrammingMode.OneShot, ReadSeconds = 3600 });

        // A table of 109 points keeps the mean and the spread of the reads to a few parts in a thousand of the spread.
        Close.Numbers(later.MeanSiemens, sample.Mean, 0.02 * later.StandardDeviationSiemens);
        Close.Numbers(later.StandardDeviationSiemens, sample.Deviation, 0, 0.02);
        Assert.True(later.StandardDeviationSiemens > 1.8 * fit.Levels.Single(l => l.TargetSiemens == 100e-6 && l.Seconds == 1).StandardDeviationSiemens);
    }

    [Fact]
    public void Levels_without_targets_are_named_by_their_medians_and_cycles_are_counted()
    {
        var text = new StringBuilder("level,cycle,measured_siemens\n");
        var random = new CounterRandom(1, "cycles");
        for (int i = 0; i < 400; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "low" : "high")},{i / 100},{(i % 2 == 0 ? 10e-6 : 50e-6) + 1e-6 * random.Normal((ulong)i):R}\n");

        DeviceFit fit = DeviceFitter.Fit(Samples(text.ToString()), Options);

        Assert.Equal(["low", "high"], fit.Levels.Select(l => l.Name));
        Assert.Equal(fit.Levels[0].MedianSiemens, fit.Card.Levels[0]);
        Assert.Equal(4, fit.CycleCount);
        // Means of 50 reads: 1/√50 = 0.14 standard deviations; the largest of eight stays below five of them.
        Assert.InRange(fit.LargestCycleShift!.Value, 0, 0.71);
    }

    [Theory]
    [InlineData("target_siemens,measured_siemens\n1e-5,1e-5\n1e-5,\n", 3, 2, "empty")]
    [InlineData("target_siemens,measured_siemens\n1e-5,x\n", 2, 2, "not a finite number")]
    [InlineData("target_siemens,measured_siemens\n1e-5,10.2\n", 2, 2, "microsiemens")]
    [InlineData("target_siemens,measured_siemens\n1e-5,98000\n", 2, 2, "ohms")]
    [InlineData("target_siemens,measured_siemens\n1e-5,-1e-7\n", 2, 2, "at least 0")]
    [InlineData("target_siemens,measured_siemens\n1e-5,1e-2\n2e-5,2e-2\n", null, null, "mixes units")]
    [InlineData("target_siemens,measured_siemens,time_seconds\n1e-5,1e-5,0\n", 2, 3, "positive")]
    [InlineData("target_siemens,measured\n1e-5,1e-5\n", 1, null, "unknown column 'measured'")]
    [InlineData("measured_siemens\n1e-5\n", 1, null, "needs one of the columns")]
    [InlineData("level,measured_siemens\n,1e-5\n", 2, 1, "empty")]
    [InlineData("target_siemens,measured_siemens\n1e-5\n", 2, null, "1 cells")]
    public void Bad_tables_are_refused_with_their_place(string text, int? line, int? column, string message)
    {
        var e = Assert.Throws<InputFileException>(() => Samples(text));

        Assert.Equal((line, column), (e.Line, e.Column));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_bad_cells_are_listed()
    {
        var e = Assert.Throws<InputFileException>(() => Samples("level,measured_siemens\na,12\na,\na,x\n"));

        Assert.Contains("3 problems", e.Message, StringComparison.Ordinal);
        Assert.Contains("line 4", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_samples_and_overlapping_levels_are_refused()
    {
        var few = Assert.Throws<InvalidDesignException>(() => DeviceFitter.Fit(Samples(Text([1], 10)), Options));
        Assert.Equal(3, few.Violations.Count);
        Assert.Contains("has 10 reads at 1 s; a distribution needs at least 20", few.Message, StringComparison.Ordinal);

        var missing = Assert.Throws<InvalidDesignException>(() => DeviceFitter.Fit(Samples(Text([1], 30) + "0.0001,0.0001,10\n"), Options));
        Assert.Contains("has 0 reads at 10 s", missing.Message, StringComparison.Ordinal);

        var text = new StringBuilder("level,measured_siemens\n");
        var random = new CounterRandom(1, "overlap");
        for (int i = 0; i < 100; i++) text.Append(CultureInfo.InvariantCulture, $"{i % 2},{10e-6 + i % 2 * 1e-6 + 2e-6 * random.Uniform((ulong)i) * 3:R}\n");
        var overlap = Assert.Throws<InvalidDesignException>(() => DeviceFitter.Fit(Samples(text.ToString()), Options));
        Assert.Contains("Levels 0 and 1 overlap", overlap.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"schemaVersion\": 1, \"name\": \"x\", \"minimumSiemens\": 1e-6, \"maximumSiemens\": 2e-6, \"source\": \"s\", \"colour\": 1 }", "colour")]
    [InlineData("{ \"schemaVersion\": 1, \"name\": \"x\", \"minimumSiemens\": 3e-6, \"maximumSiemens\": 2e-6, \"source\": \"s\" }", "window")]
    [InlineData("{ \"schemaVersion\": 1, \"name\": \"x\", \"minimumSiemens\": 1e-6, \"maximumSiemens\": 2e-6, \"source\": \"s\", \"faults\": { \"stuckLow\": 1.5, \"stuckHigh\": 0 } }", "share of devices")]
    [InlineData("{ \"schemaVersion\": 1, \"name\": \"x\" }", "minimumSiemens")]
    [InlineData("{ \"schemaVersion\": 7, \"name\": \"x\", \"minimumSiemens\": 1e-6, \"maximumSiemens\": 2e-6, \"source\": \"s\" }", "schema version 7")]
    [InlineData("{ \"schemaVersion\": 1, \"name\": \"../x\", \"minimumSiemens\": 1e-6, \"maximumSiemens\": 2e-6, \"source\": \"s\" }", "file names")]
    [InlineData("[", "not a device card")]
    public void Card_files_are_read_strictly(string json, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("card.json"), json);

        var e = Assert.Throws<InputFileException>(() => DeviceCards.Open(folder.File("card.json")));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_written_by_hand_has_the_spread_it_says()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("card.json"), """
            { "schemaVersion": 1, "name": "own", "minimumSiemens": 1e-6, "maximumSiemens": 1e-5, "source": "us", "levels": [1e-6, 1e-5],
              "programmingError": { "source": "us", "polynomial": { "scaleSiemens": 1e-6, "spreadSiemens": [1e-8, 2e-8] } } }
            """);

        DeviceCard card = DeviceCards.Open(folder.File("card.json"));

        Close.Numbers(1e-8 + 5 * 2e-8, card.ProgrammingError!.StandardDeviationSiemens(5e-6), 0, 1e-14);
        Assert.Throws<InvalidDesignException>(() => DeviceCards.Open("no-such-card"));
        Assert.Throws<InputFileException>(() => DeviceCards.Open(folder.File("none.json")));
    }

    /// <summary>Reads that follow the programming error of card hfo2-milo, whose spread doubles in an hour.</summary>
    private static string Text(double[] times, int count)
    {
        var text = new StringBuilder("target_siemens,measured_siemens,time_seconds\n");
        var random = new CounterRandom(5, "samples");
        ulong draw = 0;
        foreach (double seconds in times)
            foreach (double target in (double[])[150e-6, 60e-6, 100e-6])
                for (int i = 0; i < count; i++)
                {
                    double deviation = PublishedCards.HfO2Milo.ProgrammingError!.StandardDeviationSiemens(target) * (seconds > 1 ? 2 : 1);
                    text.Append(CultureInfo.InvariantCulture, $"{target:R},{target + deviation * random.Normal(draw++):R},{seconds:R}\n");
                }

        return text.ToString();
    }

    private static DeviceSamples Samples(string text)
    {
        using var reader = new StringReader(text);
        return DeviceSamples.Of(CsvTable.Read(reader, "samples.csv"));
    }
}
