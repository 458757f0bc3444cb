namespace CircuitSim.Training.Kernels;

/// <summary>A function of one variable, written once for every vector width.</summary>
internal interface ILaneFunction
{
    /// <summary>True when <see cref="Apply"/> gives the derivative too.</summary>
    static abstract bool HasDerivative { get; }

    /// <summary>The value and, if it has one, the derivative.</summary>
    /// <typeparam name="T">Vector.</typeparam>
    /// <param name="x">Argument.</param>
    /// <param name="derivative">Receives the derivative, or anything.</param>
    /// <returns>The value.</returns>
    T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>;
}
