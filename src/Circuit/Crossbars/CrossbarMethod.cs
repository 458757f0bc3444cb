namespace CircuitSim.Circuit.Crossbars;

/// <summary>How a crossbar is solved.</summary>
public enum CrossbarMethod
{
    /// <summary>The solver chooses by size, resistances and number of solves expected; never found in a result.</summary>
    Automatic,

    /// <summary>Every unknown follows directly: ideal sources on ideal word lines, or ideal grounded bit lines.</summary>
    Direct,

    /// <summary>Conjugate gradients on the nodes of the lines without wire resistance; the other lines are eliminated exactly.</summary>
    NodeConjugateGradients,

    /// <summary>Conjugate gradients on the word lines, bit lines eliminated exactly, preconditioned by exact word-line solves.</summary>
    LineConjugateGradients,

    /// <summary>Sparse Cholesky factor of the whole nodal matrix, with geometric nested dissection: the same time whatever the resistances.</summary>
    Cholesky,

    /// <summary>Reduction to ports, then one matrix product a set of sources: <see cref="Crossbars.TransferMatrix"/>.</summary>
    TransferMatrix,

    /// <summary>Newton's method on nonlinear devices, each step one of the above.</summary>
    Newton,
}
