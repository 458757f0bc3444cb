using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A first guess of the operating point that follows the signal: parts of the circuit that nothing later feeds back to are solved one after the other.</summary>
/// <remarks>
/// The DC equations are permuted to block triangular form (Duff and Reid, ACM TOMS 4, 1978), and each small block is solved by Newton's method with
/// the blocks before it at their values. A chain of a thousand gates is a thousand problems of one or two unknowns, where all of it at once would let
/// one more gate find its level in each iteration. A block that does not converge, or is large, keeps its start: the full iteration follows in any case.
/// </remarks>
internal sealed class BlockStart
{
    private const int LargestBlock = 24;
    private const int MostIterations = 60;
    private const double ShortestDamping = 1.0 / 256;
    private const double SmallestLimitVolts = 1;

    private readonly NativeCircuit _circuit;
    private readonly LoadState _state;
    private readonly EngineOptions _options;
    private readonly int[] _rowStarts, _rowColumns, _rowPlaces;
    private readonly List<NativeDevice>[] _devicesOfRow;

    private BlockStart(NativeCircuit circuit, LoadState state, EngineOptions options)
    {
        _circuit = circuit;
        _state = state;
        _options = options;
        (_rowStarts, _rowColumns, _rowPlaces) = ByRows(circuit.Matrix);
        _devicesOfRow = new List<NativeDevice>[circuit.Size];
        foreach (NativeDevice device in circuit.Devices)
            foreach (int row in device.Rows)
                if (row >= 0) (_devicesOfRow[row] ??= []).Add(device);
    }

    /// <summary>Writes the guess.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="state">Its equations, prepared for DC.</param>
    /// <param name="options">Tolerances.</param>
    /// <param name="x">Starting point on entry, guess on return.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static void Improve(NativeCircuit circuit, LoadState state, EngineOptions options, double[] x, CancellationToken cancellationToken)
    {
        circuit.Linear.Prepare(state);
        SparseMatrix direct = Direct(circuit);
        var none = new bool[circuit.Size];
        if (Transversal.Find(direct, none, none, out _) is not { } rowOfColumn) return;
        List<int[]> blocks = StrongComponents.Find(direct, rowOfColumn);
        if (blocks.Count == 1) return;
        var start = new BlockStart(circuit, state, options);
        state.X = x;
        foreach (int[] columns in blocks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (columns.Length <= LargestBlock) start.Solve(columns, [.. columns.Select(c => rowOfColumn[c])], x);
        }
    }

    private void Solve(int[] columns, int[] rows, double[] x)
    {
        int n = columns.Length;
        NativeDevice[] devices = [.. rows.SelectMany(r => _devicesOfRow[r] ?? []).Distinct()];
        int[] places = new int[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) places[i * n + j] = Place(rows[i], columns[j]);
        double[] before = [.. columns.Select(c => x[c])], point = [.. before], residual = new double[n], step = new double[n];
        var lu = new DenseLu(n);
        double size = Evaluate();
        bool hasConverged = false;
        for (int iteration = 0; iteration < MostIterations && !hasConverged; iteration++)
        {
            if (!TryStep()) break;
            hasConverged = true;
            for (int i = 0; i < n; i++)
            {
                bool isNode = columns[i] < _circuit.NodeCount;
                double limit = isNode ? Math.Max(SmallestLimitVolts, Math.Abs(point[i])) : double.PositiveInfinity;
                double floor = isNode ? _options.VoltageToleranceVolts : _options.CurrentToleranceAmps;
                step[i] = Math.Clamp(step[i], -limit, limit);
                hasConverged &= Math.Abs(step[i]) <= floor + _options.RelativeTolerance * Math.Abs(point[i]);
            }

            size = Damped(size);
        }

        // NaN and infinity fail the test as well.
        if (hasConverged && double.IsFinite(size)) Polish();
        else Put(before);

        void Put(double[] values)
        {
            for (int i = 0; i < n; i++) x[columns[i]] = values[i];
        }

        bool TryStep()
        {
            for (int k = 0; k < places.Length; k++) lu.Matrix[k] = places[k] < 0 ? 0 : _circuit.Matrix.Values[places[k]];
            for (int i = 0; i < n; i++) step[i] = -residual[i];
            return TrySolve(lu, step);
        }

        // What is left here, the blocks after this one amplify: as far as rounding lets it, it goes.
        void Polish()
        {
            while (size > 0 && TryStep())
            {
                for (int i = 0; i < n; i++) x[columns[i]] = point[i] + step[i];
                double now = Evaluate();
                if (!(now < size / 2))
                {
                    if (!(now < size)) Put(point);
                    return;
                }

                size = now;
                for (int i = 0; i < n; i++) point[i] = x[columns[i]];
            }
        }

        double Damped(double last)
        {
            double damping = 1;
            while (true)
            {
                for (int i = 0; i < n; i++) x[columns[i]] = point[i] + damping * step[i];
                double now = Evaluate();
                if (now <= last || damping < ShortestDamping)
                {
                    for (int i = 0; i < n; i++) point[i] = x[columns[i]];
                    return now;
                }

                damping /= 2;
            }
        }

        double Evaluate()
        {
            for (int i = 0; i < n; i++)
            {
                int row = rows[i], from = _rowStarts[row], count = _rowStarts[row + 1] - from;
                _state.Residual[row] = _circuit.Linear.RowResidual(row, _rowColumns.AsSpan(from, count), _rowPlaces.AsSpan(from, count), x);
            }

            foreach (int place in places)
                if (place >= 0) _circuit.Matrix.Values[place] = _circuit.Linear.Entry(place);
            foreach (NativeDevice device in devices) device.Load(_state);
            double largest = 0;
            for (int i = 0; i < n; i++)
            {
                residual[i] = _state.Residual[rows[i]];
                largest = Math.Max(largest, Math.Abs(residual[i]));
            }

            return largest;
        }
    }

    private static bool TrySolve(DenseLu lu, double[] vector)
    {
        try
        {
            lu.Factorize();
        }
        catch (SingularSystemException)
        {
            return false;
        }

        lu.Solve(vector);
        return Array.TrueForAll(vector, double.IsFinite);
    }

    private int Place(int row, int column)
    {
        for (int p = _rowStarts[row]; p < _rowStarts[row + 1]; p++)
            if (_rowColumns[p] == column) return _rowPlaces[p];
        return -1;
    }

    /// <summary>The pattern without entries that are zero at DC.</summary>
    private static SparseMatrix Direct(NativeCircuit circuit)
    {
        SparseMatrix all = circuit.Matrix;
        var starts = new int[all.Size + 1];
        var rows = new List<int>(all.EntryCount);
        for (int column = 0; column < all.Size; column++)
        {
            for (int p = all.ColumnStarts[column]; p < all.ColumnStarts[column + 1]; p++)
                if (circuit.IsDirect[p]) rows.Add(all.RowIndices[p]);
            starts[column + 1] = rows.Count;
        }

        return new SparseMatrix(all.Size, starts, [.. rows]);
    }

    private static (int[] Starts, int[] Columns, int[] Places) ByRows(SparseMatrix matrix)
    {
        var starts = new int[matrix.Size + 1];
        foreach (int row in matrix.RowIndices) starts[row + 1]++;
        for (int i = 0; i < matrix.Size; i++) starts[i + 1] += starts[i];
        int[] next = starts[..matrix.Size], columns = new int[matrix.EntryCount], places = new int[matrix.EntryCount];
        for (int column = 0; column < matrix.Size; column++)
        {
            for (int p = matrix.ColumnStarts[column]; p < matrix.ColumnStarts[column + 1]; p++)
            {
                int at = next[matrix.RowIndices[p]]++;
                columns[at] = column;
                places[at] = p;
            }
        }

        return (starts, columns, places);
    }
}
