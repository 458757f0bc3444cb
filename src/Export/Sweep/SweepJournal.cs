using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Sweep;

/// <summary>The chips of a sweep as they were finished: JSON lines, only ever appended, and forced to the disk a few times a second.</summary>
/// <remarks>
/// A process that is killed leaves at most a torn last line, which the next one cuts off; everything before it counts, once.
/// Thread-safe.
/// </remarks>
internal sealed class SweepJournal : IDisposable
{
    // A crash of the machine costs at most this much work; a crash of the process costs none.
    private const long SyncMilliseconds = 250;

    internal static readonly JsonSerializerOptions LineOptions = new(FidelityJson.Options)
    {
        WriteIndented = false,
        IgnoreReadOnlyProperties = true,
    };

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly Lock _gate = new();
    private readonly Dictionary<(int Point, int Chip), ChipRecord> _records;
    private long _written;
    private long _lastSync = Stopwatch.GetTimestamp();

    private SweepJournal(string path, FileStream stream, Dictionary<(int Point, int Chip), ChipRecord> records)
    {
        (_path, _stream, _records) = (path, stream, records);
        _written = stream.Length;
    }

    /// <summary>Chips recorded so far.</summary>
    internal int Count
    {
        get
        {
            lock (_gate) return _records.Count;
        }
    }

    /// <summary>Opens a journal, or begins one; a torn last line is cut off.</summary>
    /// <exception cref="InputFileException">The file is a link, a line before the last is broken, or a chip stands twice with different results.</exception>
    internal static SweepJournal Open(string path)
    {
        // No second process may write at the same time.
        FileStream stream;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            InnerPath.RefuseLink(path);
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(path, $"cannot be opened: {e.Message} Is another sweep at work in this folder?", innerException: e);
        }

        try
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            Dictionary<(int, int), ChipRecord> records = Parse(path, bytes, out int wholeLength);
            if (wholeLength < bytes.Length) stream.SetLength(wholeLength);
            stream.Seek(0, SeekOrigin.End);
            return new SweepJournal(path, stream, records);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a journal that no one writes.</summary>
    /// <exception cref="InputFileException">The file is missing, or a line before the last is broken.</exception>
    internal static IReadOnlyCollection<ChipRecord> Read(string path) => Parse(path, InputBytes.Read(path), out _).Values;

    internal bool Has(int point, int chip)
    {
        lock (_gate) return _records.ContainsKey((point, chip));
    }

    internal ChipRecord? Find(int point, int chip)
    {
        lock (_gate) return _records.GetValueOrDefault((point, chip));
    }

    internal IReadOnlyList<ChipRecord> Records()
    {
        lock (_gate) return [.. _records.Values];
    }

    /// <summary>Appends one chip.</summary>
    /// <exception cref="SweepWriteException">The disk is full, or cannot be written.</exception>
    internal void Append(ChipRecord record)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(record, LineOptions), (byte)'\n'];
        lock (_gate)
        {
            if (_records.ContainsKey((record.Point, record.Chip))) throw new InvalidOperationException($"Chip {record.Chip} of point {record.Point} is recorded already.");
            try
            {
                _stream.Write(line);
                _written += line.Length;
                if (Stopwatch.GetElapsedTime(_lastSync).TotalMilliseconds >= SyncMilliseconds) Sync();
            }
            catch (Exception e) when (SweepWriteException.IsCause(e))
            {
                CutTornLine();
                throw new SweepWriteException(_path, _records.Count, e);
            }

            _records.Add((record.Point, record.Chip), record);
        }
    }

    /// <summary>Forces everything to the disk.</summary>
    /// <exception cref="SweepWriteException">The disk is full, or cannot be written.</exception>
    internal void Flush()
    {
        lock (_gate)
        {
            try
            {
                Sync();
            }
            catch (Exception e) when (SweepWriteException.IsCause(e))
            {
                throw new SweepWriteException(_path, _records.Count, e);
            }
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Sync()
    {
        _stream.Flush(flushToDisk: true);
        _lastSync = Stopwatch.GetTimestamp();
    }

    // A file can be made shorter on a full disk; where even that fails, the next start cuts the line off.
    private void CutTornLine()
    {
        try
        {
            _stream.SetLength(_written);
        }
        catch (Exception e) when (SweepWriteException.IsCause(e))
        {
            _stream.Seek(0, SeekOrigin.End);
        }
    }

    private static Dictionary<(int Point, int Chip), ChipRecord> Parse(string path, byte[] bytes, out int wholeLength)
    {
        var records = new Dictionary<(int, int), ChipRecord>();
        int start = 0, line = 0;
        wholeLength = 0;
        while (start < bytes.Length)
        {
            int length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0) break;

            line++;
            Add(bytes.AsSpan(start, length));
            start += length + 1;
            wholeLength = start;
        }

        return records;

        void Add(ReadOnlySpan<byte> text)
        {
            ChipRecord record = JsonInput.Read<ChipRecord>(text, path, $"the record of a chip ('{Shown(text)}')", "Delete the line; its chip is computed again.", LineOptions, line);
            if (record.Point < 1 || record.Chip < 1 || record.SampleCount < 1 || record.CorrectCount < 0 || record.CorrectCount > record.SampleCount)
                throw new InputFileException(path, "holds a chip whose numbers cannot be. Delete the line; its chip is computed again.", line);

            if (!records.TryAdd((record.Point, record.Chip), record) && records[(record.Point, record.Chip)] != record)
                throw new InputFileException(path, $"chip {record.Chip} of point {record.Point} stands here a second time, with another result. The file was not written by one sweep; begin again with --force.", line);
        }
    }

    private static string Shown(ReadOnlySpan<byte> text) =>
        new([.. Encoding.UTF8.GetString(text[..Math.Min(text.Length, 60)]).Select(c => char.IsControl(c) ? '?' : c)]);
}
