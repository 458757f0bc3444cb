using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.ExSitu;

/// <summary>The samples of one posterior: classes, training samples, test samples, and those of the classes left out.</summary>
internal sealed class BayesianTask
{
    private BayesianTask(IReadOnlyList<string> classes, DataSet available, DataSet training, DataSet test, IReadOnlyList<int> layerSizes, IReadOnlyList<(string, double[])> leftOut, double[] inputs, double[] testInputs, double[] availableInputs)
    {
        (Classes, Available, Training, Test, LayerSizes, LeftOut) = (classes, available, training, test, layerSizes, leftOut);
        (Inputs, TestInputs, AvailableInputs) = (inputs, testInputs, availableInputs);
    }

    internal IReadOnlyList<string> Classes { get; }

    /// <summary>Training samples of the classes, all of them.</summary>
    internal DataSet Available { get; }

    /// <summary>Those conditioned on.</summary>
    internal DataSet Training { get; }

    internal DataSet Test { get; }

    internal IReadOnlyList<int> LayerSizes { get; }

    /// <summary>Scaled test inputs of each class left out.</summary>
    internal IReadOnlyList<(string Name, double[] Inputs)> LeftOut { get; }

    /// <summary>Scaled training inputs, row-major [sample, input].</summary>
    internal double[] Inputs { get; }

    /// <summary>Scaled test inputs.</summary>
    internal double[] TestInputs { get; }

    /// <summary>Scaled inputs of all training samples of the classes.</summary>
    internal double[] AvailableInputs { get; }

    internal ReadOnlySpan<double> TestInput(int sample) => TestInputs.AsSpan(sample * Test.FeatureCount, Test.FeatureCount);

    internal static BayesianTask Create(Experiment experiment, DataSplit whole, IReadOnlyList<string> named)
    {
        IReadOnlyList<string> classes = named.Count > 0 ? named : whole.Training.ClassNames;
        DataSet available = whole.Training.OfClasses(classes), test = whole.Test.OfClasses(classes);
        DataSet training = Subset(experiment, available);
        int[] sizes = [.. experiment.Network.Layers.SkipLast(1), classes.Count];
        RunData.CheckShape(experiment with { Network = new NetworkSettings { Layers = sizes } }, training);
        FeatureStandardization scaling = FeatureStandardization.Fit(training);
        (string, double[])[] leftOut =
        [
            .. whole.Test.ClassNames.Except(classes).Select(name => (Name: name, Samples: Only(whole.Test, name))).Where(c => c.Samples.SampleCount > 0)
                .Select(c => (c.Name, scaling.Apply(c.Samples, hasBias: false))),
        ];
        return new BayesianTask(classes, available, training, test, sizes, leftOut, scaling.Apply(training, hasBias: false), scaling.Apply(test, hasBias: false), scaling.Apply(available, hasBias: false));
    }

    private static DataSet Subset(Experiment experiment, DataSet available)
    {
        if (experiment.Bayesian!.TrainCount is not int count) return available;
        if (count >= available.SampleCount)
            throw new InvalidDesignException($"Experiment '{experiment.Name}'", [$"'train_count' is {count}, but there are {available.SampleCount} training samples of {string.Join(", ", available.ClassNames)}; ask for fewer, or leave it out."]);
        return available.Split((double)count / available.SampleCount, experiment.Seed).Training;
    }

    private static DataSet Only(DataSet data, string name)
    {
        int label = data.ClassNames.ToList().IndexOf(name);
        return data.Take([.. Enumerable.Range(0, data.SampleCount).Where(i => data.Labels.Span[i] == label)]);
    }
}
