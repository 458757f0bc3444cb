namespace CircuitSim.Training.InSitu;

/// <summary>What digital neurons do, in place.</summary>
internal static class Neurons
{
    internal static void Sigmoid(Span<double> z)
    {
        for (int i = 0; i < z.Length; i++) z[i] = 1 / (1 + Math.Exp(-z[i]));
    }

    internal static void Softmax(Span<double> z)
    {
        double most = double.NegativeInfinity, sum = 0;
        foreach (double value in z) most = Math.Max(most, value);
        for (int i = 0; i < z.Length; i++) sum += z[i] = Math.Exp(z[i] - most);
        for (int i = 0; i < z.Length; i++) z[i] /= sum;
    }

    internal static int Largest(ReadOnlySpan<double> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }
}
