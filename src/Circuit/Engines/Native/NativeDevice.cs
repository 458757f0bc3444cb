using System.Numerics;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>An element whose part in the circuit equations changes from load to load: sources and what is not linear. All else is in <see cref="LinearPart"/>.</summary>
internal abstract class NativeDevice
{
    /// <summary>True when its equations are linear, so that their derivatives never change.</summary>
    public virtual bool IsLinear => true;

    /// <summary>True when its value may change by much within a voltage step that an iteration tolerates.</summary>
    public virtual bool MayBeSteep => false;

    /// <summary>Rows of the equations that it adds to; −1 is ground.</summary>
    public abstract IReadOnlyList<int> Rows { get; }

    /// <summary>Adds residual and Jacobian at the present solution; a linear one adds to the residual only.</summary>
    public abstract void Load(LoadState state);

    /// <summary>Adds what drives a small-signal analysis to its right-hand side.</summary>
    public virtual void LoadStimulus(Complex[] rightHandSide)
    {
    }

    /// <summary>Notes that the solution loaded last is a point of the transient.</summary>
    public virtual void Accept()
    {
    }
}
