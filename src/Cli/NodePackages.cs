namespace CircuitSim.Cli;

/// <summary>Packages of Node.js that belong to this program.</summary>
internal static class NodePackages
{
    /// <summary>Looks for a package in <c>node_modules</c> beside the program, and nowhere else: a folder that one works in may be a stranger's.</summary>
    internal static string? Find(string package, string programFolder)
    {
        string candidate = Path.Combine(programFolder, "node_modules", package);
        return Directory.Exists(candidate) ? candidate : null;
    }
}
