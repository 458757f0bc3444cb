namespace CircuitSim.TestSupport;

/// <summary>Where the checkout, and the data that stays outside it, lie.</summary>
public static class Repository
{
    /// <summary>Root folder of the checkout: the one that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Folder with shared fixtures and data (<c>CIRCUITSIM_DATA</c>, or <c>shared</c> beside the checkout), or null.</summary>
    public static string? SharedData { get; } = FindShared();

    /// <summary>A file of the shared folder; the test is skipped, saying so, when it is not there.</summary>
    public static string SharedFile(string relativePath)
    {
        Xunit.Skip.If(SharedData is null, $"needs {relativePath}: set CIRCUITSIM_DATA to the folder that holds it");
        string path = Path.Combine(SharedData!, relativePath);
        Xunit.Skip.IfNot(File.Exists(path), $"needs {path}, which is not there");
        return path;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "CircuitSim.sln"))) return d.FullName;
        throw new InvalidOperationException("The tests run outside a checkout: no CircuitSim.sln above " + AppContext.BaseDirectory);
    }

    private static string? FindShared()
    {
        string? named = Environment.GetEnvironmentVariable("CIRCUITSIM_DATA");
        if (!string.IsNullOrEmpty(named)) return named;

        string beside = Path.GetFullPath(Path.Combine(Root, "..", "shared"));
        return Directory.Exists(beside) ? beside : null;
    }
}
