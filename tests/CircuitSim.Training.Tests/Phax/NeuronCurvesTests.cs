using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;
using CircuitSim.Training.Phax;

namespace CircuitSim.Training.Tests.Phax;

public sealed class NeuronCurvesTests
{
    [Fact]
    [Trait("Kind", "peer")]
    public void The_published_tanh_gives_the_values_of_the_authors_code()
    {
        // Fixture of the PHAX authors' sigmoid function, Vdd = 0.5 V, c3 = −0.0235 V, c4 = 31.7581 /V.
        double[] gates = [-0.1, -0.05, -0.0235, 0, 0.01, 0.05, 0.1];
        double[] expected =
        [
            0.24615070344672751, 0.17166253200990703, 0, -0.1582363989854009, -0.1967876398460211, -0.24535019963491966, -0.24980407719002684,
        ];
        var n = new double[7];

        TanhNeuronCurve.PublishedPhax.Evaluate(gates, n, new double[7], new double[7], new double[7]);

        // A few roundings.
        Close.Lists(expected, n, 1e-16, 2e-15);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(NeuronCurveKind.Tanh)]
    [InlineData(NeuronCurveKind.Table)]
    public void Slopes_are_derivatives_and_logits_are_log_odds(NeuronCurveKind kind)
    {
        INeuronCurve curve = NeuronCurves.Create(kind, InverterModel.EkvPhax90, 0.5, [2, 3, 2], new NominalLoad(0.12e-6, 7.33))[1];
        const int count = 101;
        const double h = 1e-6;
        double[] gates = [.. Enumerable.Range(0, count).Select(i => -0.12 + 0.0024 * i + 1.3e-5)];
        double[][] at = [.. new[] { 0, -h, h }.Select(step => Evaluate(curve, gates, step))];

        for (int i = 0; i < count; i++)
        {
            for (int output = 0; output < 3; output++)
            {
                int value = 2 * output * count + i, slope = value + count;
                double difference = (at[2][value] - at[1][value]) / (2 * h);

                // Second-order differences: h²/6 of a third derivative up to 193³·0.25 for p, and rounding 1e-16/h.
                Close.Numbers(at[0][slope], difference, 1e-5, 1e-6, $"slope {output}");
            }

            double n = at[0][i];
            Close.Numbers(Math.Log((0.25 + n) / (0.25 - n)), at[0][4 * count + i], 1e-9, 1e-9, "logit");
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_nominal_load_is_the_next_crossbar_at_theta_zero_and_the_last_layer_has_none()
    {
        var load = new NominalLoad(0.12e-6, 7.33);

        IReadOnlyList<INeuronCurve> curves = NeuronCurves.Create(NeuronCurveKind.Table, InverterModel.EkvSym, 0.5, [5, 100, 10], load);

        Close.Numbers(10 * 0.12e-6 * (1 + 7.33 / 2), ((TableNeuronCurve)curves[0]).Curve.LoadSiemens, 0, 1e-15);
        Assert.Equal(0, ((TableNeuronCurve)curves[1]).Curve.LoadSiemens);
        Assert.Equal("table-loaded", curves[0].Name);
    }

    private static double[] Evaluate(INeuronCurve curve, double[] gates, double step)
    {
        double[] shifted = [.. gates.Select(g => g + step)];
        double[] n = new double[gates.Length], dn = new double[gates.Length], p = new double[gates.Length], dp = new double[gates.Length];
        double[] logit = new double[gates.Length], dlogit = new double[gates.Length];
        curve.Evaluate(shifted, n, dn, p, dp);
        curve.EvaluateLogits(shifted, logit, dlogit);
        return [.. n, .. dn, .. p, .. dp, .. logit, .. dlogit];
    }
}
