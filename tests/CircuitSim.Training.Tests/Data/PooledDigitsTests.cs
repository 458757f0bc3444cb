using System.IO.Compression;
using CircuitSim.Circuit.Errors;
using CircuitSim.Training.Data;

namespace CircuitSim.Training.Tests.Data;

public sealed class PooledDigitsTests
{
    private static readonly byte[] OneImage = [.. "CSPOOL01"u8, 1, 0, 2, 0, 1, 0, 0xFC, 3, 7, 0xFF, 0, 0xFC, 3];

    [Fact]
    [Trait("Kind", "closed form")]
    public void Pixels_are_sums_over_full_scale()
    {
        DataSet data = Read(OneImage);

        Assert.Equal([255 / 1020.0, 1], data.Inputs.ToArray());
        Assert.Equal(7, data.Labels.Span[0]);
        Assert.Equal((2, 1), (data.ImageWidth, data.ImageHeight));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Another_format_and_another_length_are_refused()
    {
        Assert.Equal(0, Assert.Throws<InputFileException>(() => Read([.. "CSPOOL02"u8, .. OneImage[8..]])).ByteOffset);
        Assert.Equal(20, Assert.Throws<InputFileException>(() => Read(OneImage[..^1])).ByteOffset);
        Assert.Equal(22, Assert.Throws<InputFileException>(() => Read([.. OneImage, 0])).ByteOffset);
    }

    private static DataSet Read(byte[] content)
    {
        var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        stored.Position = 0;
        return PooledDigits.Read(stored, "test.gz", "test", "test");
    }
}
