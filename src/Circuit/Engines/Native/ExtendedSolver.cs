using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Solves a linear circuit with 32 digits, element by element: for those in which what holds a node is lost in the rounding of large conductances beside it.</summary>
internal sealed class ExtendedSolver(NativeCircuit circuit, CancellationToken cancellationToken)
{
    private readonly DoubleDouble[] _values = new DoubleDouble[circuit.Matrix.EntryCount];
    private readonly DoubleDouble[] _rightHandSide = new DoubleDouble[circuit.Size];
    private ExtendedLu? _lu;

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

        _lu = lu;
        return -1;
    }

    /// <summary>Solves with the factors of the last call and another right-hand side, in place.</summary>
    public void SolveAgain(double[] vector)
    {
        var extended = Array.ConvertAll(vector, v => (DoubleDouble)v);
        _lu!.Solve(extended);
        for (int i = 0; i < vector.Length; i++) vector[i] = extended[i].High;
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
