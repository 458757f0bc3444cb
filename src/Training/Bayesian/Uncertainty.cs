namespace CircuitSim.Training.Bayesian;

/// <summary>Whether a network's confidence can be trusted: calibration, rejection, and detection of what it was not trained for.</summary>
public static class Uncertainty
{
    /// <summary>Confidence against accuracy in equal intervals of the highest probability: the reliability diagram.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="labels">Class of each sample.</param>
    /// <param name="binCount">Intervals between 0 and 1, at least 1.</param>
    /// <returns>One bin an interval, in order.</returns>
    public static IReadOnlyList<ReliabilityBin> Reliability(PredictiveDistribution prediction, ReadOnlySpan<int> labels, int binCount = 10)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 1);
        prediction.Require(labels.Length);
        var counts = new int[binCount];
        double[] confidence = new double[binCount], correct = new double[binCount];
        for (int i = 0; i < labels.Length; i++)
        {
            double highest = prediction.Row(i)[prediction.Classes.Span[i]];
            int bin = Math.Min(binCount - 1, (int)(highest * binCount));
            counts[bin]++;
            confidence[bin] += highest;
            correct[bin] += prediction.Classes.Span[i] == labels[i] ? 1 : 0;
        }

        return [.. Enumerable.Range(0, binCount).Select(b => new ReliabilityBin(
            (double)b / binCount, (b + 1.0) / binCount, counts[b], confidence[b] / counts[b], correct[b] / counts[b]))];
    }

    /// <summary>Expected calibration error: mean distance of confidence and accuracy over the bins, weighted by their samples (Naeini et al., AAAI 2015).</summary>
    /// <param name="bins">The reliability diagram.</param>
    /// <returns>Between 0 and 1.</returns>
    public static double ExpectedCalibrationError(IReadOnlyList<ReliabilityBin> bins)
    {
        ArgumentNullException.ThrowIfNull(bins);
        double total = bins.Sum(b => b.Count);
        return bins.Where(b => b.Count > 0).Sum(b => b.Count / total * Math.Abs(b.MeanConfidence - b.Accuracy));
    }

    /// <summary>Accuracy of what is left when the most uncertain samples are refused.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="labels">Class of each sample.</param>
    /// <param name="uncertainty">One number a sample; the highest are refused first, equal ones in order.</param>
    /// <param name="refusedShare">Share to refuse, from 0 to below 1.</param>
    /// <returns>Between 0 and 1.</returns>
    public static double AccuracyAfterRefusal(PredictiveDistribution prediction, ReadOnlySpan<int> labels, ReadOnlySpan<double> uncertainty, double refusedShare)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        prediction.Require(labels.Length);
        prediction.Require(uncertainty.Length);
        if (!(refusedShare is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(refusedShare), refusedShare, "The share lies from 0 to below 1.");
        double[] keys = uncertainty.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length).OrderBy(i => keys[i])];
        int kept = Math.Max(1, (int)Math.Round((1 - refusedShare) * keys.Length, MidpointRounding.AwayFromZero)), correct = 0;
        for (int k = 0; k < kept; k++) correct += prediction.Classes.Span[order[k]] == labels[order[k]] ? 1 : 0;
        return (double)correct / kept;
    }

    /// <summary>Area under the receiver operating characteristic: the chance that a sample of one kind scores above one of the other, ties counting half.</summary>
    /// <param name="positiveScores">Scores of the samples to detect, at least one.</param>
    /// <param name="negativeScores">Scores of the others, at least one.</param>
    /// <returns>0.5 for scores that say nothing, 1 for perfect detection.</returns>
    public static double DetectionArea(ReadOnlySpan<double> positiveScores, ReadOnlySpan<double> negativeScores)
    {
        if (positiveScores.Length == 0 || negativeScores.Length == 0) throw new ArgumentException("Both kinds need at least one sample.");
        double[] others = negativeScores.ToArray();
        Array.Sort(others);
        double wins = 0;
        foreach (double score in positiveScores) wins += 0.5 * (Rank(score, false) + Rank(score, true));
        return wins / positiveScores.Length / others.Length;

        int Rank(double score, bool isInclusive)
        {
            int low = 0, high = others.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (others[middle] < score || (isInclusive && others[middle] <= score)) low = middle + 1;
                else high = middle;
            }

            return low;
        }
    }
}
