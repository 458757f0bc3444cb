using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>A crossbar file: one programmed crossbar with its wires and ends, and the source voltages to solve it for.</summary>
/// <remarks>
/// JSON: <c>{"conductanceSiemens": [[..]], "wordLineVolts": [..] or [[..],..], "wordLineSegmentOhms": 0, "bitLineSegmentOhms": 0,
/// "sourceOhms": 0, "terminalOhms": 0, "bitLineEnd": "ground" or "open", "convention": "C1" or "C2"}</c>. One inner list of the
/// matrix is one word line; <c>null</c> is an absent device. <c>resistanceOhms</c> may stand in place of <c>conductanceSiemens</c>, in which
/// an infinite resistance (<c>Infinity</c>, <c>"Infinity"</c> or a number above the range of a double) is an absent device, too.
/// Wire resistances that are not named are 0, ends are grounded and the convention is C1. Unknown keys are errors.
/// </remarks>
public sealed record CrossbarFile
{
    /// <summary>Devices, wires and ends.</summary>
    public required CrossbarSpec Crossbar { get; init; }

    /// <summary>Sets of source voltages, volts, at least one, each of one voltage a word line.</summary>
    public required IReadOnlyList<ReadOnlyMemory<double>> WordLineVolts { get; init; }

    /// <summary>Reads a crossbar file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The crossbar and its source voltages.</returns>
    /// <exception cref="InputFileException">The file cannot be read, is no JSON, or breaks a rule; problems are listed with line and JSON path.</exception>
    public static CrossbarFile Read(string path)
    {
        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputFileException(path, $"the crossbar file cannot be read: {error.Message} Check the path.", innerException: error);
        }

        return Parse(json, path);
    }

    /// <summary>Reads a crossbar from a stream to its end.</summary>
    /// <param name="stream">JSON in UTF-8.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The crossbar and its source voltages.</returns>
    /// <exception cref="InputFileException">The stream cannot be read, is no JSON, or breaks a rule; problems are listed with line and JSON path.</exception>
    public static CrossbarFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var json = new MemoryStream();
        try
        {
            stream.CopyTo(json);
        }
        catch (IOException error)
        {
            throw new InputFileException(name, $"the crossbar cannot be read: {error.Message}", innerException: error);
        }

        return Parse(json.GetBuffer().AsSpan(0, (int)json.Length), name);
    }

    /// <summary>Reads a crossbar from the bytes of a file.</summary>
    /// <param name="utf8Json">JSON in UTF-8.</param>
    /// <param name="path">What messages call it.</param>
    /// <returns>The crossbar and its source voltages.</returns>
    /// <exception cref="InputFileException">The text is no JSON, or breaks a rule; problems are listed with line and JSON path.</exception>
    public static CrossbarFile Parse(ReadOnlySpan<byte> utf8Json, string path)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        if (utf8Json.StartsWith(byteOrderMark)) utf8Json = utf8Json[byteOrderMark.Length..];
        return new CrossbarFileReader(utf8Json, path).Read();
    }
}
