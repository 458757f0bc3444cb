using CircuitSim.TestSupport;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Tests.Optimizers;

public sealed class LbfgsOptimizerTests
{
    [Fact]
    [Trait("Kind", "closed form")]
    public void Iterate_finds_the_minimum_of_Rosenbrocks_valley()
    {
        var valley = new Valley();
        var optimizer = new LbfgsOptimizer(valley);

        double last = double.PositiveInfinity;
        for (int i = 0; i < 60; i++)
        {
            optimizer.Iterate(default, default);
            double loss = valley.Evaluate(default, default).Loss;
            Assert.True(loss <= last, $"iteration {i} went up from {last:R} to {loss:R}");
            last = loss;
        }

        // Superlinear convergence ends at rounding: the loss is a sum of squares, its root 1e-10.
        Close.Lists([1, 1, 1, 1], valley.Parameters.ToArray(), 1e-7);
    }

    // Sum of 100(y−x²)² + (1−x)² over two pairs.
    private sealed class Valley : IDifferentiableModel
    {
        public CancellationToken Cancellation { get; set; }

        private readonly double[] _parameters = [-1.2, 1, 0.3, -0.8];

        public Span<double> Parameters => _parameters;

        public int InputCount => 0;

        public void Refresh()
        {
        }

        public double LossAndGradient(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, Span<double> gradient)
        {
            double loss = 0;
            for (int i = 0; i < 4; i += 2)
            {
                double x = _parameters[i], bend = _parameters[i + 1] - x * x;
                loss += 100 * bend * bend + (1 - x) * (1 - x);
                gradient[i] = -400 * x * bend - 2 * (1 - x);
                gradient[i + 1] = 200 * bend;
            }

            return loss;
        }

        public (double Loss, int Correct) Evaluate(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels) =>
            (LossAndGradient(inputs, labels, new double[4]), 0);
    }
}
