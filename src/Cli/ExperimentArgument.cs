using CircuitSim.Export.Runs;

namespace CircuitSim.Cli;

/// <summary>An experiment on the command line: the name of a shipped one, or a file.</summary>
internal static class ExperimentArgument
{
    internal static Experiment Resolve(string nameOrPath, ulong? seed)
    {
        Experiment? shipped = File.Exists(nameOrPath) ? null : ShippedExperiments.Find(nameOrPath);
        if (shipped is null && !File.Exists(nameOrPath) && !nameOrPath.Contains('/') && !nameOrPath.Contains('\\') && !nameOrPath.Contains('.'))
        {
            throw new UsageException(
                $"no experiment named '{nameOrPath}' ships, and there is no such file; shipped are {string.Join(", ", ShippedExperiments.Names)}.");
        }

        Experiment experiment = shipped ?? ExperimentFile.Read(nameOrPath);
        return seed is ulong s ? experiment with { Seed = s } : experiment;
    }
}
