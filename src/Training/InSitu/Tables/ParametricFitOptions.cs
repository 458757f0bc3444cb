using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.InSitu.Tables;

/// <summary>How close a parametric model shall follow a table at every state.</summary>
public sealed record ParametricFitOptions
{
    /// <summary>Largest error of the mean change, relative to the mean change over the window; positive.</summary>
    public double MeanTolerance { get; init; } = 0.045;

    /// <summary>Largest error of the standard deviation, relative to its average over the window; positive.</summary>
    public double DeviationTolerance { get; init; } = 0.15;

    /// <summary>Error of the standard deviation that is never worth a knot, relative to the mean change over the window; positive.</summary>
    public double DeviationFloor { get; init; } = 0.02;

    internal void Check()
    {
        var violations = new List<string>();
        foreach ((double value, string name) in new[] { (MeanTolerance, "Tolerance of the mean"), (DeviationTolerance, "Tolerance of the deviation"), (DeviationFloor, "Floor of the deviation") })
            if (!(value > 0) || !double.IsFinite(value))
                violations.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value:R}; it must be positive."));
        if (violations.Count > 0) throw new InvalidDesignException("Fit of a parametric update model", violations);
    }
}
