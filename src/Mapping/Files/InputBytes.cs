using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>Reads input files whole, turning the system's errors into <see cref="InputFileException"/>.</summary>
public static class InputBytes
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InputFileException">The file is missing or cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputFileException(path, "no such file; check the path.", innerException: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(path, $"cannot be read: {e.Message}", innerException: e);
        }
    }
}
