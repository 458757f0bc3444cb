using System.Text;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads the text of a deck or an included file: regular files of bounded size only.</summary>
internal static class DeckFile
{
    // How long a file without a size may take to say that it is empty; a pipe that nobody writes to never does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file: UTF-8 or UTF-16 by its mark, else UTF-8, else, where its bytes are none, Latin-1 as older editors write it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">Bytes that it may have.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="IOException">The file cannot be read, is too large, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string ReadText(string path, long limit, CancellationToken cancellationToken)
    {
        byte[] bytes = ReadBytes(path, limit, cancellationToken);
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes.AsSpan(2));
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2));
        try
        {
            return Strict.GetString(bytes.AsSpan(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0));
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static byte[] ReadBytes(string path, long limit, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new FileNotFoundException(Directory.Exists(path) ? $"'{path}' is a folder." : $"There is no file '{path}'.", path);
        if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) file = target;
        // Devices and pipes have no size. Opening a pipe may wait for ever, so that is done aside.
        if (file.Length == 0) return IsEmpty(file.FullName, cancellationToken) ? [] : throw new IOException($"'{path}' is no regular file.");
        if (file.Length > limit)
            throw new IOException(FormattableString.Invariant($"'{path}' has {file.Length} bytes, and {limit} are left of the limit; raise it with --limit bytes=N."));
        using FileStream stream = file.OpenRead();
        byte[] bytes = new byte[file.Length];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    private static bool IsEmpty(string path, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        int first = 0;
        var look = new Thread(() =>
        {
            try
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
                first = stream.ReadByte();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                failure = error;
            }
        })
        { IsBackground = true };
        look.Start();
        for (int waited = 0; !look.Join(50); waited += 50)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (waited >= Patience.TotalMilliseconds) return false;
        }

        return failure is null ? first < 0 : throw failure;
    }
}
