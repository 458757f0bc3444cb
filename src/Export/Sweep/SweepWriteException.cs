using CircuitSim.Circuit.Errors;

namespace CircuitSim.Export.Sweep;

/// <summary>A file of a sweep could not be written, for example because the disk is full; the chips recorded before are kept.</summary>
public sealed class SweepWriteException : CircuitSimException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recordedCount">Chips that stand in the journal.</param>
    /// <param name="innerException">What the system said.</param>
    public SweepWriteException(string path, int recordedCount, Exception innerException)
        : base($"{path}: cannot be written ({innerException?.Message}). {recordedCount} chips are recorded and kept; make room and give the same command again, which goes on from there.", innerException)
    {
        Path = path;
        RecordedCount = recordedCount;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Chips that stand in the journal.</summary>
    public int RecordedCount { get; }
}
