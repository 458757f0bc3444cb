using MathNet.Numerics.Distributions;

namespace CircuitSim.Export.CrossCheck;

/// <summary>McNemar's exact test: whether two classifiers differ in accuracy on the same samples.</summary>
/// <remarks>
/// Only samples that one of the two gets right count. If both were equally good, each of these n = b + c samples would be a fair
/// coin, so that p = min(1, 2·P[B(n, ½) ≤ min(b, c)]). Q. McNemar, Psychometrika 12, 1947; the exact form is the sign test.
/// </remarks>
public sealed record McNemarTest
{
    /// <summary>Samples that both classify as labelled.</summary>
    public required int BothCorrectCount { get; init; }

    /// <summary>Samples that only the trained network classifies as labelled.</summary>
    public required int OnlyTrainedCorrectCount { get; init; }

    /// <summary>Samples that only the other engine classifies as labelled.</summary>
    public required int OnlyOtherCorrectCount { get; init; }

    /// <summary>Samples that neither classifies as labelled.</summary>
    public required int NeitherCorrectCount { get; init; }

    /// <summary>Two-sided exact probability of a split at least this uneven between two equally accurate classifiers, 0 to 1.</summary>
    public required double PValue { get; init; }

    /// <summary>Tests two classifiers.</summary>
    /// <param name="trained">Classes of the trained network, one a sample.</param>
    /// <param name="other">Classes of the other engine.</param>
    /// <param name="labels">True classes.</param>
    /// <returns>The table and its probability.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static McNemarTest Of(ReadOnlySpan<int> trained, ReadOnlySpan<int> other, ReadOnlySpan<int> labels)
    {
        if (trained.Length != labels.Length || other.Length != labels.Length)
            throw new ArgumentException($"{trained.Length} and {other.Length} classes for {labels.Length} labels.", nameof(labels));
        int both = 0, onlyTrained = 0, onlyOther = 0, neither = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            bool isTrained = trained[i] == labels[i], isOther = other[i] == labels[i];
            if (isTrained && isOther) both++;
            else if (isTrained) onlyTrained++;
            else if (isOther) onlyOther++;
            else neither++;
        }

        return new McNemarTest
        {
            BothCorrectCount = both,
            OnlyTrainedCorrectCount = onlyTrained,
            OnlyOtherCorrectCount = onlyOther,
            NeitherCorrectCount = neither,
            PValue = Probability(onlyTrained, onlyOther),
        };
    }

    private static double Probability(int b, int c) =>
        b == c ? 1 : Math.Min(1, 2 * new Binomial(0.5, b + c).CumulativeDistribution(Math.Min(b, c)));
}
