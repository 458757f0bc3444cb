namespace CircuitSim.Training.InSitu.Cores;

/// <summary>Weights as plain numbers: what the arrays are held against.</summary>
internal sealed class FloatingPointCore(int outputCount, int inputCount) : INeuralCore
{
    private readonly double[] _weights = new double[outputCount * inputCount];

    public int InputCount => inputCount;

    public int OutputCount => outputCount;

    public ReadOnlySpan<double> Weights => _weights;

    public string? Overdrive() => null;

    public void Program(ReadOnlySpan<double> weights) => weights.CopyTo(_weights);

    public void Read(ReadOnlySpan<double> x, Span<double> y) => MatrixProducts.Multiply(_weights, x, y);

    public void ReadTransposed(ReadOnlySpan<double> p, Span<double> y) => MatrixProducts.MultiplyTransposed(_weights, p, y);

    public void UpdateRankOne(ReadOnlySpan<double> p, ReadOnlySpan<double> x, double rate)
    {
        for (int i = 0; i < outputCount; i++)
            for (int j = 0; j < inputCount; j++) _weights[i * inputCount + j] += rate * p[i] * x[j];
    }

    public void Update(ReadOnlySpan<double> u, double rate)
    {
        for (int k = 0; k < _weights.Length; k++) _weights[k] += rate * u[k];
    }
}
