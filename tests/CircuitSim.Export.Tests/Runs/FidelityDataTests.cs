using System.Text;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.Runs;

/// <summary>What a run says of its fidelity, on a machine without ngspice.</summary>
public sealed class FidelityDataTests : IDisposable
{
    private const string Chip = """
        name: chip
        data:    { set: iris }
        network: { layers: [4, 4, 3] }
        train:   { epochs: 20 }
        device:  { card: generic, spread_percent: 1, levels: 16, rounding: nearest, programming: one_shot, faults: { stuck_low: 0.05 } }
        circuit: { segment_ohms: 20, mismatch: { threshold_mv_um: 1 }, line_faults: { shorted_bit_lines: 0.2, short_ohms: 10000 } }
        check:   { samples: 12, budgets: { output_millivolts: 0.001 } }
        export:  { samples: [0, 3] }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Kind", "property")]
    public void Every_number_of_a_chip_is_there_and_reads_back()
    {
        RunPipeline run = Run(Chip);
        FidelityDocument document = run.Fidelity!;

        Assert.Equal(8, document.Attribution.Count);
        Assert.Equal(7, document.ReverseAttribution.Count);
        Assert.Empty(document.SkippedEffects);
        // The last rung and the chip that decks are written from are the same circuit.
        Assert.InRange(document.AttributionClosureVolts!.Value, 0, 1e-12);
        Assert.Equal(12, document.Sensitivity!.SampleCount);
        Assert.Equal([4, 3], document.SneakPaths.Select(l => l.BitLines.Count));
        Assert.All(document.SneakPaths, layer => Assert.Equal(4, layer.Reads.Count));
        // Shorts of 10 kilo-ohm between lines leave node voltages of 1e-12 V as 1e-16 A.
        Assert.InRange(document.PowerBalance!.WorstRelativeImbalance, 0, 1e-9);
        Close.Numbers(
            document.Power.Sum(p => p.BiasMilliwatts!.Value + p.RailsMilliwatts!.Value) + document.Power[0].DriverMilliwatts!.Value,
            document.PowerBalance.DeliveredMilliwatts, 0, 1e-12);
        Assert.Equal((12, 100.0 * document.Agreement!.AgreeingCount / 12), (document.Agreement.SampleCount, document.Agreement.Percent));
        Assert.Equal(Text(document), Text(FidelityJson.Read(run.Folder.Fidelity)));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Engines_are_columns_signals_rows_and_samples_depth()
    {
        CrossCheckTable table = Run(Chip).Fidelity!.CrossCheck!;

        Assert.Equal([CrossChecker.BehaviouralName, CrossChecker.CircuitName, "ngspice", "native, from the deck"], table.Engines);
        EngineComparison trained = table.Comparisons[0], ngspice = table.Comparisons[1], native = table.Comparisons[2];
        // A budget of a microvolt for outputs, and less for gates, is missed in the first layer.
        Assert.Equal(1, trained.FirstDivergence!.Layer);
        Assert.Equal(1e-6, trained.Signals.Single(s => s is { Layer: 2, Signal: SignalKind.InvertedOutput }).Budget);
        Assert.Equal(12, trained.Classes!.McNemar!.BothCorrectCount + trained.Classes.McNemar.OnlyTrainedCorrectCount
            + trained.Classes.McNemar.OnlyOtherCorrectCount + trained.Classes.McNemar.NeitherCorrectCount);
        Assert.Equal(2, ngspice.Unsolved.Count);
        Assert.Contains("not found", ngspice.Unsolved[0], StringComparison.Ordinal);
        Assert.Equal((2, 2), (native.DeckCount, native.SampleCount));
        Assert.Null(native.FirstDivergence);
        Assert.Equal(12, table.Samples.Count);
        Assert.Equal([0, 3], table.Samples.Where(s => s.Classes[3] is not null).Select(s => s.Sample));
        Assert.All(table.Samples, s => Assert.Equal((4, 4), (s.Classes.Count, s.WorstVolts.Count)));
        Assert.All(table.Budgets, b => Assert.EndsWith(".", b.Reason, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Read_out_by_current_is_compared_at_every_bit_line_end()
    {
        CrossCheckTable table = Run("""
            name: currents
            data:    { set: iris, train: 0.4, validation: 0.3 }
            network: { layers: [4, 5, 3] }
            train:   { method: in-situ, epochs: 3 }
            device:  { tables: taox }
            check:   { samples: 10 }
            export:  { samples: [1] }
            """).InSitu!.CrossCheck!;

        EngineComparison native = table.Comparisons.Single(c => c.Engine == "native, from the deck");
        SignalDifference[] currents = [.. native.Signals.Where(s => s.Signal == SignalKind.BitLineCurrent)];
        Assert.Equal([1, 2], currents.Select(s => s.Layer));
        Assert.All(currents, s => Assert.Equal(("A", 0), (s.Unit, s.BeyondCount)));
        Assert.True(currents[0].Count >= 5);
        Assert.Equal(1, native.Classes!.AgreeingCount);
        Assert.Equal(10, table.Comparisons[0].Classes!.SampleCount);
    }

    private RunPipeline Run(string yaml)
    {
        var run = RunPipeline.Create(ExperimentFile.Parse(yaml, "test.yaml"), new RunFolder(_folder.File("run")), new RunServices());
        run.RunThrough(RunStage.Check);
        return run;
    }

    private static string Text(FidelityDocument document)
    {
        using var stream = new MemoryStream();
        FidelityJson.Write(document, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
