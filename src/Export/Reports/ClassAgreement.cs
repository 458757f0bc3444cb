using CircuitSim.Export.CrossCheck;

namespace CircuitSim.Export.Reports;

/// <summary>How often two engines choose the same class, labels left aside, and whether they differ in accuracy.</summary>
public sealed record ClassAgreement
{
    /// <summary>Number of samples both classified.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Number of samples for which they chose the same class.</summary>
    public required int AgreeingCount { get; init; }

    /// <summary>Share of samples for which they agree, percent; null in documents that do not say.</summary>
    public double? Percent { get; init; }

    /// <summary>Lower end of its exact (Clopper-Pearson) 95 % confidence interval, percent.</summary>
    public double? Lower95Percent { get; init; }

    /// <summary>Upper end of its exact 95 % confidence interval, percent.</summary>
    public double? Upper95Percent { get; init; }

    /// <summary>McNemar's exact test between them, or null when labels were not looked at.</summary>
    public McNemarTest? McNemar { get; init; }

    /// <summary>Compares the classes of two engines.</summary>
    /// <param name="trained">Classes of the trained network or the engine held against, one a sample.</param>
    /// <param name="other">Classes of the other engine.</param>
    /// <param name="labels">True classes.</param>
    /// <returns>Agreement, its interval and the test.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or there is no sample.</exception>
    public static ClassAgreement Of(ReadOnlySpan<int> trained, ReadOnlySpan<int> other, ReadOnlySpan<int> labels)
    {
        McNemarTest test = McNemarTest.Of(trained, other, labels);
        if (labels.IsEmpty) throw new ArgumentException("There is no sample.", nameof(labels));
        int agreeing = 0;
        for (int i = 0; i < trained.Length; i++) agreeing += trained[i] == other[i] ? 1 : 0;
        (double lower, double upper) = ExactInterval.Share(agreeing, labels.Length);
        return new ClassAgreement
        {
            SampleCount = labels.Length,
            AgreeingCount = agreeing,
            Percent = 100.0 * agreeing / labels.Length,
            Lower95Percent = 100 * lower,
            Upper95Percent = 100 * upper,
            McNemar = test,
        };
    }
}
