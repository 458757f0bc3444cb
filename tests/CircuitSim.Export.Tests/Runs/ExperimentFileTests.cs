using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;

namespace CircuitSim.Export.Tests.Runs;

public class ExperimentFileTests
{
    private const string Minimal = "name: a\ndata: { set: iris }\nnetwork: { layers: [4, 4, 3] }\n";

    public static TheoryData<string> Shipped => [.. ShippedExperiments.Names];

    [Theory]
    [Trait("Kind", "property")]
    [MemberData(nameof(Shipped))]
    public void Writing_and_reading_back_a_shipped_experiment_gives_the_same_text(string name)
    {
        string once = Write(ShippedExperiments.Find(name)!);
        string twice = Write(ExperimentFile.Parse(once, "resolved.yaml"));

        Assert.Equal(once, twice);
    }

    [Theory]
    [Trait("Kind", "golden")]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Text_is_the_same_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            string text = Write(ExperimentFile.Parse(Minimal, "a.yaml"));

            Assert.Contains("learning_rate: 0.01,", text, StringComparison.Ordinal);
            Assert.Contains("layers: [4, 4, 3]", text, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("trian: { epochs: 3 }", 4, "did you mean 'train'")]
    [InlineData("train: { epoch: 3 }", 4, "did you mean 'epochs'")]
    [InlineData("train: { epochs: 0 }", 4, "whole number of at least 1")]
    [InlineData("train: { learning_rate: -1 }", 4, "a positive number")]
    [InlineData("train: { learning_rate: nan }", 4, "a positive number")]
    [InlineData("train: { optimizer: adamm }", 4, "did you mean 'adam'")]
    [InlineData("circuit: { segment_ohms: -1 }", 4, "at least 0")]
    [InlineData("circuit: { supply_volts: 0 }", 4, "positive number of volts")]
    [InlineData("circuit: { inverter: ekv-asym }", 4, "did you mean 'ekv-sym'")]
    [InlineData("device: { card: unobtainium }", 4, "generic")]
    [InlineData("device: { faults: { stuck_low: 1.2 } }", 4, "a share of devices, from 0 to 1")]
    [InlineData("device: { faults: { stuck_low: 0.7, stuck_high: 0.7 } }", 4, "sum to 1.4")]
    [InlineData("device: { acceptance_percent: 5 }", 4, "goes with 'programming: verify'")]
    [InlineData("device: { card: generic, rounding: nearest }", 4, "'rounding' needs levels")]
    [InlineData("circuit: { line_faults: { open_bit_lines: 2 } }", 4, "a share of lines, from 0 to 1")]
    [InlineData("circuit: { segment_ohms: 0, line_faults: { open_word_lines: 0.1 } }", 4, "no segment to break")]
    [InlineData("circuit: { segment_ohms: 1, geometry: { node_nm: 45 } }", 4, "give one")]
    [InlineData("circuit: { geometry: { node_nm: 28 } }", 4, "must be one of 130, 90")]
    [InlineData("train: { in_the_loop_chip: true }", 4, "goes with 'in_the_loop: true'")]
    [InlineData("train: { in_the_loop: true, in_the_loop_chip: true, in_the_loop_spread: 0.1 }", 4, "exclude each other")]
    [InlineData("check: { against: [spectre] }", 4, "allowed: behavioural, n")]
    [InlineData("check: { budgets: { gate_volts: 1 } }", 4, "did you mean 'gate_millivolts'")]
    [InlineData("check: { budgets: { output_millivolts: 0 } }", 4, "a positive number")]
    [InlineData("export: { samples: [-1] }", 4, "at least 0")]
    [InlineData("export: { dialects: [xyce, spectr] }", 4, "did you mean 'spectre'")]
    [InlineData("speed: { sample: 3 }", 4, "did you mean 'samples'")]
    [InlineData("speed: { samples: 1 }", 4, "whole number of at least 2")]
    [InlineData("speed: { gate_farads: 0 }", 4, "a positive number of farads")]
    [InlineData("speed: { hold_seconds: 1e-12 }", 4, "'edge_seconds' must be shorter")]
    [InlineData("circuit: { inverter: mine.json }\nspeed: { samples: 3 }", 5, "'gate_farads' is missing")]
    [InlineData("seed: -3", 4, "whole number from 0")]
    [InlineData("train: [1", 5, "not YAML")]
    public void A_mistake_is_named_with_its_line_and_what_is_allowed(string line, int expectedLine, string expected)
    {
        var e = Assert.Throws<InputFileException>(() => ExperimentFile.Parse(Minimal + line + "\n", "my.yaml"));

        Assert.Equal(expectedLine, e.Line);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("my.yaml(", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("device: { card: generic, on_off_ratio: 20, conductance_ratio: window, levels: 9, rounding: stochastic, programming: verify, maximum_pulses: 7, read_noise: true, faults: { stuck_anywhere: 0.1 }, out_of_range: clip }")]
    [InlineData("device: { card: hfo2-milo, conductance_ratio: 3, programming: verify, acceptance_percent: 5, read_seconds: 3600, scale: least_error }")]
    [InlineData("circuit: { geometry: { width_nm: 50, thickness_nm: 90, word_line_pitch_nm: 200, bit_line_pitch_nm: 300 }, mismatch: { threshold_mv_um: 2.5 }, corner: { supply_percent: 90, temperature_kelvin: 350 }, line_faults: { shorted_bit_lines: 0.01, dead_drivers: 0.002, short_ohms: 33 } }")]
    [InlineData("sweep: { chips: 7, grid: [{ device.read_noise: [true, false], circuit.segment_ohms: [1, 2] }, { seed: [1, 2] }], stop: { half_width_percent: 2.5, least: 5 }, yield: { accuracy_drop_percent: 3 } }")]
    [InlineData("train: { in_the_loop: true, in_the_loop_spread: 0.1 }")]
    [InlineData("check: { budgets: { gate_millivolts: 2.5, output_millivolts: 40, spice_amps: 1e-13 }, limits: { spice_volts: 1e-9 } }")]
    public void Settings_of_chips_are_written_as_they_were_read(string line)
    {
        Experiment read = ExperimentFile.Parse(Minimal + line + "\n", "my.yaml");
        using var first = new StringWriter();
        ExperimentFile.Write(first, read);
        using var second = new StringWriter();
        ExperimentFile.Write(second, ExperimentFile.Parse(first.ToString(), "again.yaml"));

        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal(read.Device, ExperimentFile.Parse(first.ToString(), "again.yaml").Device);
        Assert.NotEqual(first.ToString(), Written(Minimal));

        static string Written(string yaml)
        {
            using var text = new StringWriter();
            ExperimentFile.Write(text, ExperimentFile.Parse(yaml, "plain.yaml"));
            return text.ToString();
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void All_mistakes_are_listed_at_once()
    {
        var e = Assert.Throws<InputFileException>(
            () => ExperimentFile.Parse("name: ../evil\ndata: { train: 2 }\nnetwork: { layers: [4] }\n", "my.yaml"));

        Assert.Contains("4 problems", e.Message, StringComparison.Ordinal);
        Assert.Contains("'../evil' names a folder", e.Message, StringComparison.Ordinal);
        Assert.Contains("'set' is missing", e.Message, StringComparison.Ordinal);
        Assert.Contains("between 0 and 1", e.Message, StringComparison.Ordinal);
        Assert.Contains("at least 2 are needed", e.Message, StringComparison.Ordinal);
    }

    private static string Write(Experiment experiment)
    {
        using var writer = new StringWriter();
        ExperimentFile.Write(writer, experiment);
        return writer.ToString();
    }
}
