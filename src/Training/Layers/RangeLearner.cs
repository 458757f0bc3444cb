namespace CircuitSim.Training.Layers;

/// <summary>Learns the range of each array's ADC, as a share of the calibrated one: Adam on the share's logarithm, whose gradient has the same scale for every array.</summary>
/// <remarks>Jain, Gural, Wu, Dick, <i>Trained Quantization Thresholds</i>, MLSys 2020 (arXiv 1903.08066), for partial sums in place of activations.</remarks>
internal sealed class RangeLearner
{
    /// <summary>Change of a range in one step of training, at most about this share.</summary>
    public const double Rate = 0.01;

    private const double MeanDecay = 0.9, SquareDecay = 0.999, Floor = 1e-30;

    public RangeLearner(int arrayCount)
    {
        (Numbers, Gradient) = (new float[3 * arrayCount], new double[arrayCount]);
        Shares.Fill(1);
    }

    /// <summary>Range of each array over the calibrated one, above 0 and at most 1.</summary>
    public Span<float> Shares => Numbers.AsSpan(0, Gradient.Length);

    /// <summary>Shares, then running means of their gradients, then running squares.</summary>
    public float[] Numbers { get; }

    /// <summary>Gradient of the mean loss with the logarithm of each range.</summary>
    public double[] Gradient { get; }

    /// <summary>Changes the ranges.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="step">Steps done, this one included.</param>
    public void Take(double rate, long step)
    {
        int count = Gradient.Length;
        for (int a = 0; a < count; a++)
        {
            double mean = MeanDecay * Numbers[count + a] + (1 - MeanDecay) * Gradient[a];
            double square = SquareDecay * Numbers[2 * count + a] + (1 - SquareDecay) * Gradient[a] * Gradient[a];
            double root = Math.Sqrt(square / (1 - Math.Pow(SquareDecay, step)));
            double change = rate * mean / (1 - Math.Pow(MeanDecay, step)) / (root + Floor);
            Numbers[a] = (float)Math.Min(Numbers[a] * Math.Exp(-change), 1);
            (Numbers[count + a], Numbers[2 * count + a]) = ((float)mean, (float)square);
        }
    }
}
