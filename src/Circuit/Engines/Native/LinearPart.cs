using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>What linear elements add to the circuit equations: G·x, and C·dx/dt by the integration formula.</summary>
/// <param name="matrix">Pattern of the equations.</param>
/// <param name="conductances">G in the places of the matrix.</param>
/// <param name="capacitances">C in the places of the matrix.</param>
/// <param name="terms">G and C element by element: differences of voltages keep digits that sums over rows of G would lose.</param>
/// <param name="direct">What holds at DC only: how loops of inductors share their currents.</param>
/// <param name="initials">Charges that elements start from by their own initial conditions.</param>
internal sealed class LinearPart(
    SparseMatrix matrix, double[] conductances, double[] capacitances, LinearTerm[] terms, DirectPart direct, IReadOnlyList<(int Charge, double Initial)> initials)
{
    private readonly LinearTerm[] _static = Array.FindAll(terms, t => t.Charge < 0), _charges = Array.FindAll(terms, t => t.Charge >= 0);
    private readonly double[] _values = (double[])conductances.Clone();
    private readonly double[] _offsets = new double[matrix.Size];
    private double _rate;
    private bool? _isDirect;

    /// <summary>Makes ready for what the equations are written for now.</summary>
    public void Prepare(LoadState state)
    {
        bool isTransient = state.Mode == LoadMode.Transient, isDirect = state.Mode is LoadMode.Direct or LoadMode.Initial;
        double rate = isTransient ? state.ChargeRate : 0;
        if (rate != _rate || isDirect != _isDirect)
        {
            for (int p = 0; p < _values.Length; p++) _values[p] = conductances[p] + rate * capacitances[p];
            if (isDirect)
                foreach ((int place, double ohms) in direct.Entries) _values[place] += ohms;
            (_rate, _isDirect) = (rate, isDirect);
        }

        Array.Clear(_offsets);
        if (!isTransient) return;
        double[] history = state.ChargeHistory;
        foreach (ref readonly LinearTerm c in _charges.AsSpan())
        {
            double amps = history[c.Charge];
            if (c.Into >= 0) _offsets[c.Into] += amps;
            if (c.OutOf >= 0) _offsets[c.OutOf] -= amps;
        }
    }

    /// <summary>Writes the Jacobian, to which other elements add.</summary>
    public void WriteJacobian(LoadState state)
    {
        _values.CopyTo(matrix.Values, 0);
        if (state.Mode == LoadMode.SmallSignal) capacitances.CopyTo(state.ReactiveValues, 0);
    }

    /// <summary>Writes the residual at zero, to which other elements add.</summary>
    public void WriteOffsets(double[] residual) => _offsets.CopyTo(residual, 0);

    /// <summary>Writes the residual at a point, to which other elements add.</summary>
    public void WriteResidual(double[] x, double[] residual)
    {
        _offsets.CopyTo(residual, 0);
        Add(_static, 1, x, residual);
        if (_isDirect == true) Add(direct.Terms, 1, x, residual);
        if (_rate != 0) Add(_charges, _rate, x, residual);
    }

    /// <summary>Residual of one row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">Columns with an entry in the row.</param>
    /// <param name="places">Places of these entries.</param>
    /// <param name="x">The point.</param>
    public double RowResidual(int row, ReadOnlySpan<int> columns, ReadOnlySpan<int> places, double[] x)
    {
        double sum = _offsets[row];
        for (int i = 0; i < columns.Length; i++) sum += _values[places[i]] * x[columns[i]];
        return sum;
    }

    /// <summary>Entry of the Jacobian at a place of the matrix.</summary>
    public double Entry(int place) => _values[place];

    /// <summary>Adds the sizes of the terms of each row to those of other elements.</summary>
    public void AddSizes(double[] x, double[] sizes)
    {
        for (int row = 0; row < x.Length; row++) sizes[row] += Math.Abs(_offsets[row]);
        foreach (ref readonly LinearTerm t in terms.AsSpan())
        {
            double size = Math.Abs((t.Charge < 0 ? t.Factor : t.Factor * _rate) * Difference(t, x));
            if (t.Into >= 0) sizes[t.Into] += size;
            if (t.OutOf >= 0) sizes[t.OutOf] += size;
        }
    }

    /// <summary>Adds the matrix, and takes off the right-hand side what history leaves at zero, with 32 digits.</summary>
    public void AddTo(DoubleDouble[] values, DoubleDouble[] rightHandSide, LoadState state)
    {
        foreach (ref readonly LinearTerm t in terms.AsSpan())
        {
            if (t.Charge >= 0 && _rate == 0) continue;
            DoubleDouble factor = t.Charge < 0 ? t.Factor : (DoubleDouble)t.Factor * _rate;
            AddEntry(values, t.Into, t.Plus, factor);
            AddEntry(values, t.Into, t.Minus, -factor);
            AddEntry(values, t.OutOf, t.Plus, -factor);
            AddEntry(values, t.OutOf, t.Minus, factor);
            if (t.Charge < 0) continue;
            if (t.Into >= 0) rightHandSide[t.Into] -= state.ChargeHistory[t.Charge];
            if (t.OutOf >= 0) rightHandSide[t.OutOf] += state.ChargeHistory[t.Charge];
        }
    }

    /// <summary>Adds what one rounding of each element, up or down, adds to the equations at a point.</summary>
    public void AddRounding(double[] x, double[] residual)
    {
        const double Rounding = 1.1102230246251565e-16;
        uint draw = 1;
        foreach (ref readonly LinearTerm t in terms.AsSpan())
        {
            // Marsaglia's xorshift (J. Stat. Software 8, 2003): signs without a pattern, the same every time.
            draw ^= draw << 13;
            draw ^= draw >> 17;
            draw ^= draw << 5;
            // Ties of branches to their nodes are exact.
            if (Math.Abs(t.Factor) == 1 || (t.Charge >= 0 && _rate == 0)) continue;
            double value = ((draw & 1) == 0 ? Rounding : -Rounding) * t.Factor * (t.Charge < 0 ? 1 : _rate) * Difference(t, x);
            if (t.Into >= 0) residual[t.Into] += value;
            if (t.OutOf >= 0) residual[t.OutOf] -= value;
        }
    }

    /// <summary>Notes the charges at a point.</summary>
    public void NoteCharges(double[] x, double[] all)
    {
        foreach (ref readonly LinearTerm c in _charges.AsSpan()) all[c.Charge] = c.Factor * Difference(c, x);
    }

    /// <summary>Puts charges to what the elements' own initial conditions say.</summary>
    public void SetInitialCharges(double[] all)
    {
        foreach ((int charge, double initial) in initials) all[charge] = initial;
    }

    private void AddEntry(DoubleDouble[] values, int row, int column, DoubleDouble value)
    {
        if (row < 0 || column < 0) return;
        int from = matrix.ColumnStarts[column];
        values[Array.BinarySearch(matrix.RowIndices, from, matrix.ColumnStarts[column + 1] - from, row)] += value;
    }

    private static void Add(LinearTerm[] terms, double rate, double[] x, double[] residual)
    {
        foreach (ref readonly LinearTerm t in terms.AsSpan())
        {
            double value = rate * t.Factor * Difference(t, x);
            if (t.Into >= 0) residual[t.Into] += value;
            if (t.OutOf >= 0) residual[t.OutOf] -= value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Difference(in LinearTerm t, double[] x) => (t.Plus < 0 ? 0 : x[t.Plus]) - (t.Minus < 0 ? 0 : x[t.Minus]);
}
