using System.Reflection;

namespace CircuitSim.Export.Runs;

/// <summary>Experiments that come with the program and can be named instead of a file.</summary>
public static class ShippedExperiments
{
    private const string Prefix = "experiments/";
    private const string Suffix = ".yaml";

    /// <summary>Their names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Finds a shipped experiment.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The experiment, or null when none of that name ships.</returns>
    public static Experiment? Find(string name)
    {
        string resource = Prefix + name + Suffix;
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource);
        if (stream is null) return null;

        using var reader = new StreamReader(stream);
        return ExperimentFile.Parse(reader.ReadToEnd(), resource);
    }
}
