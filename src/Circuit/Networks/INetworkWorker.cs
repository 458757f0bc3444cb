namespace CircuitSim.Circuit.Networks;

/// <summary>Solves blocks of samples on one thread, with scratch memory of its own.</summary>
internal interface INetworkWorker
{
    /// <summary>Solves some samples of a batch.</summary>
    /// <param name="batch">Sources in, voltages out.</param>
    /// <param name="first">First sample.</param>
    /// <param name="count">Samples.</param>
    /// <returns>Most Newton iterations of a layer.</returns>
    int Solve(NetworkBatch batch, int first, int count);
}
