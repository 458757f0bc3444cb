using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Netlists;

/// <summary>Reads the raw files that SPICE simulators write, ASCII and binary, with any number of plots.</summary>
public static class RawFile
{
    // More than this is no result, but a damaged header.
    private const long MostValues = 1L << 30;

    /// <summary>Reads all plots of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The plots in their order.</returns>
    /// <exception cref="InputFileException">The file is missing, cut short or no raw file.</exception>
    public static IReadOnlyList<RawPlot> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(path, $"the raw file cannot be read: {error.Message}", innerException: error);
        }
    }

    /// <summary>Reads all plots of a file's content.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="path">What messages call it.</param>
    /// <returns>The plots in their order.</returns>
    /// <exception cref="InputFileException">The content is cut short or no raw file.</exception>
    public static IReadOnlyList<RawPlot> Parse(byte[] content, string path)
    {
        var plots = new List<RawPlot>();
        int at = 0;
        while (at < content.Length)
        {
            if (content[at] is (byte)'\n' or (byte)'\r' or (byte)' ')
            {
                at++;
                continue;
            }

            plots.Add(ReadPlot(content, ref at, path));
        }

        return plots.Count > 0 ? plots : throw new InputFileException(path, "the raw file holds no plot.");
    }

    private static RawPlot ReadPlot(byte[] content, ref int at, string path)
    {
        string title = "", name = "";
        bool isComplex = false;
        int variableCount = -1, pointCount = -1;
        var variables = new List<RawVariable>();
        while (true)
        {
            int lineStart = at;
            string line = ReadLine(content, ref at) ?? throw Damaged(path, lineStart, "the file ends inside a header; expected 'Values:' or 'Binary:'");
            string key = line.Split(':')[0].Trim().ToLowerInvariant();
            string value = line.Contains(':', StringComparison.Ordinal) ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() : "";
            switch (key)
            {
                case "title":
                    title = value;
                    break;
                case "plotname":
                    name = value;
                    break;
                case "flags":
                    isComplex = value.Contains("complex", StringComparison.OrdinalIgnoreCase);
                    break;
                case "no. variables":
                    variableCount = Count(value, path, lineStart);
                    break;
                case "no. points":
                    pointCount = Count(value, path, lineStart);
                    break;
                case "variables":
                    for (int i = 0; i < variableCount; i++) variables.Add(ReadVariable(content, ref at, path));
                    break;
                case "values" or "binary":
                    if (variables.Count != variableCount || pointCount < 0) throw Damaged(path, lineStart, "the header lacks its counts or variables");
                    long total = (long)variableCount * pointCount * (isComplex ? 2 : 1);
                    if (total > MostValues) throw Damaged(path, lineStart, $"the header announces {total} values");
                    double[] values = key == "binary"
                        ? ReadBinary(content, ref at, (int)total, path)
                        : ReadAscii(content, ref at, variableCount, pointCount, isComplex, path);
                    return new RawPlot(title, name, isComplex, variables, pointCount, values);
            }
        }
    }

    private static RawVariable ReadVariable(byte[] content, ref int at, string path)
    {
        int start = at;
        string[] words = (ReadLine(content, ref at) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 3 ? new RawVariable(words[1].ToLowerInvariant(), words[2]) : throw Damaged(path, start, "expected number, name and kind of a variable");
    }

    private static double[] ReadBinary(byte[] content, ref int at, int total, string path)
    {
        if (content.Length - at < 8L * total) throw Damaged(path, at, $"the file ends after {(content.Length - at) / 8} of {total} values");
        var values = new double[total];
        for (int i = 0; i < total; i++, at += 8) values[i] = BinaryPrimitives.ReadDoubleLittleEndian(content.AsSpan(at));
        return values;
    }

    private static double[] ReadAscii(byte[] content, ref int at, int variableCount, int pointCount, bool isComplex, string path)
    {
        int parts = isComplex ? 2 : 1;
        var values = new double[variableCount * pointCount * parts];
        int next = 0;
        for (int point = 0; point < pointCount; point++)
        {
            for (int variable = 0; variable < variableCount; variable++)
            {
                int start = at;
                string line = ReadLine(content, ref at) ?? throw Damaged(path, start, $"the file ends after {point} of {pointCount} points");
                if (string.IsNullOrWhiteSpace(line))
                {
                    variable--;
                    continue;
                }

                // The first line of a point begins with the point's number.
                string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                string[] numbers = words[^1].Split(',');
                if (numbers.Length != parts) throw Damaged(path, start, $"found '{line.Trim()}', expected {(isComplex ? "a complex number" : "a number")}");
                foreach (string number in numbers)
                {
                    if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out values[next++]))
                        throw Damaged(path, start, $"found '{number}', expected a number");
                }
            }
        }

        return values;
    }

    private static int Count(string text, string path, int at)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : throw Damaged(path, at, $"found '{text}', expected a count");

    private static string? ReadLine(byte[] content, ref int at)
    {
        if (at >= content.Length) return null;
        int end = Array.IndexOf(content, (byte)'\n', at);
        if (end < 0) end = content.Length;
        string line = Encoding.UTF8.GetString(content, at, end - at).TrimEnd('\r');
        at = end + 1;
        return line;
    }

    private static InputFileException Damaged(string path, int at, string problem) => new(path, $"{problem}; the simulator may have been stopped while writing.", byteOffset: at);
}
