namespace CircuitSim.Circuit.Engines;

/// <summary>Ways to a DC state for circuits on which damped Newton steps alone stop short; several may have been needed.</summary>
[Flags]
public enum ConvergenceAid
{
    /// <summary>Damped Newton steps sufficed.</summary>
    None = 0,

    /// <summary>Full Newton steps, where the slope of an element is all but infinite.</summary>
    UndampedNewton = 1,

    /// <summary>A conductance from every node to ground that shrank to nothing.</summary>
    GminStepping = 2,

    /// <summary>Sources that grew from zero to their values.</summary>
    SourceStepping = 4,

    /// <summary>A capacitor at every node that was discharged into the circuit until nothing moved.</summary>
    PseudoTransient = 8,

    /// <summary>Newton steps with junctions, or all voltages, kept from moving far in one iteration.</summary>
    LimitedNewton = 16,
}
