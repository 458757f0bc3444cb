namespace CircuitSim.Circuit.Crossbars;

/// <summary>How a crossbar was solved.</summary>
public enum CrossbarMethod
{
    /// <summary>Every unknown follows directly: ideal sources on ideal word lines, or ideal grounded bit lines.</summary>
    Direct,

    /// <summary>Conjugate gradients on the nodes of the lines without wire resistance; the other lines are eliminated exactly.</summary>
    NodeConjugateGradients,

    /// <summary>Conjugate gradients on the word lines, bit lines eliminated exactly, preconditioned by exact word-line solves.</summary>
    LineConjugateGradients,

    /// <summary>Newton's method on nonlinear devices, each step one of the above.</summary>
    Newton,
}
