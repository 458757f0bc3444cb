using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Data;

/// <summary>A data set divided into a training, a validation and a test part that never meet, each class in the same proportion.</summary>
public sealed record ThreeWaySplit
{
    private ThreeWaySplit(DataSet training, DataSet validation, DataSet test) => (Training, Validation, Test) = (training, validation, test);

    /// <summary>Samples to learn from.</summary>
    public DataSet Training { get; }

    /// <summary>Samples to watch learning with.</summary>
    public DataSet Validation { get; }

    /// <summary>Samples to judge with.</summary>
    public DataSet Test { get; }

    /// <summary>Draws a stratified split.</summary>
    /// <param name="data">The whole set.</param>
    /// <param name="trainFraction">Fraction for training, positive.</param>
    /// <param name="validationFraction">Fraction for validation, positive; what both leave is for testing.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <returns>The split; each part has at least one sample.</returns>
    /// <exception cref="InvalidDesignException">A fraction is not positive, nothing is left for testing, or a part would be empty.</exception>
    public static ThreeWaySplit Create(DataSet data, double trainFraction, double validationFraction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!(trainFraction > 0 && validationFraction > 0 && trainFraction + validationFraction < 1))
        {
            throw new InvalidDesignException($"Split of data set '{data.Name}'", [string.Create(CultureInfo.InvariantCulture,
                $"Training and validation fractions are {trainFraction:R} and {validationFraction:R}; both must be positive and leave something for testing.")]);
        }

        DataSplit outer = data.Split(trainFraction, seed);
        DataSplit inner = outer.Test.Split(validationFraction / (1 - trainFraction), seed);
        return new ThreeWaySplit(outer.Training, inner.Training, inner.Test);
    }
}
