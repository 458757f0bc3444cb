using System.IO.Compression;
using CircuitSim.Circuit.Errors;
using CircuitSim.Training.Data;

namespace CircuitSim.Training.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60];
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 2, 7, 9];

    private readonly string _folder = Directory.CreateTempSubdirectory("circuitsim-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("images.idx")]
    [InlineData("images.idx.gz")]
    public void Images_are_read_plain_and_compressed(string name)
    {
        IdxImages images = IdxReader.ReadImages(Write(name, Images));

        Assert.Equal((2, 3, 1), (images.Count, images.Width, images.Height));
        Assert.Equal([10, 20, 30, 40, 50, 60], images.Pixels.ToArray());
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Labels_are_read() => Assert.Equal([7, 9], IdxReader.ReadLabels(Write("labels", Labels)));

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(3, 3L, "magic number")]
    [InlineData(10, 10L, "header")]
    [InlineData(21, 21L, "need 22")]
    public void A_truncated_file_is_refused_with_the_byte_where_it_ends(int length, long offset, string text)
    {
        string path = Write("images", Images[..length]);

        InputFileException error = Assert.Throws<InputFileException>(() => IdxReader.ReadImages(path));

        Assert.Equal(offset, error.ByteOffset);
        Assert.Equal(path, error.Path);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Trailing_bytes_are_refused_with_the_byte_where_they_begin()
    {
        InputFileException error = Assert.Throws<InputFileException>(() => IdxReader.ReadLabels(Write("labels", [.. Labels, 1, 2, 3])));

        Assert.Equal(10, error.ByteOffset);
        Assert.Contains("3 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Labels_in_place_of_images_are_refused_by_their_magic_number()
    {
        InputFileException error = Assert.Throws<InputFileException>(() => IdxReader.ReadImages(Write("labels", Labels)));

        Assert.Equal(0, error.ByteOffset);
        Assert.Contains("2049", error.Message, StringComparison.Ordinal);
        Assert.Contains("2051", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_damaged_gzip_file_and_a_missing_file_are_named()
    {
        string path = Path.Combine(_folder, "bad.gz");
        File.WriteAllBytes(path, [1, 2, 3, 4]);

        Assert.Contains("bad.gz", Assert.Throws<InputFileException>(() => IdxReader.ReadImages(path)).Message, StringComparison.Ordinal);
        Assert.Contains("absent", Assert.Throws<InputFileException>(() => IdxReader.ReadImages(Path.Combine(_folder, "absent"))).Message, StringComparison.Ordinal);
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        using FileStream file = File.Create(path);
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            file.Write(content);
            return path;
        }

        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        gzip.Write(content);
        return path;
    }
}
