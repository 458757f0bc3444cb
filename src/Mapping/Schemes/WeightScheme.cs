using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Schemes;

/// <summary>How signed weights become conductances of one array, and currents of its bit lines become weighted sums again.</summary>
/// <remarks>
/// Weights are row-major [input, output], conductances row-major [wordLine, bitLine]. A weight w is worth
/// <see cref="SiemensPerWeight"/>·w siemens of difference between the lines that a read-out subtracts.
/// </remarks>
public abstract record WeightScheme
{
    private protected WeightScheme(double minimumSiemens, double maximumSiemens, double maximumWeight)
    {
        var problems = new List<string>();
        if (!(minimumSiemens >= 0 && maximumSiemens > minimumSiemens && double.IsFinite(maximumSiemens)))
            problems.Add(Text($"The window is {minimumSiemens:G6} to {maximumSiemens:G6} S; the lower end must be at least 0 and below the upper end."));
        if (!(maximumWeight > 0 && double.IsFinite(maximumWeight)))
            problems.Add(Text($"The largest weight is {maximumWeight:G6}; it must be positive."));
        if (problems.Count > 0) throw new InvalidDesignException("Weight scheme", problems);
        MinimumSiemens = minimumSiemens;
        MaximumSiemens = maximumSiemens;
        MaximumWeight = maximumWeight;
    }

    /// <summary>Lowest conductance used, siemens.</summary>
    public double MinimumSiemens { get; }

    /// <summary>Highest conductance used, siemens.</summary>
    public double MaximumSiemens { get; }

    /// <summary>Largest absolute weight; it takes the whole dynamic range.</summary>
    public double MaximumWeight { get; }

    /// <summary>Dynamic range: largest difference of conductance that one weight makes, siemens, for a weight of <see cref="MaximumWeight"/>.</summary>
    public abstract double RangeSiemens { get; }

    /// <summary>Current offset: conductance that a weight of 0 puts on each line that is collected, siemens. It flows, heats and loads; the read-out's subtraction takes it out.</summary>
    public abstract double OffsetSiemens { get; }

    /// <summary>Difference of conductance for a weight of 1, siemens.</summary>
    public double SiemensPerWeight => RangeSiemens / MaximumWeight;

    /// <summary>Lines of the array for a matrix.</summary>
    /// <param name="inputCount">Rows of the matrix.</param>
    /// <param name="outputCount">Columns of the matrix.</param>
    /// <returns>Driven and collected lines.</returns>
    public abstract (int WordLines, int BitLines) Shape(int inputCount, int outputCount);

    /// <summary>Conductances for weights.</summary>
    /// <param name="weights">Weights, row-major [input, output], none above <see cref="MaximumWeight"/> in absolute value.</param>
    /// <param name="inputCount">Rows.</param>
    /// <param name="outputCount">Columns.</param>
    /// <returns>Conductances, siemens, row-major [wordLine, bitLine], inside the window.</returns>
    /// <exception cref="InvalidDesignException">A weight is too large or not finite; all are counted.</exception>
    /// <exception cref="ArgumentException">The length is not inputCount·outputCount.</exception>
    public double[] ToConductances(ReadOnlySpan<double> weights, int inputCount, int outputCount)
    {
        CheckLength(weights.Length, inputCount, outputCount, nameof(weights));
        CheckWeights(weights, outputCount);
        (int wordLines, int bitLines) = Shape(inputCount, outputCount);
        var siemens = new double[wordLines * bitLines];
        Map(weights, inputCount, outputCount, siemens);
        return siemens;
    }

    /// <summary>Weights that conductances stand for: the inverse of <see cref="ToConductances"/>, for any conductances.</summary>
    /// <param name="siemens">Conductances, siemens, row-major [wordLine, bitLine].</param>
    /// <param name="inputCount">Rows of the matrix.</param>
    /// <param name="outputCount">Columns of the matrix.</param>
    /// <returns>Weights, row-major [input, output].</returns>
    /// <exception cref="ArgumentException">The length is not that of <see cref="Shape"/>.</exception>
    public double[] ToWeights(ReadOnlySpan<double> siemens, int inputCount, int outputCount)
    {
        (int wordLines, int bitLines) = Shape(inputCount, outputCount);
        CheckLength(siemens.Length, wordLines, bitLines, nameof(siemens));
        var weights = new double[inputCount * outputCount];
        Unmap(siemens, inputCount, outputCount, weights);
        return weights;
    }

    /// <summary>Word-line voltages for inputs.</summary>
    /// <param name="inputVolts">Inputs, volts.</param>
    /// <returns>One voltage a word line.</returns>
    public abstract double[] WordLineVolts(ReadOnlySpan<double> inputVolts);

    /// <summary>Weighted sums from the currents of the bit lines at a virtual ground.</summary>
    /// <param name="bitLineAmps">Currents out of the bit lines, amperes.</param>
    /// <returns>Σ weight·volts, one an output.</returns>
    public abstract double[] Outputs(ReadOnlySpan<double> bitLineAmps);

    private protected abstract void Map(ReadOnlySpan<double> weights, int inputCount, int outputCount, Span<double> siemens);

    private protected abstract void Unmap(ReadOnlySpan<double> siemens, int inputCount, int outputCount, Span<double> weights);

    private static void CheckLength(int length, int rows, int columns, string name)
    {
        if (rows < 1 || columns < 1 || length != (long)rows * columns) throw new ArgumentException($"{length} numbers for {rows} x {columns}.", name);
    }

    private void CheckWeights(ReadOnlySpan<double> weights, int outputCount)
    {
        int first = -1, count = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (Math.Abs(weights[i]) <= MaximumWeight) continue;
            if (count++ == 0) first = i;
        }

        if (count > 0)
            throw new InvalidDesignException("Weight scheme", [Text($"Weight (input {first / outputCount + 1}, output {first % outputCount + 1}) is {weights[first]:G6}; the scheme takes -{MaximumWeight:G6} to {MaximumWeight:G6}; {count} weights are outside. Give a larger maximum weight, or clip the weights by name.")]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
