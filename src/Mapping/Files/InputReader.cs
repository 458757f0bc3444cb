using System.IO.Compression;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>An input file that is read piece by piece, decompressed when its name ends in <c>.gz</c>, so that a header is judged before its content takes memory. Not thread-safe.</summary>
public sealed class InputReader : IDisposable
{
    // Deflate makes at most 1032 bytes of one: a repeat of 258 bytes takes two bits.
    private const long MostExpansion = 1032;

    private readonly FileStream? _file;
    private readonly Stream _stream;

    private InputReader(string path, FileStream? file, long stored)
    {
        Path = path;
        _file = file;
        bool isPacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        Most = isPacked ? stored * MostExpansion : stored;
        _stream = file is null ? Stream.Null : isPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>The file, as the user named it.</summary>
    public string Path { get; }

    /// <summary>Bytes that the file can hold at most: its length, or what that can be unpacked to.</summary>
    public long Most { get; }

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>The bytes as a stream of their own; what is read there does not count in <see cref="Position"/>.</summary>
    internal Stream Content => _stream;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">The most bytes that it may have as it is stored.</param>
    /// <returns>The reader, at the first byte.</returns>
    /// <exception cref="InputFileException">The file is missing, a folder, too large, or cannot be read.</exception>
    public static InputReader Open(string path, long mostBytes = InputBytes.MostBytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Contains('\0')) throw new InputFileException(path.Replace('\0', '?'), "is no path: it holds a NUL character.");
        try
        {
            var info = new FileInfo(path);
            if (Directory.Exists(path)) throw new InputFileException(path, "is a folder; name a file.");
            if (!info.Exists) throw new InputFileException(path, "no such file; check the path.");
            if (info.Length > mostBytes) throw new InputFileException(path, $"has {info.Length} bytes; at most {mostBytes} are read.");

            // Pipes and devices have no length; opening one may wait for ever or never end. Like an empty file, they hold nothing.
            return new InputReader(path, info.Length == 0 ? null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), info.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>Reads as many bytes as there are, at most those asked for.</summary>
    /// <param name="count">Bytes wanted, at least 0.</param>
    /// <returns>The bytes; fewer than asked for at the end of the file only.</returns>
    /// <exception cref="InputFileException">The file cannot be read or is no whole gzip file.</exception>
    public byte[] Read(long count)
    {
        var bytes = new byte[Math.Min(count, Math.Max(Most - Position, 0))];
        int read = Read(bytes.AsSpan());
        if (read < bytes.Length) Array.Resize(ref bytes, read);
        return bytes;
    }

    /// <summary>The whole file as it is stored, whatever its name.</summary>
    internal byte[] ReadStored()
    {
        if (_file is null) return [];
        try
        {
            var bytes = new byte[_file.Length];
            int read = _file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read < bytes.Length) Array.Resize(ref bytes, read);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(Path, e);
        }
    }

    /// <summary>Fills a buffer as far as the file goes.</summary>
    /// <param name="buffer">Receives the bytes.</param>
    /// <returns>Bytes read; fewer than the buffer holds at the end of the file only.</returns>
    /// <exception cref="InputFileException">The file cannot be read or is no whole gzip file.</exception>
    public int Read(Span<byte> buffer)
    {
        try
        {
            int read = _stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            Position += read;
            return read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Unreadable(Path, e);
        }
    }

    /// <summary>How many bytes are left; they are read and dropped.</summary>
    /// <param name="most">Where to stop counting.</param>
    /// <returns>The number, at most <paramref name="most"/>.</returns>
    /// <exception cref="InputFileException">The file cannot be read or is no whole gzip file.</exception>
    public long CountRest(long most)
    {
        var buffer = new byte[1 << 16];
        long count = 0;
        while (count < most)
        {
            int read = Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, most - count)));
            if (read == 0) break;
            count += read;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _file?.Dispose();
    }

    /// <summary>The error for what the system could not read.</summary>
    internal static InputFileException Unreadable(string path, Exception e) => e is InvalidDataException
        ? new InputFileException(path, $"is not a whole gzip file: {e.Message} Fetch it again.", innerException: e)
        : new InputFileException(path, $"cannot be read: {e.Message}", innerException: e);
}
