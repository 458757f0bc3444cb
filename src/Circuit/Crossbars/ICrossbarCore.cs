namespace CircuitSim.Circuit.Crossbars;

/// <summary>Solves one programmed crossbar for any drive. Owns scratch memory: one thread at a time.</summary>
internal interface ICrossbarCore
{
    CrossbarMethod Method { get; }

    /// <summary>Solves to an estimated error below the tolerance.</summary>
    /// <param name="drive">Sources and pushed currents.</param>
    /// <param name="toleranceVolts">Estimated error at which to stop, volts.</param>
    /// <param name="mostIterations">Iterations after which to give up.</param>
    /// <param name="hasNodes">Whether every node voltage is wanted.</param>
    /// <param name="spare">A state of this crossbar that is no longer read, whose memory may be used again; null takes fresh memory.</param>
    CrossbarState Solve(in CrossbarDrive drive, double toleranceVolts, int mostIterations, bool hasNodes, CrossbarState? spare = null);
}
