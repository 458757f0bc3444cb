using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>Matrices of doubles in NumPy's <c>.npy</c> format, version 1.0: little-endian, C order, two dimensions.</summary>
/// <remarks>Format: NumPy Enhancement Proposal 1.</remarks>
public static partial class NpyFile
{
    private const int HeaderAlignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    /// <summary>Writes a matrix.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="values">Values, row-major, length rows·columns.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public static void Write(Stream stream, ReadOnlySpan<double> values, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (values.Length != (long)rows * columns)
            throw new ArgumentException($"{values.Length} values for {rows} x {columns}.", nameof(values));

        string header = string.Create(CultureInfo.InvariantCulture,
            $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
        int unpadded = Magic.Length + sizeof(ushort) + header.Length + 1;
        int padding = (HeaderAlignment - unpadded % HeaderAlignment) % HeaderAlignment;
        header += new string(' ', padding) + "\n";

        stream.Write(Magic);
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        stream.Write(length);
        stream.Write(Encoding.ASCII.GetBytes(header));
        byte[] row = new byte[columns * sizeof(double)];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                BinaryPrimitives.WriteDoubleLittleEndian(row.AsSpan(c * sizeof(double)), values[r * columns + c]);
            stream.Write(row);
        }
    }

    /// <summary>Reads a matrix.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Values, row-major, with their shape.</returns>
    /// <exception cref="InputFileException">The file is missing, is no two-dimensional matrix of doubles, or is cut short.</exception>
    public static (double[] Values, int Rows, int Columns) Read(string path)
    {
        using InputReader file = InputReader.Open(path);
        byte[] start = file.Read(Magic.Length + sizeof(ushort));
        if (start.Length < Magic.Length + sizeof(ushort) || !start.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new InputFileException(path, "not a NumPy file of version 1.0; write it with numpy.save.", byteOffset: 0);

        int headerLength = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(Magic.Length));
        byte[] headerBytes = file.Read(headerLength);
        if (headerBytes.Length < headerLength) throw new InputFileException(path, "the header is cut short.", byteOffset: file.Position);

        string header = Encoding.ASCII.GetString(headerBytes);
        Match shape = ShapePattern().Match(header);
        if (!header.Contains("'<f8'", StringComparison.Ordinal) || header.Contains("True", StringComparison.Ordinal) || !shape.Success)
            throw new InputFileException(path, $"holds {CsvTable.Shown(header.Trim())}; a two-dimensional C-order array of '<f8' is needed.", byteOffset: 10);

        int rows = int.Parse(shape.Groups[1].Value, CultureInfo.InvariantCulture);
        int columns = int.Parse(shape.Groups[2].Value, CultureInfo.InvariantCulture);
        long count = (long)rows * columns, expected = file.Position + count * sizeof(double);
        if (file.Most != expected)
            throw new InputFileException(path, $"has {file.Most} bytes; {rows} x {columns} doubles need {expected}.", byteOffset: file.Most);

        var values = new double[count];
        int read = file.Read(MemoryMarshal.AsBytes(values.AsSpan()));
        if (read < count * sizeof(double)) throw new InputFileException(path, $"ends while it is read, after {file.Position} of {expected} bytes.", byteOffset: file.Position);
        if (!BitConverter.IsLittleEndian)
            for (int i = 0; i < values.Length; i++) values[i] = BitConverter.Int64BitsToDouble(BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToInt64Bits(values[i])));
        return (values, rows, columns);
    }

    [GeneratedRegex(@"'shape': \((\d{1,9}), (\d{1,9})\)")]
    private static partial Regex ShapePattern();
}
