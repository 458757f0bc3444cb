namespace CircuitSim.Circuit.Linear;

/// <summary>Factors P·A·Q = L·U of a sparse matrix, made to be recomputed cheaply when only the values of A change.</summary>
/// <remarks>
/// Left-looking elimination (Gilbert and Peierls, SIAM J. Sci. Stat. Comput. 9, 1988) in the order of <see cref="EliminationPlan"/>,
/// threshold partial pivoting that prefers the planned row; the search for fill looks at pruned columns of L (Eisenstat and Liu, SIAM J. Sci.
/// Comput. 14, 1993). Owns scratch memory: not thread-safe.
/// </remarks>
internal sealed class SparseLu
{
    // SPICE's pivrel: a planned pivot must reach this part of the largest candidate in its column.
    private const double PivotThreshold = 1e-3;

    private const int ColumnsBetweenChecks = 64;

    private readonly SparseMatrix _matrix;
    private readonly EliminationPlan _plan;
    private readonly int _size;
    private readonly int[] _pivotOfRow;      // step at which a row became pivot, −1 before
    private readonly int[] _rowOfPivot;
    private readonly int[] _placeOfEntry;    // pivot step of the row of each entry of A
    private readonly double[] _inversePivots;
    private readonly double[] _work, _rightHandSide;
    private readonly int[] _lowerStarts, _upperStarts;
    private int[] _lowerRows, _upperRows;
    private double[] _lowerValues, _upperValues;
    private readonly CancellationToken _cancellationToken;
    private bool _isFactored;

    private SparseLu(SparseMatrix matrix, EliminationPlan plan, CancellationToken cancellationToken)
    {
        _matrix = matrix;
        _cancellationToken = cancellationToken;
        _plan = plan;
        _size = matrix.Size;
        _pivotOfRow = new int[_size];
        _rowOfPivot = new int[_size];
        _placeOfEntry = new int[matrix.EntryCount];
        _inversePivots = new double[_size];
        _work = new double[_size];
        _rightHandSide = new double[_size];
        _lowerStarts = new int[_size + 1];
        _upperStarts = new int[_size + 1];
        int guess = Math.Max(16, 4 * matrix.EntryCount);
        _lowerRows = new int[guess];
        _upperRows = new int[guess];
        _lowerValues = new double[guess];
        _upperValues = new double[guess];
    }

    /// <summary>Entries of both factors, without the diagonal of L.</summary>
    public int EntryCount => _lowerStarts[_size] + _upperStarts[_size] + _size;

    /// <summary>Plans the elimination of a matrix.</summary>
    /// <param name="matrix">The matrix; its values are read at every <see cref="Factor"/>.</param>
    /// <param name="singularColumn">A column that can have no pivot when the pattern is singular, else −1.</param>
    /// <param name="cancellationToken">Ends planning and factoring early.</param>
    /// <returns>The solver, or null when the pattern is singular.</returns>
    public static SparseLu? Create(SparseMatrix matrix, out int singularColumn, CancellationToken cancellationToken = default)
        => EliminationPlan.Create(matrix, out singularColumn, cancellationToken) is { } plan ? new SparseLu(matrix, plan, cancellationToken) : null;

    /// <summary>Factors the matrix with its present values; with the pivots of last time as long as they stay good.</summary>
    /// <returns>−1, or the column whose candidates for a pivot are all zero or not finite.</returns>
    public int Factor()
    {
        if (_isFactored && Refactor()) return -1;
        int singular = FactorWithPivoting();
        _isFactored = singular < 0;
        return singular;
    }

    /// <summary>Solves A·x = b in place.</summary>
    /// <param name="vector">Right-hand side on entry, solution on return; length of the matrix.</param>
    public unsafe void Solve(Span<double> vector)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(vector.Length, _size);
        // Indices are the factors' own and lie within their arrays; unchecked loops are half of what a time step of a linear circuit takes.
        fixed (double* x = vector, y = _rightHandSide, lower = _lowerValues, upper = _upperValues, inverse = _inversePivots)
        fixed (int* lowerRows = _lowerRows, upperRows = _upperRows, lowerStarts = _lowerStarts, upperStarts = _upperStarts, rows = _rowOfPivot, columns = _plan.Columns)
        {
            for (int k = 0; k < _size; k++) y[k] = x[rows[k]];
            for (int k = 0; k < _size; k++)
            {
                double value = y[k];
                if (value == 0) continue;
                int end = lowerStarts[k + 1];
                for (int p = lowerStarts[k]; p < end; p++) y[lowerRows[p]] -= lower[p] * value;
            }

            for (int k = _size - 1; k >= 0; k--)
            {
                double value = y[k] * inverse[k];
                x[columns[k]] = value;
                if (value == 0) continue;
                int end = upperStarts[k + 1];
                for (int p = upperStarts[k]; p < end; p++) y[upperRows[p]] -= upper[p] * value;
            }
        }
    }

    private unsafe bool Refactor()
    {
        fixed (double* values = _matrix.Values, x = _work, lower = _lowerValues, upper = _upperValues, inverse = _inversePivots)
        fixed (int* lowerRows = _lowerRows, upperRows = _upperRows, lowerStarts = _lowerStarts, upperStarts = _upperStarts)
        fixed (int* columns = _plan.Columns, starts = _matrix.ColumnStarts, places = _placeOfEntry)
        {
            for (int k = 0; k < _size; k++)
            {
                if (k % ColumnsBetweenChecks == 0) _cancellationToken.ThrowIfCancellationRequested();
                int column = columns[k];
                for (int p = starts[column]; p < starts[column + 1]; p++) x[places[p]] = values[p];

                int upperEnd = upperStarts[k + 1];
                for (int p = upperStarts[k]; p < upperEnd; p++)
                {
                    int j = upperRows[p];
                    double factor = x[j];
                    x[j] = 0;
                    upper[p] = factor;
                    if (factor == 0) continue;
                    int end = lowerStarts[j + 1];
                    for (int i = lowerStarts[j]; i < end; i++) x[lowerRows[i]] -= lower[i] * factor;
                }

                double pivot = x[k], largest = Math.Abs(pivot), over = 1 / pivot;
                x[k] = 0;
                inverse[k] = over;
                int lowerEnd = lowerStarts[k + 1];
                for (int p = lowerStarts[k]; p < lowerEnd; p++)
                {
                    double value = x[lowerRows[p]];
                    x[lowerRows[p]] = 0;
                    largest = Math.Max(largest, Math.Abs(value));
                    lower[p] = value * over;
                }

                if (!(double.IsFinite(largest) && Math.Abs(pivot) >= PivotThreshold * largest && double.IsFinite(over))) return false;
            }
        }

        return true;
    }

    private int FactorWithPivoting()
    {
        Array.Fill(_pivotOfRow, -1);
        Array.Clear(_work);
        var reach = new int[_size];
        var stack = new int[_size];
        var position = new int[_size];
        var visited = new int[_size];
        var pruned = new int[_size];
        int lowerCount = 0, upperCount = 0;
        for (int k = 0; k < _size; k++)
        {
            if (k % ColumnsBetweenChecks == 0) _cancellationToken.ThrowIfCancellationRequested();
            Reserve(lowerCount + _size, upperCount + k);
            int column = _plan.Columns[k];
            int top = Reach(column, k + 1, reach, stack, position, visited, pruned);
            for (int p = _matrix.ColumnStarts[column]; p < _matrix.ColumnStarts[column + 1]; p++) _work[_matrix.RowIndices[p]] = _matrix.Values[p];

            double largest = 0;
            int best = -1;
            _upperStarts[k] = upperCount;
            // The order of the reach is one in which updates may be applied, now and in every refactoring.
            for (int r = top; r < _size; r++)
            {
                int row = reach[r], j = _pivotOfRow[row];
                double value = _work[row];
                if (j < 0)
                {
                    if (Math.Abs(value) > largest || double.IsNaN(value))
                    {
                        largest = Math.Abs(value);
                        best = row;
                    }

                    continue;
                }

                _work[row] = 0;
                _upperRows[upperCount] = j;
                _upperValues[upperCount++] = value;
                for (int p = _lowerStarts[j]; p < _lowerStarts[j + 1]; p++) _work[_lowerRows[p]] -= _lowerValues[p] * value;
            }

            if (best < 0 || !double.IsFinite(largest)) return column;
            int preferred = _plan.PreferredRows[k];
            if (_pivotOfRow[preferred] < 0 && Math.Abs(_work[preferred]) >= PivotThreshold * largest) best = preferred;
            double pivot = _work[best];
            if (!double.IsFinite(1 / pivot)) return column;
            _inversePivots[k] = 1 / pivot;
            _pivotOfRow[best] = k;
            _rowOfPivot[k] = best;
            _work[best] = 0;
            _lowerStarts[k] = lowerCount;
            for (int r = top; r < _size; r++)
            {
                int row = reach[r];
                if (_pivotOfRow[row] >= 0) continue;
                _lowerRows[lowerCount] = row;
                _lowerValues[lowerCount++] = _work[row] / pivot;
                _work[row] = 0;
            }

            _lowerStarts[k + 1] = pruned[k] = lowerCount;
            _upperStarts[k + 1] = upperCount;
            for (int p = _upperStarts[k]; p < upperCount; p++) Prune(_upperRows[p], best, pruned);
        }

        for (int p = 0; p < lowerCount; p++) _lowerRows[p] = _pivotOfRow[_lowerRows[p]];
        for (int p = 0; p < _placeOfEntry.Length; p++) _placeOfEntry[p] = _pivotOfRow[_matrix.RowIndices[p]];
        return -1;
    }

    /// <summary>
    /// When an earlier column of L holds the new pivot row, every later row of that column is reached through the new column as well:
    /// only its rows that are pivots already need to be looked at from now on.
    /// </summary>
    private void Prune(int earlier, int pivotRow, int[] pruned)
    {
        int begin = _lowerStarts[earlier], end = _lowerStarts[earlier + 1];
        if (pruned[earlier] < end || !_lowerRows.AsSpan(begin, end - begin).Contains(pivotRow)) return;
        int low = begin, high = end - 1;
        while (low <= high)
        {
            if (_pivotOfRow[_lowerRows[low]] >= 0)
            {
                low++;
                continue;
            }

            (_lowerRows[low], _lowerRows[high]) = (_lowerRows[high], _lowerRows[low]);
            (_lowerValues[low], _lowerValues[high]) = (_lowerValues[high], _lowerValues[low]);
            high--;
        }

        pruned[earlier] = low;
    }

    /// <summary>Rows that the column will fill, in an order in which updates may be applied; returned from index "top" of reach on.</summary>
    private int Reach(int column, int stamp, int[] reach, int[] stack, int[] position, int[] visited, int[] pruned)
    {
        int top = _size;
        for (int p = _matrix.ColumnStarts[column]; p < _matrix.ColumnStarts[column + 1]; p++)
        {
            int root = _matrix.RowIndices[p];
            if (visited[root] == stamp) continue;
            int depth = 0;
            stack[0] = root;
            visited[root] = stamp;
            position[0] = Start(root);
            while (depth >= 0)
            {
                int j = _pivotOfRow[stack[depth]];
                int end = j < 0 ? 0 : pruned[j];
                int next = -1;
                while (position[depth] < end)
                {
                    int row = _lowerRows[position[depth]++];
                    if (visited[row] == stamp) continue;
                    next = row;
                    break;
                }

                if (next < 0)
                {
                    reach[--top] = stack[depth--];
                    continue;
                }

                visited[next] = stamp;
                stack[++depth] = next;
                position[depth] = Start(next);
            }
        }

        return top;

        int Start(int row) => _pivotOfRow[row] < 0 ? 0 : _lowerStarts[_pivotOfRow[row]];
    }

    private void Reserve(int lower, int upper)
    {
        if (lower > _lowerRows.Length)
        {
            Array.Resize(ref _lowerRows, Math.Max(lower, 2 * _lowerRows.Length));
            Array.Resize(ref _lowerValues, _lowerRows.Length);
        }

        if (upper > _upperRows.Length)
        {
            Array.Resize(ref _upperRows, Math.Max(upper, 2 * _upperRows.Length));
            Array.Resize(ref _upperValues, _upperRows.Length);
        }
    }
}
