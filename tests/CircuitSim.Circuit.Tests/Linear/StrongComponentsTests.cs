using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Tests.Linear;

public sealed class StrongComponentsTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(1, 30, 0.02)]
    [InlineData(2, 30, 0.05)]
    [InlineData(3, 80, 0.01)]
    public void A_block_needs_only_itself_and_blocks_before_it(int seed, int size, double density)
    {
        var random = new Random(seed);
        int[] rowOfColumn = [.. Enumerable.Range(0, size).OrderBy(_ => random.Next())];
        var pattern = new SparsePattern();
        for (int column = 0; column < size; column++)
            for (int row = 0; row < size; row++)
                if (row == rowOfColumn[column] || random.NextDouble() < density) pattern.Add(row, column);
        SparseMatrix matrix = pattern.Build(size, out _);

        List<int[]> blocks = StrongComponents.Find(matrix, rowOfColumn);

        Assert.Equal(Enumerable.Range(0, size), blocks.SelectMany(b => b).Order());
        var blockOf = new int[size];
        for (int b = 0; b < blocks.Count; b++)
            foreach (int column in blocks[b]) blockOf[column] = b;
        for (int column = 0; column < size; column++)
            for (int p = matrix.ColumnStarts[column]; p < matrix.ColumnStarts[column + 1]; p++)
                Assert.InRange(blockOf[column], 0, blockOf[Array.IndexOf(rowOfColumn, matrix.RowIndices[p])]);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_ring_is_one_block_and_a_chain_is_many()
    {
        const int Size = 10;
        SparsePattern ring = new(), chain = new();
        for (int i = 0; i < Size; i++)
        {
            ring.Add(i, i);
            chain.Add(i, i);
            ring.Add(i, (i + 1) % Size);
            if (i > 0) chain.Add(i, i - 1);
        }

        int[] diagonal = [.. Enumerable.Range(0, Size)];

        Assert.Single(StrongComponents.Find(ring.Build(Size, out _), diagonal));
        Assert.Equal(diagonal, StrongComponents.Find(chain.Build(Size, out _), diagonal).Select(Assert.Single));
    }
}
