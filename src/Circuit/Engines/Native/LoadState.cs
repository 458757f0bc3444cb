using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Where elements read the present solution and write the equations: residual F(x) and Jacobian dF/dx.</summary>
/// <remarks>The row of a node is the sum of currents that leave it; the row of a branch is its voltage minus what it should be.</remarks>
internal sealed class LoadState(double[] values, int[] slots, int size, int chargeCount)
{
    /// <summary>Present solution: node voltages, then branch currents.</summary>
    public double[] X { get; set; } = new double[size];

    /// <summary>F(x).</summary>
    public double[] Residual { get; } = new double[size];

    /// <summary>Sum of the sizes of what devices added to each row of F: what a residual is small or large against.</summary>
    public double[] Sizes { get; } = new double[size];

    /// <summary>Sum of the sizes of charges times their rate in each row: their rounding stays in F where their changes cancel.</summary>
    public double[] ChargeSizes { get; } = new double[size];

    /// <summary>What the equations are written for.</summary>
    public LoadMode Mode { get; set; }

    /// <summary>Factor on all independent sources, 0 to 1.</summary>
    public double SourceScale { get; set; } = 1;

    /// <summary>Conductance across every p-n junction, siemens.</summary>
    public double JunctionSiemens { get; set; }

    /// <summary>True when sources follow their waveforms, also in the operating point that a transient begins from.</summary>
    public bool FollowsWaveforms { get; set; }

    /// <summary>Time, seconds.</summary>
    public double Seconds { get; set; }

    /// <summary>Printing step of the transient analysis, seconds.</summary>
    public double StepSeconds { get; set; }

    /// <summary>End of the transient analysis, seconds.</summary>
    public double StopSeconds { get; set; }

    /// <summary>Charges (and fluxes) at the solution that was loaded last.</summary>
    public double[] Charges { get; } = new double[chargeCount];

    /// <summary>Integration formula: the rate of charge k is <c>ChargeRate·q + ChargeHistory[k]</c>.</summary>
    public double ChargeRate { get; set; }

    /// <summary>See <see cref="ChargeRate"/>.</summary>
    public double[] ChargeHistory { get; } = new double[chargeCount];

    /// <summary>Derivatives of charges in small-signal mode, in the places of the matrix.</summary>
    public double[] ReactiveValues { get; } = new double[values.Length];

    /// <summary>True when junctions limit how far their voltage moves in an iteration.</summary>
    public bool IsLimited { get; set; }

    /// <summary>True at the first load of an iteration, which nothing has to be near to.</summary>
    public bool BeginsIteration { get; set; }

    /// <summary>Set by a junction that was loaded at another voltage than the present one, and continued as a straight line.</summary>
    public bool HasLimited { get; set; }

    /// <summary>True when elements have to note their charges.</summary>
    public bool HasCharges => Mode != LoadMode.Direct;

    /// <summary>Voltage of a node or current of a branch; ground is −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Of(int unknown) => unknown < 0 ? 0 : X[unknown];

    /// <summary>Adds to a row of F; ground is −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddResidual(int row, double value)
    {
        if (row < 0) return;
        Residual[row] += value;
        Sizes[row] += Math.Abs(value);
    }

    /// <summary>Adds to an entry of the Jacobian.</summary>
    /// <param name="ticket">What <see cref="NativeCircuitBuilder.Entry"/> gave.</param>
    /// <param name="value">The derivative.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddJacobian(int ticket, double value) => values[slots[ticket]] += value;

    /// <summary>Adds the derivative of a charge to an entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddReactive(int ticket, double farads)
    {
        if (Mode == LoadMode.Transient) values[slots[ticket]] += ChargeRate * farads;
        else if (Mode == LoadMode.SmallSignal) ReactiveValues[slots[ticket]] += farads;
    }

    /// <summary>Notes how large the rate of a charge is before it is held against the last one.</summary>
    public void AddChargeSize(int row, double coulombs)
    {
        if (row >= 0) ChargeSizes[row] += ChargeRate * Math.Abs(coulombs);
    }

    /// <summary>Notes a charge and gives its rate of change, amperes; 0 at DC.</summary>
    public double Rate(int charge, double coulombs)
    {
        Charges[charge] = coulombs;
        return Mode == LoadMode.Transient ? ChargeRate * coulombs + ChargeHistory[charge] : 0;
    }
}
