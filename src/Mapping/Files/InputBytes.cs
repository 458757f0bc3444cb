using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>Reads input files whole, turning the system's errors into <see cref="InputFileException"/>.</summary>
public static class InputBytes
{
    /// <summary>Most bytes of a file of numbers.</summary>
    public const long MostBytes = 1L << 30;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">The most bytes that it may have.</param>
    /// <returns>Its bytes; none for a pipe or a device, which are not opened.</returns>
    /// <exception cref="InputFileException">The file is missing, a folder, too large, or cannot be read.</exception>
    public static byte[] Read(string path, long mostBytes = MostBytes)
    {
        using InputReader reader = InputReader.Open(path, mostBytes);
        return reader.ReadStored();
    }
}
