using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Randomness;
using CircuitSim.TestSupport;
using CircuitSim.Training.Losses;
using CircuitSim.Training.Phax;

namespace CircuitSim.Training.Tests.Phax;

public sealed class PhaxModelTests
{
    // One neuron with two differential inputs and the bias pair: the order here is word lines +x1, −x1, +x2, −x2, bias +, bias −.
    private static readonly double[] FixtureTheta = [-0.8, 0.4, 1.2, -1.1, 0.3, -0.5];
    private static readonly double[] FixtureInputs = [0.11, -0.07];

    public static TheoryData<LossKind, NeuronCurveKind, bool, int[]> GradientCases
    {
        get
        {
            var data = new TheoryData<LossKind, NeuronCurveKind, bool, int[]>();
            foreach (LossKind loss in new[] { LossKind.CrossEntropy, LossKind.SquaredError })
            {
                foreach (NeuronCurveKind curve in new[] { NeuronCurveKind.Tanh, NeuronCurveKind.Table })
                {
                    data.Add(loss, curve, false, [5, 4, 3]);
                    data.Add(loss, curve, true, [3, 6, 5, 2]);
                    data.Add(loss, curve, true, [4, 3, 9, 4, 3]);
                }
            }

            return data;
        }
    }

    [Theory]
    [Trait("Kind", "peer")]
    [InlineData(7.78 / 0.12, new[] { 2.53199853683e-06, 4.77778999567e-06, 6.09912281562e-06, 2.06297637847e-06, 4.58916278079e-06, 3.05726640325e-06 }, 0.12e-6,
        -0.00634099866587, -0.124179049901, 0.0251281232073, 1.05278586489, 1.34073194016, 28.4780027387,
        new[] { 0.0112286772477, -0.0112371242009, -0.00510960746078, 0.00645391073561, 0.0282740628993, -0.0258358361909 })]
    [InlineData(7.33, new[] { 3.27248705333, 5.38838054862, 6.63328666305, 2.83059342599, 5.21066364823, 3.76737310229 }, 1.0,
        -0.00509594041488, -0.131478121608, 0.0267910603915, 1.08882374828, 1.3295130789, 29.4052213353,
        new[] { 0.00885264716177, -0.00906270395135, -0.00415161350034, 0.00505939882438, 0.0224228614279, -0.020694425975 })]
    public void One_neuron_gives_the_numbers_of_the_reference(
        double ratio, double[] sigma, double minimum, double gate, double output, double squared, double entropy,
        double squaredPerVolt, double entropyPerVolt, double[] thetaGradient)
    {
        PhaxModel model = FixtureModel(ratio, LossKind.SquaredError);
        var gradient = new double[6];
        double loss = model.LossAndGradient(FixtureInputs, [0.10], 1, gradient);
        PhaxModel other = FixtureModel(ratio, LossKind.CrossEntropy);
        var otherGradient = new double[6];
        double otherLoss = other.LossAndGradient(FixtureInputs, [0.10], 1, otherGradient);

        // The reference prints 12 digits: half a unit of the last, 5e-12 relative at worst.
        const double digits = 5e-12;
        Close.Lists(sigma, model.Layers[0].Sigma.ToArray().Select(s => s * minimum).ToArray(), 0, digits, "sigma");
        Close.Numbers(gate, model.Activations[0].Gate[0], 0, digits, "Vnet");
        Close.Numbers(output, model.Activations[0].Inverted[0], 0, digits, "n");
        Close.Numbers(squared, loss, 0, digits, "squared error");
        Close.Numbers(entropy, otherLoss, 0, digits, "cross-entropy");
        Close.Lists(thetaGradient, gradient, 0, digits, "dJ/dtheta");
        double sum = 1 / model.Layers[0].InverseSum[0];
        Close.Numbers(squaredPerVolt, model.Activations[0].GateGradient[0] * sum, 0, digits, "dJ/dVnet");
        Close.Numbers(entropyPerVolt, other.Activations[0].GateGradient[0] * sum, 0, digits, "dCE/dVnet");
    }

    [Theory]
    [Trait("Kind", "peer")]
    [InlineData(9, new[] { 0.07870060485382864, 0.20882276873471511, 0.3389449326156016, 0.37353169379585455 })]
    [InlineData(99, new[] { 0.05126190061084072, 0.2022270077323534, 0.3531921148538661, 0.39331897680293976 })]
    public void Divider_weights_are_those_of_the_authors_code(double ratio, double[] expected)
    {
        var model = new PhaxModel([1, 1], ratio, [TanhNeuronCurve.PublishedPhax], LossKind.CrossEntropy, 1);
        new double[] { -2, 0, 2, 4 }.CopyTo(model.Parameters);
        model.Refresh();

        double inverse = model.Layers[0].InverseSum[0];

        // Ten roundings on the way, each 1.1e-16 relative.
        Close.Lists(expected, model.Layers[0].Sigma.ToArray().Select(s => s * inverse).ToArray(), 0, 1.2e-15);
    }

    [Theory]
    [Trait("Kind", "property")]
    [MemberData(nameof(GradientCases))]
    public void The_gradient_agrees_with_central_differences(LossKind loss, NeuronCurveKind kind, bool isLoaded, int[] sizes)
    {
        NominalLoad? load = isLoaded ? new NominalLoad(0.12e-6, 7.33) : null;
        IReadOnlyList<INeuronCurve> curves = NeuronCurves.Create(kind, InverterModel.EkvPhax90, 0.5, sizes, load);
        var model = new PhaxModel(sizes, 7.33, curves, loss, 4);
        var random = new CounterRandom(20260101, "gradient test");
        for (int i = 0; i < model.Parameters.Length; i++) model.Parameters[i] = 1.5 * random.Normal((ulong)i);
        model.Refresh();
        const int samples = 7;
        double[] inputs = [.. Enumerable.Range(0, samples * sizes[0]).Select(i => random.Uniform((ulong)(100_000 + i), -0.25, 0.25))];
        int[] labels = [.. Enumerable.Range(0, samples).Select(i => random.Below((ulong)(200_000 + i), sizes[^1]))];

        var gradient = new double[model.Parameters.Length];
        model.LossAndGradient(inputs, labels, gradient);
        double largest = 0, difference = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            double central = CentralDifference(model, i, inputs, labels);
            largest = Math.Max(largest, Math.Abs(gradient[i]));
            difference = Math.Max(difference, Math.Abs(central - gradient[i]));
        }

        // Fourth-order differences with step 2e-4: truncation below 1e-12 and rounding 1e-16/h = 1e-12 of a loss near 1.
        // The third derivative of a spline jumps between its intervals, which adds about 1e-7.
        Assert.True(difference <= 1e-6 * largest, $"gradient differs by {difference:R} of {largest:R}");
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_gradient_does_not_depend_on_the_pieces_samples_are_worked_in()
    {
        int[] sizes = [6, 5, 3];
        IReadOnlyList<INeuronCurve> curves = NeuronCurves.Create(NeuronCurveKind.Tanh, InverterModel.EkvSym, 0.5, sizes, null);
        var random = new CounterRandom(7, "pieces");
        double[] inputs = [.. Enumerable.Range(0, 60).Select(i => random.Uniform((ulong)i, -0.25, 0.25))];
        int[] labels = [.. Enumerable.Range(0, 10).Select(i => i % 3)];
        double[][] gradients = new double[2][];
        for (int k = 0; k < 2; k++)
        {
            var model = new PhaxModel(sizes, 64.83, curves, LossKind.CrossEntropy, k == 0 ? 10 : 3);
            for (int i = 0; i < model.Parameters.Length; i++) model.Parameters[i] = random.Normal((ulong)(1000 + i));
            model.Refresh();
            gradients[k] = new double[model.Parameters.Length];
            model.LossAndGradient(inputs, labels, gradients[k]);
        }

        // The same sums in another grouping: a few roundings of numbers below 1.
        Close.Lists(gradients[0], gradients[1], 1e-15, 1e-11);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Scaling_all_conductances_of_a_neuron_leaves_its_gate_alone()
    {
        PhaxModel model = FixtureModel(7.33, LossKind.SquaredError);
        var gradient = new double[6];
        model.LossAndGradient(FixtureInputs, [0.10], 1, gradient);

        // Euler's theorem for a function of degree 0: Σ σ·dJ/dσ = 0, with dJ/dθ = r·s(1−s)·dJ/dσ.
        double sum = 0;
        for (int i = 0; i < 6; i++)
        {
            double s = 1 / (1 + Math.Exp(-FixtureTheta[i]));
            sum += model.Layers[0].Sigma[i] * gradient[i] / (7.33 * s * (1 - s));
        }

        // Six terms of size 0.1, each with a few roundings.
        Close.Numbers(0, sum, 1e-15);
    }

    private static double CentralDifference(PhaxModel model, int index, double[] inputs, int[] labels)
    {
        const double h = 2e-4;
        double Loss(double step)
        {
            double kept = model.Parameters[index];
            model.Parameters[index] = kept + step;
            model.Refresh();
            double loss = model.Evaluate(inputs, labels).Loss;
            model.Parameters[index] = kept;
            return loss;
        }

        double central = (8 * (Loss(h) - Loss(-h)) - (Loss(2 * h) - Loss(-2 * h))) / (12 * h);
        model.Refresh();
        return central;
    }

    private static PhaxModel FixtureModel(double ratio, LossKind loss)
    {
        var model = new PhaxModel([2, 1], ratio, [TanhNeuronCurve.PublishedPhax], loss, 1);
        FixtureTheta.CopyTo(model.Parameters);
        model.Refresh();
        return model;
    }
}
