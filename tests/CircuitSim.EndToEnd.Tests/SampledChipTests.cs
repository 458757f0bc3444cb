using System.Globalization;
using System.Text.Json;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>The circuit is the chip: what is sampled is what is exported, to the last node.</summary>
public sealed class SampledChipTests : IDisposable
{
    private const int Chips = 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Ngspice_agrees_on_every_node_of_twenty_chips_with_wires_faults_and_mismatch()
    {
        Ngspice.SkipUnlessInstalled();
        int solved = 0, floating = 0, stuck = 0, lineFaults = 0, nodes = 0;
        double worst = 0;
        for (int chip = 1; solved < Chips; chip++)
        {
            Assert.True(chip <= 2 * Chips, $"only {solved} of {chip} chips have a solution");
            CommandResult run = CommandRunner.Run("run", WriteExperiment(chip), "--output", _folder.File("run"), "--force");
            // A bit line that breaks behind its last device leaves a gate afloat, which no simulator solves.
            if (run.ExitCode == 3)
            {
                Assert.Contains("no voltage is defined", run.Error, StringComparison.Ordinal);
                floating++;
                continue;
            }

            Assert.True(run.ExitCode == 0, run.Error);
            solved++;
            using JsonDocument fidelity = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.File("run"), "fidelity.json")));
            foreach (JsonElement check in fidelity.RootElement.GetProperty("spiceChecks").EnumerateArray())
            {
                Assert.Equal("verified", check.GetProperty("status").GetString());
                Assert.Equal(check.GetProperty("nodeCount").GetInt32(), check.GetProperty("comparedCount").GetInt32());
                worst = Math.Max(worst, check.GetProperty("worstVolts").GetDouble());
                nodes += check.GetProperty("comparedCount").GetInt32();
            }

            foreach (JsonElement layer in fidelity.RootElement.GetProperty("network").GetProperty("layers").EnumerateArray())
            {
                stuck += layer.GetProperty("programming").GetProperty("stuckCount").GetInt32();
                lineFaults += layer.GetProperty("programming").GetProperty("lineFaultCount").GetInt32();
            }
        }

        Assert.InRange(worst, double.Epsilon, 1e-9);
        Assert.True(stuck >= Chips && lineFaults >= Chips && nodes >= 100 * Chips, $"{stuck} stuck devices, {lineFaults} line faults, {nodes} nodes");
        Assert.InRange(floating, 0, Chips / 2);
    }

    private string WriteExperiment(int chip)
    {
        string path = _folder.File("chip.yaml");
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $$"""
            name: chip
            chip: {{chip}}
            data:    { set: iris }
            network: { layers: [4, 4, 3] }
            train:   { epochs: 20 }
            device:  { card: generic, spread_percent: 1.0, programming: one_shot, faults: { stuck_low: 0.03, stuck_high: 0.03 } }
            circuit: { segment_ohms: 2.5, source_ohms: 50, mismatch: { threshold_mv_um: 1.0, current_factor_percent_um: 1.0 }, corner: { temperature_kelvin: 320, supply_percent: 105 }, line_faults: { open_word_lines: 0.04, open_bit_lines: 0.04, shorted_word_lines: 0.04, shorted_bit_lines: 0.04, dead_drivers: 0.02, short_ohms: 300 } }
            check:   { samples: 30, limits: { spice_volts: 1e-9 } }
            export:  { samples: [{{chip % 30}}] }
            """));
        return path;
    }
}
