using CircuitSim.Circuit.Linear;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Linear;

public sealed class SparseLuTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(1, 5, 0.5)]
    [InlineData(2, 40, 0.1)]
    [InlineData(3, 200, 0.02)]
    [InlineData(4, 200, 0.2)]
    public void Solves_random_unsymmetric_systems_and_refactors_them(int seed, int size, double density)
    {
        var random = new Random(seed);
        var pattern = new SparsePattern();
        var entries = new List<(int Row, int Column, int Ticket)>();
        // A permutation keeps the pattern regular even where diagonal entries are missing.
        int[] shuffled = [.. Enumerable.Range(0, size).OrderBy(_ => random.Next())];
        for (int i = 0; i < size; i++) entries.Add((i, shuffled[i], pattern.Add(i, shuffled[i])));
        for (int i = 0; i < size; i++)
            for (int j = 0; j < size; j++)
                if (random.NextDouble() < density) entries.Add((i, j, pattern.Add(i, j)));
        SparseMatrix matrix = pattern.Build(size, out int[] slots);
        SparseLu lu = SparseLu.Create(matrix, out _)!;
        for (int round = 0; round < 3; round++)
        {
            Array.Clear(matrix.Values);
            var dense = new double[size, size];
            foreach ((int row, int column, int ticket) in entries)
            {
                double value = random.NextDouble() - 0.5 + (shuffled[row] == column ? 2 : 0);
                matrix.Values[slots[ticket]] += value;
                dense[row, column] += value;
            }

            double[] expected = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - 0.5)];
            var vector = new double[size];
            for (int i = 0; i < size; i++)
                for (int j = 0; j < size; j++) vector[i] += dense[i, j] * expected[j];

            int singular = lu.Factor();
            lu.Solve(vector);

            Assert.Equal(-1, singular);
            // Threshold pivoting at 1e-3 may lose three digits, and these systems have condition numbers below 1e5.
            Close.Lists(expected, vector, 1e-8, 0, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_row_that_depends_on_others_is_reported()
    {
        var pattern = new SparsePattern();
        int[] tickets = [pattern.Add(0, 0), pattern.Add(0, 1), pattern.Add(1, 0), pattern.Add(1, 1)];
        SparseMatrix matrix = pattern.Build(2, out int[] slots);
        foreach (int ticket in tickets) matrix.Values[slots[ticket]] = 1;

        int singular = SparseLu.Create(matrix, out _)!.Factor();

        Assert.InRange(singular, 0, 1);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void An_empty_column_is_found_from_the_pattern()
    {
        var pattern = new SparsePattern();
        pattern.Add(0, 0);
        pattern.Add(1, 0);
        pattern.Add(-1, 1);
        SparseMatrix matrix = pattern.Build(2, out _);

        Assert.Null(SparseLu.Create(matrix, out int singular));
        Assert.Equal(1, singular);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(1, 1)]
    [InlineData(2, 60)]
    [InlineData(3, 500)]
    public void The_ordering_is_a_permutation(int seed, int size)
    {
        var random = new Random(seed);
        (int, int)[] edges = [.. Enumerable.Range(0, 3 * size).Select(_ => (random.Next(size), random.Next(size)))];

        int[] order = MinimumDegreeOrdering.Order(size, edges);

        Assert.Equal(Enumerable.Range(0, size), order.Order());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_ordering_keeps_the_factors_of_a_grid_sparse()
    {
        const int Side = 50;
        var pattern = new SparsePattern();
        var tickets = new List<(int Ticket, double Value)>();
        for (int i = 0; i < Side * Side; i++)
        {
            tickets.Add((pattern.Add(i, i), 4.01));
            foreach (int j in new[] { i % Side < Side - 1 ? i + 1 : -1, i + Side < Side * Side ? i + Side : -1 })
            {
                if (j < 0) continue;
                tickets.Add((pattern.Add(i, j), -1));
                tickets.Add((pattern.Add(j, i), -1));
            }
        }

        SparseMatrix matrix = pattern.Build(Side * Side, out int[] slots);
        foreach ((int ticket, double value) in tickets) matrix.Values[slots[ticket]] = value;
        SparseLu lu = SparseLu.Create(matrix, out _)!;
        lu.Factor();

        // Nested dissection needs about 7.75·n·log2(n) entries in both factors (George 1973); band order 2·n·50 = 250 000.
        Assert.InRange(lu.EntryCount, Side * Side, 110_000);
    }
}
