namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Where elements read the present solution and write the equations: residual F(x) and Jacobian dF/dx.</summary>
/// <remarks>The row of a node is the sum of currents that leave it; the row of a branch is its voltage minus what it should be.</remarks>
internal sealed class LoadState(double[] values, int[] slots, int size)
{
    /// <summary>Present solution: node voltages, then branch currents.</summary>
    public double[] X { get; set; } = new double[size];

    /// <summary>F(x).</summary>
    public double[] Residual { get; } = new double[size];

    /// <summary>Factor on all independent sources, 0 to 1.</summary>
    public double SourceScale { get; set; } = 1;

    /// <summary>Conductance across every p-n junction, siemens.</summary>
    public double JunctionSiemens { get; set; }

    /// <summary>Clears equations before elements add to them.</summary>
    public void Clear()
    {
        Array.Clear(values);
        Array.Clear(Residual);
    }

    /// <summary>Voltage of a node or current of a branch; ground is −1.</summary>
    public double Of(int unknown) => unknown < 0 ? 0 : X[unknown];

    /// <summary>Adds to a row of F; ground is −1.</summary>
    public void AddResidual(int row, double value)
    {
        if (row >= 0) Residual[row] += value;
    }

    /// <summary>Adds to an entry of the Jacobian.</summary>
    /// <param name="ticket">What <see cref="NativeCircuitBuilder.Entry"/> gave.</param>
    /// <param name="value">The derivative.</param>
    public void AddJacobian(int ticket, double value) => values[slots[ticket]] += value;
}
