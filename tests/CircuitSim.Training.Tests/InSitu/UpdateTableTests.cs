using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Training.Tests.InSitu;

public class UpdateTableTests
{
    // Largest errors that the reduction of the full tables to every fifth point leaves, as its documentation states them, in percent of
    // mean step and of standard deviation; half a unit of the last printed digit is added.
    private static readonly Dictionary<string, (double Mean, double Deviation)> Reduction = new()
    {
        ["DWMTJ"] = (0.435, 0.295),
        ["ENODe"] = (0.495, 1.65),
        ["TaOx"] = (1.55, 0.945),
    };

    // No bound is stated for the share of cells with the wrong sign; keeping every fifth point moves it by half a kept row at most: 1/202.
    private const double WrongSignTolerance = 0.005;

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Statistics_of_the_published_tables_are_those_of_the_full_ones()
    {
        string[] lines = File.ReadAllLines(Repository.SharedFile("data/crosssim-luts/lut-summary.csv"));
        int checkedCount = 0;
        foreach (string[] row in lines.Skip(1).Select(l => l.Split(',')))
        {
            string? folder = Folder(row[0]);
            if (folder is null) continue;
            UpdateTable table = UpdateTableReader.ReadFolder(FullTables.Folder(folder));
            PulseStatistics actual = row[3] == "increasing" ? table.Increasing : table.Decreasing;
            (double mean, double deviation) = Reduction[row[0].Split('_', '/')[0]];
            string what = $"{row[0]} {row[3]}";

            // Axes keep nine digits.
            Close.Numbers(Number(row[1]), table.MinimumConductance, 0, 1e-8, what);
            Close.Numbers(Number(row[2]), table.MaximumConductance, 0, 1e-8, what);
            Close.Numbers(Number(row[4]), actual.WindowMean, 0, mean / 100, $"mean step of {what}");
            Close.Numbers(Number(row[9]), actual.WindowDeviation, 0, deviation / 100, $"deviation of {what}");
            Close.Numbers(1 / Number(row[10]), actual.PulseCount, 0, mean / 100, $"pulses of {what}");
            Close.Numbers(Number(row[13]), actual.WrongSignFraction, WrongSignTolerance, what: $"wrong signs of {what}");
            checkedCount++;
        }

        // Six domain-wall tables, ten of ENODe and 24 of TaOx, two kinds of pulse each.
        Assert.Equal(2 * (6 + 10 + 24), checkedCount);
    }

    [SkippableFact]
    [Trait("Kind", "golden")]
    public void Models_in_the_library_are_those_fitted_to_the_full_tables()
    {
        DeviceModels[] models = [.. FullTables.Technologies.Select(t => DeviceModels.Fit(FullTables.Device(t.Folder, t.Name), t.Label, t.Source, t.Note))];

        Golden.Matches("src/Training/InSitu/Tables/devices.json", InSituDevices.Write(models));
    }

    [Fact]
    [Trait("Kind", "golden")]
    public void The_library_has_eight_technologies_whose_fits_are_stated()
    {
        Assert.Equal(FullTables.Technologies.Select(t => t.Name), InSituDevices.Names);
        foreach (string name in InSituDevices.Names)
        {
            InSituDevice device = InSituDevices.Open(name);
            DeviceModels models = InSituDevices.Models(name)!;
            FittedModel typical = models.Standard ?? models.Population[0];
            Assert.Equal(name == "enode" ? 9 : name == "taox" ? 24 : 20, device.Population.Count);
            foreach (ParametricFitError error in new[] { typical.IncreasingError, typical.DecreasingError })
            {
                // The bar for domain-wall devices, at every state of the window; the others are fitted to the same tolerance.
                Assert.InRange(error.WorstInWindow, 0, 0.05);
                // One shape of noise for all states; the standard deviation follows the table within the tolerance of the fit.
                Close.Numbers(error.TableNoiseRatio, error.NoiseRatio, 0.02, 0.15, name);
            }
        }
    }

    [SkippableTheory]
    [Trait("Kind", "peer")]
    [InlineData("DWMTJ_SOT_300K")]
    [InlineData("DWMTJ_STT_400K")]
    public void A_written_table_reads_back_as_the_same_table(string folder)
    {
        UpdateTable table = UpdateTableReader.ReadFolder(FullTables.Folder(folder));
        using var files = new TemporaryFolder();
        string up = files.File(UpdateTableReader.IncreasingFile), down = files.File(UpdateTableReader.DecreasingFile);
        using (var writer = new StreamWriter(up)) UpdateTableReader.Write(table, isIncreasing: true, writer);
        using (var writer = new StreamWriter(down)) UpdateTableReader.Write(table, isIncreasing: false, writer);

        Assert.Equal(table, UpdateTableReader.Read(up, down, table.Name));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_table_is_refused_with_every_reason()
    {
        double[] axis = [1, 2, 3], probability = [0, 1], up = [0.1, 0.1, 0.1, 0.3, 0.3, 0.3], down = [.. up.Select(d => -d).Reverse()];

        Assert.Equal(0.2, new UpdateTable("fine", axis, probability, up, down).Increasing.WindowMean, 1e-12);
        Refused("does not rise at point 3", () => new UpdateTable("t", [1, 2, 2], probability, up, down));
        Refused("conductances are positive", () => new UpdateTable("t", [0, 2, 3], probability, up, down));
        Refused("must run from 0 to 1", () => new UpdateTable("t", axis, [0, 0.9], up, down));
        Refused("has 5 values; 2 probabilities x 3 conductances need 6", () => new UpdateTable("t", axis, probability, up.AsSpan(0, 5), down));
        Refused("finite and within 2 times the range", () => new UpdateTable("t", axis, probability, [0.1, 0.1, 5, 0.3, 0.3, 5], down));
        Refused("finite and within 2 times the range", () => new UpdateTable("t", axis, probability, [0.1, 0.1, double.NaN, 0.3, 0.3, 0.3], down));
        Refused("quantiles rise with probability", () => new UpdateTable("t", axis, probability, [.. up.Reverse()], down));
        Refused("the two files are exchanged", () => new UpdateTable("t", axis, probability, down, up));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_malformed_file_is_refused_with_its_line()
    {
        using var files = new TemporaryFolder();
        string good = files.File("good"), bad = files.File("bad");
        File.WriteAllText(good, "title\n1,2\n0,1\n\n0.1,0.1\n0.2,0.2\n");
        (string Text, int Line, string Problem)[] cases =
        [
            ("title\n1,2\n0,1\n0.1,x\n0.2,0.2\n", 4, "'x' (value 2) is no number"),
            ("title\n1,2\n0,1\n0.1,0.1\n0.2\n", 5, "has 1 changes in this line"),
            ("title\n1,2\n0,1\n0.1,0.1\n", 4, "has 1 lines of changes; its probability axis has 2 points"),
            ("title\n1,2\n", 2, "has 1 lines of numbers"),
            ("title\n1,2.5\n0,1\n-0.2,-0.2\n-0.1,-0.1\n", 2, "its conductance axis differs"),
        ];
        foreach ((string text, int line, string problem) in cases)
        {
            File.WriteAllText(bad, text);
            InputFileException error = Assert.Throws<InputFileException>(() => UpdateTableReader.Read(good, bad, "t"));
            Assert.Equal(line, error.Line);
            Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<InputFileException>(() => UpdateTableReader.ReadFolder(files.File("nowhere")));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Pulse_trains_of_a_linear_device_give_its_step_everywhere()
    {
        var text = new StringWriter();
        text.Write("pulse,polarity,conductance\n");
        for (int train = 0; train < 3; train++)
        {
            // Steps of 0.9, 1.0 and 1.1 µS from 10 to 110 µS and back: a mean of 1 µS, quantiles at the three steps.
            double step = (0.9 + 0.1 * train) * 1e-6;
            int count = (int)Math.Ceiling(100e-6 / step);
            foreach (string polarity in new[] { "set", "reset" })
                for (int i = 0; i <= count; i++)
                    text.Write(string.Create(CultureInfo.InvariantCulture, $"{i},{polarity},{(polarity == "set" ? 10e-6 + i * step : 110e-6 - i * step):R}\n"));
        }

        UpdateTable table = UpdateTableBuilder.Build("linear", PulseTrainReader.Read(new StringReader(text.ToString()), "trains.csv"));

        Assert.Equal(48, table.Conductance.Length);
        // Changes are differences of conductances near 1e-4 S: rounding is below 1e-19 S.
        foreach (double mean in table.Increasing.Mean.Span) Close.Numbers(1e-6, mean, 1e-15);
        foreach (double mean in table.Decreasing.Mean.Span) Close.Numbers(-1e-6, mean, 1e-15);
        Assert.Equal(0.9e-6, table.Changes(isIncreasing: true).Span[0], 1e-15);
        Assert.Equal(1.1e-6, table.Changes(isIncreasing: true).Span[^1], 1e-15);
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Published_pulse_trains_give_the_steps_that_an_independent_rebuild_gave()
    {
        string set = Repository.SharedFile("data/crosssim-luts/example_raw/set.csv"), reset = Repository.SharedFile("data/crosssim-luts/example_raw/reset.csv");
        MeasuredPulse[] pulses = [.. Columns(set, true), .. Columns(reset, false)];

        UpdateTable table = UpdateTableBuilder.Build("example", pulses);

        // Printed digits of the rebuild, in Python, of the recipe without its triangulation: 48 points from 1.641 to 2.466 mS.
        Assert.Equal(48, table.Conductance.Length);
        Close.Numbers(1.641e-3, table.MinimumConductance, 0.0006e-3);
        Close.Numbers(2.466e-3, table.MaximumConductance, 0.0006e-3);
        // The rebuild averaged over all 48 points and the table over its window: 3 %; standard deviations of 40 trains: 10 %.
        Close.Numbers(0.00617, 1 / table.Increasing.PulseCount, 0, 0.03, "SET step");
        Close.Numbers(0.00698, 1 / table.Decreasing.PulseCount, 0, 0.03, "RESET step");
        Close.Numbers(0.086, table.Increasing.NoiseRatio, 0, 0.1, "SET noise");
        Close.Numbers(0.068, table.Decreasing.NoiseRatio, 0, 0.1, "RESET noise");
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("pulse,polarity\n1,set\n", 1, "pulse, polarity, conductance are needed")]
    [InlineData("pulse,polarity,conductance\n1,up,1e-6\n", 2, "neither set (+) nor reset (-)")]
    [InlineData("pulse,polarity,conductance\n1,set,-1e-6\n", 2, "not a positive number of siemens")]
    [InlineData("pulse,polarity,conductance\nx,set,1e-6\n", 2, "no whole number")]
    public void Malformed_pulse_trains_are_refused_with_their_line(string text, int line, string problem)
    {
        InputFileException error = Assert.Throws<InputFileException>(() => PulseTrainReader.Read(new StringReader(text), "trains.csv"));

        Assert.Equal(line, error.Line);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Trains_of_one_kind_only_are_refused()
    {
        MeasuredPulse[] pulses = [.. Enumerable.Range(0, 50).Select(i => new MeasuredPulse(i, true, 1e-6 + i * 1e-7))];

        Refused("No train of decreasing pulses", () => UpdateTableBuilder.Build("half", pulses));
    }

    private static void Refused(string reason, Func<object> action) =>
        Assert.Contains(reason, Assert.Throws<InvalidDesignException>(action).Message, StringComparison.Ordinal);

    private static string? Folder(string lut)
    {
        string[] parts = lut.Split('/');
        if (parts[0].StartsWith("DWMTJ", StringComparison.Ordinal)) return parts[1] == "0" ? parts[0] : null;
        if (parts[0] != "TaOx_all") return lut;
        return Directory.Exists(Path.Combine(Repository.SharedData!, "data/crosssim-luts/TaOx/multi_medium", parts[1])) ? $"TaOx/multi_medium/{parts[1]}" : null;
    }

    // Currents at 0.1 V, one column a train, of unequal length.
    private static IEnumerable<MeasuredPulse> Columns(string path, bool isIncreasing)
    {
        string[][] rows = [.. File.ReadAllLines(path).Skip(1).Select(l => l.Split(','))];
        for (int column = 0; column < rows[0].Length; column++)
            for (int i = 0; i < rows.Length; i++)
                if (column < rows[i].Length && rows[i][column].Trim().Length > 0)
                    yield return new MeasuredPulse(i, isIncreasing, Number(rows[i][column]) / 0.1);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
