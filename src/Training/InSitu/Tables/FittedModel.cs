namespace CircuitSim.Training.InSitu.Tables;

/// <summary>A parametric model and how far it is from its table.</summary>
/// <param name="Model">The model.</param>
/// <param name="IncreasingError">Error of pulses that raise the conductance.</param>
/// <param name="DecreasingError">Error of pulses that lower the conductance.</param>
public sealed record FittedModel(ParametricUpdateModel Model, ParametricFitError IncreasingError, ParametricFitError DecreasingError)
{
    internal static FittedModel Of(UpdateTable table)
    {
        ParametricUpdateModel model = ParametricUpdateModel.Fit(table);
        return new FittedModel(model, Rounded(model.ErrorAgainst(table, isIncreasing: true)), Rounded(model.ErrorAgainst(table, isIncreasing: false)));
    }

    private static ParametricFitError Rounded(ParametricFitError error) => new()
    {
        AverageStep = Math.Round(error.AverageStep, 5),
        WorstInWindow = Math.Round(error.WorstInWindow, 5),
        RootMeanSquareInWindow = Math.Round(error.RootMeanSquareInWindow, 5),
        Worst = Math.Round(error.Worst, 5),
        NoiseRatio = Math.Round(error.NoiseRatio, 5),
        TableNoiseRatio = Math.Round(error.TableNoiseRatio, 5),
    };
}
