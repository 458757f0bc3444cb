using CircuitSim.Export.Runs;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.ExSitu;

/// <summary>The samples of a study: training and test part, as published or as drawn.</summary>
internal static class StudyData
{
    internal static DataSplit Open(Experiment experiment, string? dataFolder) => PublishedSplits.Names.Contains(experiment.Data.Set)
        ? PublishedSplits.Open(experiment.Data.Set, dataFolder)
        : RunData.OpenSet(experiment.Data, dataFolder).Split(experiment.Data.Train, experiment.Seed);
}
