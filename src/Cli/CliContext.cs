namespace CircuitSim.Cli;

/// <summary>What the command line takes from the process around it; tests give their own.</summary>
internal sealed record CliContext
{
    /// <summary>Receives results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Receives progress, warnings and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>What <c>-</c> in place of a file reads.</summary>
    public Stream Input { get; init; } = Stream.Null;

    /// <summary>Whether a person watches <see cref="Error"/>, so that progress is drawn.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether a person watches <see cref="Output"/>, so that colour makes sense.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>False when the user asked for text without colour.</summary>
    public bool WantsColour { get; init; }

    /// <summary>Folders in which engines are looked for, as in the PATH variable.</summary>
    public string? SearchPath { get; init; }

    /// <summary>Folder with data sets that do not ship, or null.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Folder of the npm package eecircuit-engine, or null when there is none.</summary>
    public string? EecircuitFolder { get; init; }
}
