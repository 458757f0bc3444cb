using System.IO.Compression;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>Reads input files whole, turning the system's errors into <see cref="InputFileException"/>.</summary>
public static class InputBytes
{
    /// <summary>Reads a file, and decompresses it when its name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InputFileException">The file is missing, cannot be read, or is no whole gzip file.</exception>
    public static byte[] ReadUnpacked(string path)
    {
        byte[] stored = Read(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return stored;

        try
        {
            using var source = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress);
            using var target = new MemoryStream();
            source.CopyTo(target);
            return target.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new InputFileException(path, $"is not a whole gzip file: {e.Message} Fetch it again.", innerException: e);
        }
    }

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
