using Google.Protobuf;
using static Google.Protobuf.WireFormat;

namespace CircuitSim.Training.Onnx;

// A stream over an array holds nothing that would have to be disposed of.
#pragma warning disable CA1001
/// <summary>Reads a protobuf message field by field. Messages within it are given as ranges of bytes: nothing is copied before it is needed.</summary>
internal sealed class MessageReader(OnnxFile file, ByteRange range)
#pragma warning restore CA1001
{
    private readonly int _end = range.End;
    private CodedInputStream _stream = new(file.Bytes, range.Start, range.Length);
    private uint _tag;

    /// <summary>Number of the field, as onnx.proto gives it.</summary>
    public int Field => GetTagFieldNumber(_tag);

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end of the message.</returns>
    public bool Next()
    {
        file.Offset = (int)_stream.Position;
        return (_tag = _stream.ReadTag()) != 0;
    }

    public void Skip() => _stream.SkipLastField();

    public ByteRange Range()
    {
        Expect(WireType.LengthDelimited);
        int length = _stream.ReadLength(), start = (int)_stream.Position;
        if (length < 0 || length > _end - start)
            throw file.Broken($"a field announces {length} bytes; {_end - start} are left: the file is cut short, or no ONNX model.");
        _stream = new CodedInputStream(file.Bytes, start + length, _end - start - length);
        return new ByteRange(start, start + length);
    }

    public string Text()
    {
        Expect(WireType.LengthDelimited);
        return _stream.ReadString();
    }

    public long Integer()
    {
        Expect(WireType.Varint);
        return _stream.ReadInt64();
    }

    public float Single()
    {
        Expect(WireType.Fixed32);
        return _stream.ReadFloat();
    }

    /// <summary>Appends the entries of a repeated field of integers, packed or one by one.</summary>
    /// <param name="all">Receives them.</param>
    /// <param name="limit">The most there may be.</param>
    public void Integers(List<long> all, int limit)
    {
        if (GetTagWireType(_tag) == WireType.LengthDelimited)
        {
            ByteRange packed = Range();
            var stream = new CodedInputStream(file.Bytes, packed.Start, packed.Length);
            while (!stream.IsAtEnd) Add(stream.ReadInt64());
        }
        else
        {
            Add(Integer());
        }

        void Add(long value)
        {
            if (all.Count == limit) throw file.Broken($"a list has more than {limit} entries; no supported operator needs as many.");
            all.Add(value);
        }
    }

    /// <summary>Appends the bytes of a repeated field of numbers of fixed size, packed or one by one.</summary>
    public void Fixed(List<byte> all, WireType single)
    {
        if (GetTagWireType(_tag) == WireType.LengthDelimited)
        {
            ByteRange packed = Range();
            all.AddRange(file.Bytes.AsSpan(packed.Start, packed.Length));
            return;
        }

        Expect(single);
        all.AddRange(single == WireType.Fixed32 ? BitConverter.GetBytes(_stream.ReadFixed32()) : BitConverter.GetBytes(_stream.ReadFixed64()));
    }

    private void Expect(WireType type)
    {
        if (GetTagWireType(_tag) != type)
            throw file.Broken($"field {Field} is stored as {GetTagWireType(_tag)} where ONNX has {type}: the file is broken, or no ONNX model.");
    }
}
