namespace CircuitSim.Cli;

/// <summary>Packages of Node.js, where Node.js itself looks for them.</summary>
internal static class NodePackages
{
    /// <summary>Looks for a package in <c>node_modules</c> of a folder and of those above it.</summary>
    internal static string? Find(string package, string folder)
    {
        for (DirectoryInfo? place = new(folder); place is not null; place = place.Parent)
        {
            string candidate = Path.Combine(place.FullName, "node_modules", package);
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
