using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Variation;
using CircuitSim.TestSupport;
using MathNet.Numerics.Statistics;

namespace CircuitSim.Mapping.Tests.Variation;

public class TransistorMismatchTests
{
    private const int Neurons = 10_000;

    private static readonly TransistorMismatch Mismatch = new() { ThresholdVoltMetres = 3e-9, CurrentFactorMetres = 1e-8 };

    [Fact]
    [Trait("Kind", "closed form")]
    public void Deviations_go_as_one_over_the_root_of_the_gate_area()
    {
        // 3 mV·µm over a gate of 0.1 µm by 0.6 µm: 3/√0.06 mV, and 1 %·µm likewise.
        Close.Numbers(3e-3 / Math.Sqrt(0.06), Mismatch.ThresholdDeviationVolts(isPChannel: false), 0, 1e-14);
        Close.Numbers(3e-3 / Math.Sqrt(0.1), Mismatch.ThresholdDeviationVolts(isPChannel: true), 0, 1e-14);
        Close.Numbers(0.01 / Math.Sqrt(0.06), Mismatch.CurrentFactorDeviation(isPChannel: false), 0, 1e-14);
        TransistorMismatch large = Mismatch with { LengthMetres = 0.4e-6 };
        Close.Numbers(0.5 * Mismatch.ThresholdDeviationVolts(false), large.ThresholdDeviationVolts(false), 0, 1e-14);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Drawn_transistors_have_these_deviations_and_are_independent()
    {
        EkvInverter nominal = InverterModel.EkvPhax90;
        EkvInverter[] drawn = Mismatch.Draw(nominal, layer: 0, Neurons, seed: 7);

        double[] threshold = [.. drawn.Select(d => d.PChannel.ThresholdVolts - nominal.PChannel.ThresholdVolts)];
        double[] other = [.. drawn.Select(d => d.NChannel.ThresholdVolts - nominal.NChannel.ThresholdVolts)];
        double[] factor = [.. drawn.Select(d => Math.Log(d.NChannel.SpecificCurrentAmps / nominal.NChannel.SpecificCurrentAmps))];
        // Of 20 000 draws a standard deviation is known to 0.5 %, a correlation to 0.7 %: four of these.
        Close.Numbers(Mismatch.ThresholdDeviationVolts(true), threshold.StandardDeviation(), 0, 0.02);
        Close.Numbers(Mismatch.CurrentFactorDeviation(false), factor.StandardDeviation(), 0, 0.02);
        Close.Numbers(0, threshold.Mean(), 4 * Mismatch.ThresholdDeviationVolts(true) / Math.Sqrt(2 * Neurons));
        Close.Numbers(0, Correlation.Pearson(threshold, other), 0.03);
        Close.Numbers(0, Correlation.Pearson(other, factor), 0.03);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_neuron_has_the_same_transistors_however_many_there_are()
    {
        EkvInverter[] few = Mismatch.Draw(InverterModel.EkvSym, 1, 3, seed: 5), many = Mismatch.Draw(InverterModel.EkvSym, 1, 30, seed: 5);

        Assert.Equal(few, many[..6]);
        Assert.NotEqual(few, Mismatch.Draw(InverterModel.EkvSym, 0, 3, seed: 5));
        Assert.NotEqual(few, Mismatch.Draw(InverterModel.EkvSym, 1, 3, seed: 6));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Wrong_coefficients_are_all_listed()
    {
        var wrong = new TransistorMismatch { ThresholdVoltMetres = -1, CurrentFactorMetres = double.NaN, LengthMetres = 0 };

        Assert.Equal(3, Assert.Throws<InvalidDesignException>(() => wrong.Draw(InverterModel.EkvSym, 0, 1, 1)).Violations.Count);
    }
}
