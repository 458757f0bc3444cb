namespace CircuitSim.Circuit.Engines;

/// <summary>How a simulator solves its linear systems, which decides how long a large deck takes.</summary>
public enum DeckSolver
{
    /// <summary>Sparse 1.3, the solver of SPICE 3, which ngspice has in every version, and its kin.</summary>
    Sparse,

    /// <summary>KLU, which ngspice has from version 42 on where it was built with it.</summary>
    Klu,

    /// <summary>Our own sparse LU.</summary>
    Native,
}
