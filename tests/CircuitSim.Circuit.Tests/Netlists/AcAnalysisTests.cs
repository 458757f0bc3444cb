using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Netlists;

/// <summary>The frequencies of .ac, as ngspice 39.3 prints them (ngspice -b, seven digits).</summary>
public sealed class AcAnalysisTests
{
    [Theory]
    [Trait("Kind", "peer")]
    [InlineData(FrequencySpacing.Decade, 3, 1, 50, new[] { 1, 2.186724, 4.781762, 10.45640, 22.86525, 50 })]
    [InlineData(FrequencySpacing.Decade, 4, 1, 5, new[] { 1, 2.236068, 5 })]
    [InlineData(FrequencySpacing.Decade, 10, 1, 2.4, new[] { 1, 1.338866, 1.792562, 2.4 })]
    [InlineData(FrequencySpacing.Decade, 1, 1, 250, new[] { 1, 15.81139, 250 })]
    [InlineData(FrequencySpacing.Decade, 1, 1, 100, new[] { 1.0, 10, 100 })]
    [InlineData(FrequencySpacing.Octave, 3, 1, 10, new[] { 1, 1.259921, 1.587401, 2, 2.519842, 3.174802, 4, 5.039684, 6.349604, 8 })]
    [InlineData(FrequencySpacing.Octave, 1, 1, 7.99, new[] { 1.0, 2, 4, 8 })]
    [InlineData(FrequencySpacing.Octave, 1, 1, 1.5, new[] { 1.0 })]
    [InlineData(FrequencySpacing.Linear, 3, 1, 10, new[] { 1, 5.5, 10 })]
    [InlineData(FrequencySpacing.Linear, 1, 1, 10, new[] { 1.0 })]
    [InlineData(FrequencySpacing.Linear, 3, 5, 5, new[] { 5.0 })]
    // ngspice 39 has no answer where no step fits into the range, and one point of two; ngspice 45 has one point where none fits.
    [InlineData(FrequencySpacing.Decade, 3, 1, 2, new[] { 1.0 })]
    [InlineData(FrequencySpacing.Decade, 3, 7, 7, new[] { 7.0 })]
    [InlineData(FrequencySpacing.Linear, 2, 1, 10, new[] { 1.0, 10 })]
    public void Frequencies_are_those_of_ngspice(FrequencySpacing spacing, int count, double start, double stop, double[] expected)
        // Seven digits are printed.
        => Close.Lists(expected, [.. new AcAnalysis(spacing, count, start, stop).FrequenciesHertz], 0, 1e-6);
}
