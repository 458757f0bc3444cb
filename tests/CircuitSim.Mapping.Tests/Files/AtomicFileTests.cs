using CircuitSim.Mapping.Files;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Files;

[Trait("Kind", "property")]
public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        string path = _folder.File("a.txt");
        AtomicFile.WriteText(path, w => w.Write("old"));

        Assert.Throws<OperationCanceledException>(() => AtomicFile.WriteText(path, w =>
        {
            w.Write("half of the n");
            throw new OperationCanceledException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }
}
