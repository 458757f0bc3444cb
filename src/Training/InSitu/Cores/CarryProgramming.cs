namespace CircuitSim.Training.InSitu.Cores;

/// <summary>How a carry is programmed.</summary>
public enum CarryProgramming
{
    /// <summary>To the exact value, as with read and verify.</summary>
    Exact,

    /// <summary>By one update whose mean is what is asked for at the present state.</summary>
    Calibrated,

    /// <summary>By one update as any other.</summary>
    Blind,
}
