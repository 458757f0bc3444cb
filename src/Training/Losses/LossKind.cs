namespace CircuitSim.Training.Losses;

/// <summary>What training minimises, summed over outputs and averaged over samples.</summary>
public enum LossKind
{
    /// <summary>−t·ln h − (1 − t)·ln(1 − h) with h = (n + Vdd/2)/Vdd and t the same of the target, as in PHAX.</summary>
    CrossEntropy,

    /// <summary>½·(n − y)², volts squared.</summary>
    SquaredError,
}
