using System.Runtime.InteropServices;
using Google.Protobuf;

namespace CircuitSim.Training.Onnx;

/// <summary>A constant (TensorProto). Its numbers stay in the file until they are asked for.</summary>
internal sealed class OnnxTensor
{
    private const int Float = 1, Int32 = 6, Int64 = 7, Bool = 9, Float16 = 10, Double = 11;
    private const int RankLimit = 64;
    private const int IntegerLimit = 64;

    private readonly OnnxFile _file;
    private readonly ByteRange _range;
    private readonly List<long> _dimensions = [];
    private readonly float[]? _folded;
    private int _type;
    private bool _isExternal, _isSegment;

    private OnnxTensor(OnnxFile file, ByteRange range, float[]? folded = null) => (_file, _range, _folded) = (file, range, folded);

    public string Name { get; set; } = "";

    public IReadOnlyList<long> Dimensions => _dimensions;

    public string Shape => $"[{string.Join(", ", _dimensions)}]";

    /// <summary>Whether its entries are whole numbers.</summary>
    public bool IsInteger => _type is Int32 or Int64;

    /// <summary>The same entries in the same order under another shape.</summary>
    public OnnxTensor Reshaped(IEnumerable<long> dimensions) => With(dimensions, _folded, _type);

    /// <summary>A tensor folded from this one: other numbers under a name that the file knows.</summary>
    public OnnxTensor Folded(IEnumerable<long> dimensions, float[] values) => With(dimensions, values, Float);

    public static OnnxTensor Read(OnnxFile file, ByteRange range)
    {
        var tensor = new OnnxTensor(file, range);
        var reader = new MessageReader(file, range);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Integers(tensor._dimensions, RankLimit);
                    break;
                case 2:
                    tensor._type = (int)Math.Clamp(reader.Integer(), 0, int.MaxValue);
                    break;
                case 3:
                    tensor._isSegment = true;
                    reader.Skip();
                    break;
                case 8:
                    tensor.Name = reader.Text();
                    break;
                case 13:
                    tensor._isExternal = true;
                    reader.Skip();
                    break;
                case 14:
                    tensor._isExternal |= reader.Integer() == 1;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return tensor;
    }

    /// <summary>Number of entries, or what is wrong with the shape.</summary>
    public long Count(out string? problem)
    {
        long count = 1;
        problem = null;
        foreach (long d in _dimensions)
        {
            if (d is < 0 or > int.MaxValue || (count *= d) > int.MaxValue)
            {
                problem = $"tensor {Quoted.Name(Name)} has the shape {Shape}; sides from 0 and at most {int.MaxValue} entries are possible.";
                return 0;
            }
        }

        return count;
    }

    /// <summary>All numbers, or what hinders. Doubles are rounded to single precision.</summary>
    public float[]? Floats(out string? problem)
    {
        if (!IsReadable(_type is Float or Double or Float16, "FLOAT, DOUBLE or FLOAT16", out long count, out problem)) return null;
        if (_folded is not null) return _folded;
        ReadOnlySpan<byte> bytes = Content(out List<long> integers);
        int size = _type switch { Float => sizeof(float), Double => sizeof(double), _ => sizeof(short) };
        long found = integers.Count > 0 ? integers.Count : bytes.Length / size;
        if (found != count || integers.Count == 0 && bytes.Length % size != 0)
        {
            problem = $"tensor {Quoted.Name(Name)} has {found} numbers; its shape {Shape} needs {count}.";
            return null;
        }

        var values = new float[count];
        if (_type == Float) MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
        else if (_type == Double) for (int i = 0; i < values.Length; i++) values[i] = (float)BitConverter.ToDouble(bytes[(i * size)..]);
        else if (integers.Count > 0) for (int i = 0; i < values.Length; i++) values[i] = (float)BitConverter.UInt16BitsToHalf((ushort)integers[i]);
        else for (int i = 0; i < values.Length; i++) values[i] = (float)BitConverter.ToHalf(bytes[(i * size)..]);
        int odd = Array.FindIndex(values, v => !float.IsFinite(v));
        if (odd < 0) return values;
        problem = $"tensor {Quoted.Name(Name)} holds {values[odd]} in single precision at entry {odd}; finite numbers are needed.";
        return null;
    }

    /// <summary>The entries of a short list of whole numbers or truth values, or what hinders.</summary>
    public long[]? Integers(out string? problem)
    {
        if (!IsReadable(_type is Int64 or Int32 or Bool, "INT64, INT32 or BOOL", out long count, out problem)) return null;
        if (count > IntegerLimit)
        {
            problem = $"tensor {Quoted.Name(Name)} has {count} whole numbers; lists of shapes and axes have at most {IntegerLimit}.";
            return null;
        }

        ReadOnlySpan<byte> bytes = Content(out List<long> integers);
        int size = _type switch { Int64 => sizeof(long), Int32 => sizeof(int), _ => 1 };
        if (integers.Count == 0)
        {
            for (int i = 0; i + size <= bytes.Length && i / size <= count; i += size)
                integers.Add(size switch { sizeof(long) => BitConverter.ToInt64(bytes[i..]), sizeof(int) => BitConverter.ToInt32(bytes[i..]), _ => bytes[i] });
        }

        if (integers.Count == count) return [.. integers];
        problem = $"tensor {Quoted.Name(Name)} has {integers.Count} numbers; its shape {Shape} needs {count}.";
        return null;
    }

    private OnnxTensor With(IEnumerable<long> dimensions, float[]? values, int type)
    {
        var tensor = new OnnxTensor(_file, _range, values) { Name = Name, _type = type, _isExternal = _isExternal, _isSegment = _isSegment };
        tensor._dimensions.AddRange(dimensions);
        return tensor;
    }

    private bool IsReadable(bool isType, string types, out long count, out string? problem)
    {
        count = Count(out problem);
        if (problem is not null) return false;
        if (_isExternal) problem = $"tensor {Quoted.Name(Name)} is stored in another file (external data); save the model with its weights inside: onnx.save(model, path).";
        else if (_isSegment) problem = $"tensor {Quoted.Name(Name)} is stored in segments, which are not supported; save it in one piece.";
        else if (!isType) problem = $"tensor {Quoted.Name(Name)} has data type {_type} (TensorProto.DataType); {types} is supported.";
        return problem is null;
    }

    // Bytes of float_data, double_data or raw_data; entries of int32_data or int64_data, of which a half-precision tensor may have as many as there are weights.
    private ReadOnlySpan<byte> Content(out List<long> integers)
    {
        integers = [];
        var bytes = new List<byte>();
        ByteRange? raw = null;
        var reader = new MessageReader(_file, _range);
        while (reader.Next())
        {
            if (reader.Field == 9) raw = reader.Range();
            else if (reader.Field == 4 && _type == Float) reader.Fixed(bytes, WireFormat.WireType.Fixed32);
            else if (reader.Field == 10 && _type == Double) reader.Fixed(bytes, WireFormat.WireType.Fixed64);
            else if (reader.Field == 5 && _type == Float16) reader.Integers(integers, int.MaxValue);
            else if (reader.Field == 5 && _type is Int32 or Bool || reader.Field == 7 && _type == Int64) reader.Integers(integers, IntegerLimit);
            else reader.Skip();
        }

        return raw is { } r ? _file.Bytes.AsSpan(r.Start, r.Length) : CollectionsMarshal.AsSpan(bytes);
    }
}
