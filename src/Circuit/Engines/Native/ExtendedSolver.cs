using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Solves a linear circuit with 32 digits, element by element: for those in which what holds a node is lost in the rounding of large conductances beside it.</summary>
internal sealed class ExtendedSolver(NativeCircuit circuit, CancellationToken cancellationToken)
{
    // Elements are known to a rounding of a double; where that moves a voltage by this part of the largest, the circuit does not determine it.
    private const double LargestDoubt = 1e-4;

    private readonly DoubleDouble[] _values = new DoubleDouble[circuit.Matrix.EntryCount];
    private readonly DoubleDouble[] _rightHandSide = new DoubleDouble[circuit.Size];

    /// <summary>Solves the equations as the state says.</summary>
    /// <param name="state">Mode, time, sources and history of charges.</param>
    /// <param name="ties">Conductances to fixed voltages that stand beside the elements.</param>
    /// <param name="x">Solution on return, when there is one.</param>
    /// <returns>−1, or an unknown that the equations do not determine.</returns>
    public int Solve(LoadState state, IEnumerable<(int Node, double Siemens, double Volts)> ties, double[] x)
    {
        LinearPart linear = circuit.Linear;
        Array.Clear(_values);
        Array.Clear(_rightHandSide);
        linear.AddTo(_values, _rightHandSide, state);
        foreach (NativeDevice device in circuit.Devices) Subtract(device, state);
        foreach ((int node, double siemens, double volts) in ties)
        {
            _values[circuit.Slots[circuit.NodeDiagonal[node]]] += siemens;
            _rightHandSide[node] += (DoubleDouble)siemens * volts;
        }

        if (ExtendedLu.Create(circuit.Matrix, cancellationToken) is not { } lu) return 0;
        if (lu.Factor(_values, cancellationToken) is >= 0 and int singular) return singular;
        var solution = (DoubleDouble[])_rightHandSide.Clone();
        lu.Solve(solution);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = solution[i].High;
            if (!double.IsFinite(x[i])) return i;
        }

        double largest = 0;
        for (int i = 0; i < circuit.NodeCount; i++) largest = Math.Max(largest, Math.Abs(x[i]));
        var doubt = new DoubleDouble[x.Length];
        linear.AddRounding(solution, doubt);
        lu.Solve(doubt);
        int worst = -1;
        double most = LargestDoubt * largest;
        for (int i = 0; i < circuit.NodeCount; i++)
        {
            double moved = Math.Abs(doubt[i].High);
            if (moved <= most) continue;
            (worst, most) = (i, moved);
        }

        return worst;
    }

    private void Subtract(NativeDevice device, LoadState state)
    {
        // One device after the other: their sum in a row would be rounded.
        foreach (int row in device.Rows)
            if (row >= 0) state.Residual[row] = 0;
        device.Load(state);
        foreach (int row in device.Rows)
        {
            if (row < 0) continue;
            _rightHandSide[row] -= state.Residual[row];
            state.Residual[row] = 0;
        }
    }
}
