namespace CircuitSim.Circuit.Errors;

/// <summary>Base of every error that comes from data, a design or the numerics, as opposed to misuse of the library by a program.</summary>
/// <remarks>A message says what is wrong, where, the value with its unit and the allowed range, and what to do next.</remarks>
public abstract class CircuitSimException : Exception
{
    /// <summary>Creates the error with a message in four parts: what, where, value and allowed range, next step.</summary>
    /// <param name="message">The text shown to the user.</param>
    /// <param name="innerException">The error that led to this one, if any.</param>
    protected CircuitSimException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
