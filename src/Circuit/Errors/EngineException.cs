namespace CircuitSim.Circuit.Errors;

/// <summary>An external simulator is missing, failed, timed out, or did not return what was asked of it.</summary>
public sealed class EngineException : CircuitSimException
{
    /// <summary>Creates the error for one engine.</summary>
    /// <param name="engine">The engine's name, for example "ngspice".</param>
    /// <param name="problem">What is wrong, with the engine's own message, and what to do.</param>
    /// <param name="innerException">The error that led to this one, if any.</param>
    public EngineException(string engine, string problem, Exception? innerException = null)
        : base($"{engine}: {problem}", innerException) => Engine = engine;

    /// <summary>The error of an engine that did not answer in time.</summary>
    /// <param name="engine">The engine's name.</param>
    /// <param name="limit">The time that it had.</param>
    /// <returns>The error.</returns>
    public static EngineException TimedOut(string engine, TimeSpan limit) =>
        new(engine, FormattableString.Invariant($"no answer within {limit.TotalSeconds:G6} s; raise the time limit or make the circuit smaller.")) { IsTimeout = true };

    /// <summary>True when the engine did not answer in time.</summary>
    public bool IsTimeout { get; private init; }

    /// <summary>The engine's name.</summary>
    public string Engine { get; }
}
