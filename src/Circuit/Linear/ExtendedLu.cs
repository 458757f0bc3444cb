namespace CircuitSim.Circuit.Linear;

/// <summary>Factors P·A·Q = L·U with 32 digits, for the few systems whose solution doubles cannot tell; slow where <see cref="SparseLu"/> is quick.</summary>
/// <remarks>Left-looking elimination in the order of <see cref="EliminationPlan"/> with partial pivoting. Owns scratch memory: not thread-safe.</remarks>
internal sealed class ExtendedLu
{
    // Far stricter than for doubles: fill matters less here than digits.
    private const double PivotThreshold = 0.1;

    private readonly SparseMatrix _matrix;
    private readonly EliminationPlan _plan;
    private readonly int[] _pivotOfRow, _rowOfPivot;
    private readonly (int Row, DoubleDouble Value)[][] _lower;
    private readonly (int Pivot, DoubleDouble Value)[][] _upper;
    private readonly DoubleDouble[] _pivots, _work;

    private ExtendedLu(SparseMatrix matrix, EliminationPlan plan)
    {
        _matrix = matrix;
        _plan = plan;
        _pivotOfRow = new int[matrix.Size];
        _rowOfPivot = new int[matrix.Size];
        _lower = new (int, DoubleDouble)[matrix.Size][];
        _upper = new (int, DoubleDouble)[matrix.Size][];
        _pivots = new DoubleDouble[matrix.Size];
        _work = new DoubleDouble[matrix.Size];
    }

    /// <summary>Plans the elimination of a pattern.</summary>
    /// <returns>The solver, or null when the pattern is singular.</returns>
    public static ExtendedLu? Create(SparseMatrix matrix, CancellationToken cancellationToken)
        => EliminationPlan.Create(matrix, out _, cancellationToken) is { } plan ? new ExtendedLu(matrix, plan) : null;

    /// <summary>Factors the matrix with the given values.</summary>
    /// <param name="values">One for each place of the pattern.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>−1, or the column whose candidates for a pivot are all zero or not finite.</returns>
    public int Factor(ReadOnlySpan<DoubleDouble> values, CancellationToken cancellationToken)
    {
        Array.Fill(_pivotOfRow, -1);
        Array.Clear(_work);
        var upper = new List<(int, DoubleDouble)>();
        var lower = new List<(int, DoubleDouble)>();
        for (int k = 0; k < _matrix.Size; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int column = _plan.Columns[k];
            for (int p = _matrix.ColumnStarts[column]; p < _matrix.ColumnStarts[column + 1]; p++) _work[_matrix.RowIndices[p]] = values[p];
            upper.Clear();
            for (int j = 0; j < k; j++)
            {
                int row = _rowOfPivot[j];
                DoubleDouble value = _work[row];
                if (value.High == 0) continue;
                _work[row] = 0;
                upper.Add((j, value));
                foreach ((int below, DoubleDouble factor) in _lower[j]) _work[below] -= factor * value;
            }

            int best = Pivot(_plan.PreferredRows[k]);
            if (best < 0) return column;
            DoubleDouble pivot = _work[best];
            _work[best] = 0;
            _pivotOfRow[best] = k;
            _rowOfPivot[k] = best;
            _pivots[k] = pivot;
            lower.Clear();
            for (int row = 0; row < _work.Length; row++)
            {
                if (_work[row].High == 0) continue;
                lower.Add((row, _work[row] / pivot));
                _work[row] = 0;
            }

            _upper[k] = [.. upper];
            _lower[k] = [.. lower];
        }

        return -1;
    }

    /// <summary>Solves A·x = b in place.</summary>
    public void Solve(DoubleDouble[] vector)
    {
        int n = _matrix.Size;
        var y = new DoubleDouble[n];
        for (int k = 0; k < n; k++)
        {
            y[k] = vector[_rowOfPivot[k]];
            foreach ((int row, DoubleDouble factor) in _lower[k]) vector[row] -= factor * y[k];
        }

        for (int k = n - 1; k >= 0; k--)
        {
            DoubleDouble value = y[k] / _pivots[k];
            vector[_plan.Columns[k]] = value;
            foreach ((int pivot, DoubleDouble factor) in _upper[k]) y[pivot] -= factor * value;
        }
    }

    private int Pivot(int preferred)
    {
        double largest = 0;
        int best = -1;
        for (int row = 0; row < _work.Length; row++)
        {
            double size = Math.Abs(_work[row].High);
            if (double.IsNaN(size)) return -1;
            if (!(size > largest)) continue;
            largest = size;
            best = row;
        }

        if (!double.IsFinite(largest) || best < 0) return -1;
        return _pivotOfRow[preferred] < 0 && Math.Abs(_work[preferred].High) >= PivotThreshold * largest ? preferred : best;
    }
}
