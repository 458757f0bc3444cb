namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>A folder for one run, removed with everything in it when the run is over.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>Creates the folder.</summary>
    /// <param name="parent">Folder to create it in; the system's folder for temporary files when null.</param>
    public RunFolder(string? parent)
    {
        if (parent is null)
        {
            Path = Directory.CreateTempSubdirectory("circuitsim-").FullName;
            return;
        }

        Path = System.IO.Path.Combine(parent, "circuitsim-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path);
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A killed program may hold a file for a moment; the system cleans its own temporary folder.
        }
    }
}
