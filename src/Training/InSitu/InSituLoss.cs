namespace CircuitSim.Training.InSitu;

/// <summary>What training in situ minimises, as a mean over outputs and samples.</summary>
public enum InSituLoss
{
    /// <summary>−t·ln z − (1 − t)·ln(1 − z).</summary>
    CrossEntropy,

    /// <summary>½·(t − z)².</summary>
    Quadratic,
}
