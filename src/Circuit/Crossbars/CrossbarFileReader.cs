using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Reads one crossbar file token by token, so that every problem has its line and a large matrix is held once.</summary>
internal ref struct CrossbarFileReader
{
    private const string Conductance = "conductanceSiemens", Resistance = "resistanceOhms", Volts = "wordLineVolts";

    private const int MostShown = 100;

    private static readonly string[] Keys =
        [Conductance, Resistance, Volts, "wordLineSegmentOhms", "bitLineSegmentOhms", "sourceOhms", "terminalOhms", "bitLineEnd", "convention"];

    private readonly ReadOnlySpan<byte> _json;
    private readonly string _path;
    private readonly CrossbarFileProblems _problems = new();
    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, double> _ohms = [];
    private readonly List<double> _siemens = [];
    private readonly List<(long Offset, string JsonPath, double[] Volts)> _vectors = [];
    private Utf8JsonReader _reader;
    private int _wordLines, _bitLines;
    private BitLineEnd _end = BitLineEnd.Ground;
    private WireConvention _convention = WireConvention.C1;

    internal CrossbarFileReader(ReadOnlySpan<byte> json, string path)
    {
        _json = json;
        _path = path;
        _reader = new Utf8JsonReader(WithoutBareInfinities(json));
    }

    internal CrossbarFile Read()
    {
        RefuseOtherEncodings();
        try
        {
            ReadKeys();
        }
        catch (JsonException e)
        {
            // The message ends in places counted from 0; ours count from 1 and stand at the front.
            throw new InputFileException(
                _path, $"not JSON: {e.Message.Split(" LineNumber:")[0]}", (int?)e.LineNumber + 1, (int?)e.BytePositionInLine + 1, innerException: e);
        }

        CheckWhole();
        _problems.ThrowIfAny(_json, _path);
        return Build();
    }

    // Python and others write infinite numbers as a bare word, which is no JSON. A number of as many characters that overflows stands for
    // it, so that every place stays where it is.
    private static ReadOnlySpan<byte> WithoutBareInfinities(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> infinity = "Infinity"u8, overflow = "1e999999"u8;
        if (json.IndexOf(infinity) < 0) return json;

        byte[] copy = json.ToArray();
        bool isInString = false;
        for (int k = 0; k < copy.Length; k++)
        {
            if (copy[k] == (byte)'\\' && isInString) k++;
            else if (copy[k] == (byte)'"') isInString = !isInString;
            else if (!isInString && copy.AsSpan(k).StartsWith(infinity)) overflow.CopyTo(copy.AsSpan(k));
        }

        return copy;
    }

    private readonly void RefuseOtherEncodings()
    {
        if (Utf8.IsValid(_json)) return;

        int at = 0;
        while (Rune.DecodeFromUtf8(_json[at..], out _, out int length) == System.Buffers.OperationStatus.Done) at += length;
        _problems.Add(at, "$", string.Create(CultureInfo.InvariantCulture, $"byte 0x{_json[at]:X2} is no UTF-8; save the file as UTF-8."));
        _problems.ThrowIfAny(_json, _path);
    }

    private void ReadKeys()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            Complain("$", "a crossbar file is one JSON object with keys such as 'conductanceSiemens'.");
            _problems.ThrowIfAny(_json, _path);
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = Text();
            if (!_seen.Add(key)) Complain("$." + key, "the key stands twice; keep one.");
            else if (!Keys.Contains(key)) Complain("$." + key, $"unknown key; allowed: {string.Join(", ", Keys)}.");
            else if (key == Resistance && _seen.Contains(Conductance) || key == Conductance && _seen.Contains(Resistance))
                Complain("$." + key, $"'{Conductance}' and '{Resistance}' exclude each other; keep one.");
            else
            {
                _reader.Read();
                ReadValue(key);
                continue;
            }

            _reader.Skip();
        }

        // Anything after the object is an error that the JSON reader finds itself.
        _reader.Read();
    }

    private void ReadValue(string key)
    {
        switch (key)
        {
            case Conductance or Resistance:
                ReadMatrix(key);
                break;
            case Volts:
                ReadVectors();
                break;
            case "bitLineEnd":
                _end = ReadChoice(key, "ground", "open") == 1 ? BitLineEnd.Open : BitLineEnd.Ground;
                break;
            case "convention":
                _convention = ReadChoice(key, "C1", "C2") == 1 ? WireConvention.C2 : WireConvention.C1;
                break;
            default:
                _ohms[key] = IsNumber(out double ohms) && ohms >= 0 && double.IsFinite(ohms)
                    ? ohms
                    : Refuse("$." + key, "a number of ohms, finite and at least 0 (0 merges the nodes)");
                break;
        }
    }

    private void ReadMatrix(string key)
    {
        if (!IsArray("$." + key, "one list for each word line, each with one number for each bit line")) return;

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            long offset = _reader.TokenStartIndex;
            string rowPath = $"$.{key}[{_wordLines}]";
            int before = _siemens.Count;
            if (IsArray(rowPath, "a list with one number for each bit line"))
            {
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    _siemens.Add(ReadDevice(key, rowPath, _siemens.Count - before));
                int count = _siemens.Count - before;
                if (_wordLines == 0) _bitLines = count;
                if (count != _bitLines)
                    _problems.Add(offset, rowPath, $"{count} devices, but the first word line has {_bitLines}; mark absent devices with null.");
                else if (count == 0)
                    _problems.Add(offset, rowPath, "no devices; at least one bit line is needed.");
            }

            _wordLines++;
        }

        if (_wordLines == 0) Complain("$." + key, "no word lines; at least one is needed.");
    }

    private double ReadDevice(string key, string rowPath, int bitLine)
    {
        if (_reader.TokenType == JsonTokenType.Null) return 0;
        if (key == Conductance)
            return IsNumber(out double siemens) && siemens >= 0 && double.IsFinite(siemens)
                ? siemens
                : Refuse($"{rowPath}[{bitLine}]", "siemens, finite and at least 0, or null for an absent device");
        // An infinite resistance, also one above the range of a double, is an absent device.
        return IsNumber(out double ohms) && ohms > 0 && double.IsFinite(1 / ohms)
            ? 1 / ohms
            : Refuse($"{rowPath}[{bitLine}]", "ohms, above 0 and with a finite inverse, or null or Infinity for an absent device");
    }

    private void ReadVectors()
    {
        const string path = "$." + Volts;
        long offset = _reader.TokenStartIndex;
        if (!IsArray(path, "a list of volts, one for each word line, or a list of such lists")) return;

        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            _vectors.Add((offset, path, ReadVolts(path)));
            return;
        }

        for (int vector = 0; _reader.TokenType != JsonTokenType.EndArray; vector++, _reader.Read())
        {
            string vectorPath = $"{path}[{vector}]";
            offset = _reader.TokenStartIndex;
            if (!IsArray(vectorPath, "a list of volts, as the first one is")) continue;
            _reader.Read();
            _vectors.Add((offset, vectorPath, ReadVolts(vectorPath)));
        }
    }

    // The reader stands on the first entry, or on the end of an empty list.
    private double[] ReadVolts(string path)
    {
        var volts = new List<double>();
        for (; _reader.TokenType != JsonTokenType.EndArray; _reader.Read())
            volts.Add(IsNumber(out double number) && double.IsFinite(number) ? number : Refuse($"{path}[{volts.Count}]", "a finite number of volts"));
        return [.. volts];
    }

    private bool IsArray(string jsonPath, string rule)
    {
        if (_reader.TokenType == JsonTokenType.StartArray) return true;
        Complain(jsonPath, $"{Show()} where {rule} is needed.");
        _reader.Skip();
        return false;
    }

    private readonly bool IsNumber(out double number)
    {
        number = double.PositiveInfinity;
        return _reader.TokenType switch
        {
            JsonTokenType.Number => _reader.TryGetDouble(out number),
            JsonTokenType.String => _reader.ValueSpan.SequenceEqual("Infinity"u8),
            _ => false,
        };
    }

    private double Refuse(string jsonPath, string rule)
    {
        Complain(jsonPath, $"{Show()} is not allowed; it must be {rule}.");
        _reader.Skip();
        return 1;
    }

    private int ReadChoice(string key, params string[] allowed)
    {
        int chosen = _reader.TokenType == JsonTokenType.String ? Array.IndexOf(allowed, Text()) : -1;
        if (chosen >= 0) return chosen;
        Complain("$." + key, $"{Show()} is not allowed; choose {string.Join(" or ", allowed.Select(a => $"\"{a}\""))}.");
        _reader.Skip();
        return 0;
    }

    private readonly string Show() => _reader.TokenType switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => Shortened(_json.Slice((int)_reader.TokenStartIndex, _reader.ValueSpan.Length + 2)),
        JsonTokenType.Null => "null",
        _ => Shortened(_json.Slice((int)_reader.TokenStartIndex, _reader.ValueSpan.Length)),
    };

    // As the file has it, so that no control character or half of a surrogate pair gets into a message.
    private static string Shortened(ReadOnlySpan<byte> raw)
    {
        string text = Encoding.UTF8.GetString(raw);
        return text.Length <= MostShown ? text : text[..MostShown] + "…";
    }

    // A key or choice; text that is no text, such as half of a surrogate pair, is shown as the file has it and matches nothing.
    private readonly string Text()
    {
        try
        {
            string text = _reader.GetString()!;
            return text.Length <= MostShown && !text.Any(char.IsControl) ? text : Shortened(_reader.ValueSpan);
        }
        catch (InvalidOperationException)
        {
            return Shortened(_reader.ValueSpan);
        }
    }

    private readonly void Complain(string jsonPath, string problem) => _problems.Add(_reader.TokenStartIndex, jsonPath, problem);

    private readonly void CheckWhole()
    {
        if (!_seen.Contains(Conductance) && !_seen.Contains(Resistance)) _problems.Add(0, "$", $"'{Conductance}' (or '{Resistance}') is missing.");
        if (!_seen.Contains(Volts)) _problems.Add(0, "$", $"'{Volts}' is missing.");
        if (_problems.Any) return;
        foreach ((long offset, string jsonPath, double[] volts) in _vectors)
            if (volts.Length != _wordLines)
                _problems.Add(offset, jsonPath, string.Create(CultureInfo.InvariantCulture, $"{volts.Length} voltages for {_wordLines} word lines."));
    }

    private readonly CrossbarFile Build()
    {
        try
        {
            var spec = new CrossbarSpec(
                _wordLines, _bitLines, [.. _siemens],
                Ohms("wordLineSegmentOhms"), Ohms("bitLineSegmentOhms"), Ohms("sourceOhms"), Ohms("terminalOhms"), _end, _convention);
            return new CrossbarFile { Crossbar = spec, WordLineVolts = [.. _vectors.Select(v => (ReadOnlyMemory<double>)v.Volts)] };
        }
        catch (InvalidDesignException e)
        {
            throw new InputFileException(_path, string.Join(" ", e.Violations), innerException: e);
        }
    }

    private readonly double Ohms(string key) => _ohms.GetValueOrDefault(key);
}
