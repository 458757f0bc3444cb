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

    /// <summary>Those of them that have a sweep.</summary>
    public static IReadOnlyList<string> SweepNames { get; } = [.. Names.Where(name => Text(name)!.Contains("\nsweep:", StringComparison.Ordinal))];

    /// <summary>Finds a shipped experiment.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The experiment, or null when none of that name ships.</returns>
    public static Experiment? Find(string name)
    {
        string? text = Text(name);
        return text is null ? null : ExperimentFile.Parse(text, Prefix + name + Suffix);
    }

    private static string? Text(string name)
    {
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name + Suffix);
        if (stream is null) return null;

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
