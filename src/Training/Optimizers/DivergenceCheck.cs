using System.Globalization;

namespace CircuitSim.Training.Optimizers;

/// <summary>Ends a training whose numbers have lost their meaning. Tested are the loss (finite), every weight (finite and at most <see cref="TrainingDivergedException.LargestWeight"/>), and whether anything can still move.</summary>
/// <param name="subject">What is trained, for messages.</param>
/// <param name="learningRate">Learning rate, or null for an optimiser that finds its own steps.</param>
internal sealed class DivergenceCheck(string subject, double? learningRate)
{
    // A loss below it is that of a network with nothing left to learn: its gradient may vanish.
    private const double Learned = 1e-6;

    // A derivative below it moves no parameter of order 1 in double precision, whatever the optimiser makes of it: Adam divides by at least 1e-8.
    private const double Vanished = 1e-30;

    /// <summary>Requires a finite loss.</summary>
    /// <exception cref="TrainingDivergedException">It is not finite.</exception>
    public void Loss(int epoch, double loss, double? before = null)
    {
        if (double.IsFinite(loss)) return;
        throw Error(epoch, string.Create(CultureInfo.InvariantCulture, $"the loss is {loss}{(before is double b ? $", after {b:G6}" : "")}"));
    }

    /// <summary>Requires weights that mean something.</summary>
    /// <exception cref="TrainingDivergedException">A weight is not finite, or too large.</exception>
    public void Weights(int epoch, ReadOnlySpan<double> weights)
    {
        for (int i = 0; i < weights.Length; i++)
            if (!(Math.Abs(weights[i]) <= TrainingDivergedException.LargestWeight)) throw Weight(epoch, i, weights[i]);
    }

    /// <summary>As <see cref="Weights(int, ReadOnlySpan{double})"/>, in single precision.</summary>
    /// <exception cref="TrainingDivergedException">A weight is not finite, or too large.</exception>
    public void Weights(int epoch, ReadOnlySpan<float> weights)
    {
        for (int i = 0; i < weights.Length; i++)
            if (!(Math.Abs(weights[i]) <= TrainingDivergedException.LargestWeight)) throw Weight(epoch, i, weights[i]);
    }

    /// <summary>Whether a gradient can move anything.</summary>
    public static bool Moves(ReadOnlySpan<double> gradient)
    {
        foreach (double slope in gradient)
            if (!(Math.Abs(slope) <= Vanished)) return true;
        return false;
    }

    /// <summary>Refuses an epoch in which no gradient could move anything though the loss was not small: all parameters sit where the network is flat.</summary>
    /// <exception cref="TrainingDivergedException">Nothing moved.</exception>
    public void Movement(int epoch, bool hasMoved, double loss)
    {
        if (hasMoved || loss <= Learned) return;
        throw Error(epoch, string.Create(CultureInfo.InvariantCulture, $"no derivative of the loss exceeds {Vanished:G} at a loss of {loss:G6}: all weights are saturated"));
    }

    /// <summary>The error, with what was found.</summary>
    public TrainingDivergedException Error(int epoch, string finding) => new(subject, epoch, finding, learningRate);

    private TrainingDivergedException Weight(int epoch, int index, double value) => Error(epoch, string.Create(CultureInfo.InvariantCulture,
        $"weight {index + 1} is {value:G6}, beyond ±{TrainingDivergedException.LargestWeight:G}"));
}
