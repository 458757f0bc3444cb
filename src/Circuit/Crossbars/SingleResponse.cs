using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Response of the bit-line ends to the sources as 32-bit numbers, for many inputs by one matrix product.</summary>
/// <remarks>From port matrices of either precision; see <see cref="TransferMatrix.ToSingle"/>. Thread-safe.</remarks>
public sealed class SingleResponse
{
    private readonly float[] _values;
    private readonly double _rowSum, _matrixError;

    internal SingleResponse(ReadOnlySpan<double> response, int bitLines, int wordLines, double matrixError)
    {
        (WordLineCount, BitLineCount, _matrixError) = (wordLines, bitLines, matrixError);
        _values = new float[response.Length];
        for (int k = 0; k < _values.Length; k++) _values[k] = (float)response[k];
        for (int j = 0; j < bitLines; j++) _rowSum = Math.Max(_rowSum, DenseKernels.Sum(response.Slice(j * wordLines, wordLines)));
    }

    /// <summary>Number of sources m.</summary>
    public int WordLineCount { get; }

    /// <summary>Number of bit lines n.</summary>
    public int BitLineCount { get; }

    /// <summary>Volts at an open end, or amperes into a grounded one, per volt of a source, row-major [bitLine, wordLine].</summary>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>Ends for many source vectors, in 32-bit arithmetic.</summary>
    /// <param name="sourceVolts">Sources, volts, row-major [sample, wordLine].</param>
    /// <param name="sampleCount">Samples, at least 0.</param>
    /// <param name="ends">Receives volts of open ends or amperes into grounded ones, row-major [sample, bitLine].</param>
    /// <param name="maxThreads">Threads to use at most; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span holds fewer numbers than samples need.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of samples is negative, or that of threads below 1.</exception>
    public void Apply(ReadOnlySpan<float> sourceVolts, int sampleCount, Span<float> ends, int maxThreads = 1) => Gemm.Multiply(
        GemmView.RowMajor(sourceVolts, sampleCount, WordLineCount), GemmView.RowMajor<float>(_values, BitLineCount, WordLineCount).Transposed,
        ends, BitLineCount, maxThreads: maxThreads);

    /// <summary>What any end of <see cref="Apply"/> is wrong by at most for one source vector, volts or amperes.</summary>
    /// <remarks>
    /// With a largest row sum s of a response without negative entries, (m + 3)·2⁻²⁴·s·max|V| covers the rounding of the response, of m
    /// products and of m sums; numbers below the normal range add at most m·2⁻¹⁴⁹·(1 + max|V|). Port matrices of single precision add their own
    /// stated error times the Euclidean norm of V (see <see cref="SinglePrecisionError"/>).
    /// </remarks>
    /// <param name="sourceVolts">Sources, volts, length m.</param>
    /// <returns>The bound.</returns>
    /// <exception cref="ArgumentException">The length is not m.</exception>
    public double ErrorBound(ReadOnlySpan<float> sourceVolts)
    {
        if (sourceVolts.Length != WordLineCount) throw new ArgumentException($"{sourceVolts.Length} source voltages for {WordLineCount} word lines.", nameof(sourceVolts));
        double largest = 0, squares = 0;
        foreach (float volts in sourceVolts)
        {
            largest = Math.Max(largest, Math.Abs(volts));
            squares += (double)volts * volts;
        }

        return (WordLineCount + 3) * Math.ScaleB(1, -24) * _rowSum * largest
            + WordLineCount * Math.ScaleB(1, -149) * (1 + largest) + _matrixError * Math.Sqrt(squares);
    }
}
