using CircuitSim.Circuit.Errors;
using CircuitSim.Training.Data;

namespace CircuitSim.Training.Tests.Data;

public sealed class DataSplitTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(SplitKind.Stratified)]
    [InlineData(SplitKind.Random)]
    public void Every_sample_is_in_exactly_one_part(SplitKind kind)
    {
        DataSet data = DataSets.Open("mnist14");

        DataSplit split = data.Split(0.8, 1, kind);

        Assert.Equal((800, 200), (split.Training.SampleCount, split.Test.SampleCount));
        Assert.Equal(Enumerable.Range(0, 1000), split.TrainingIndices.Concat(split.TestIndices).Order());
        int first = split.TestIndices[0];
        Assert.Equal(data.Labels.Span[first], split.Test.Labels.Span[0]);
        Assert.Equal(data.Inputs.Slice(first * 196, 196).ToArray(), split.Test.Inputs[..196].ToArray());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_stratified_split_keeps_the_proportion_of_every_class_to_one_sample()
    {
        DataSet data = DataSets.Open("wine");

        DataSplit split = data.Split(0.7, 5);

        int[] whole = Counts(data), training = Counts(split.Training);
        Assert.Equal(125, split.Training.SampleCount);
        for (int c = 0; c < 3; c++) Assert.InRange(training[c], 0.7 * whole[c] - 1, 0.7 * whole[c] + 1);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_seed_decides_the_split()
    {
        DataSet data = DataSets.Open("iris");

        Assert.Equal(data.Split(0.5, 1).TestIndices, data.Split(0.5, 1).TestIndices);
        Assert.NotEqual(data.Split(0.5, 1).TestIndices, data.Split(0.5, 2).TestIndices);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    [InlineData(0.001)]
    [InlineData(0.999)]
    public void A_split_with_an_empty_part_is_refused(double fraction) =>
        Assert.Throws<InvalidDesignException>(() => DataSets.Open("iris").Split(fraction, 1));

    [Fact]
    [Trait("Kind", "property")]
    public void A_data_set_lists_everything_that_is_wrong_with_it()
    {
        InvalidDesignException error = Assert.Throws<InvalidDesignException>(
            () => new DataSet("bad", 2, [0, double.NaN, 2], [0, 5], ["a", "b"], "test", ["one"], 3, 3));

        Assert.Equal(6, error.Violations.Count);
    }

    private static int[] Counts(DataSet data) =>
        [.. Enumerable.Range(0, data.ClassCount).Select(c => data.Labels.ToArray().Count(l => l == c))];
}
