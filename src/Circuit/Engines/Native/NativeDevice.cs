using System.Numerics;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>An element as the native engine sees it: it adds its currents and derivatives to the circuit equations.</summary>
internal abstract class NativeDevice
{
    /// <summary>True when its equations are linear, so that their derivatives never change.</summary>
    public virtual bool IsLinear => true;

    /// <summary>Adds residual and Jacobian at the present solution.</summary>
    public abstract void Load(LoadState state);

    /// <summary>Adds what drives a small-signal analysis to its right-hand side.</summary>
    public virtual void LoadStimulus(Complex[] rightHandSide)
    {
    }

    /// <summary>Puts charges to what the element's own initial conditions say.</summary>
    public virtual void SetInitialCharges(double[] charges)
    {
    }

    /// <summary>Notes that the solution loaded last is a point of the transient.</summary>
    public virtual void Accept()
    {
    }
}
