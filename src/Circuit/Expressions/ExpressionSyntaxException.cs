using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Expressions;

/// <summary>An expression cannot be read, or uses a name that stands for nothing.</summary>
public sealed class ExpressionSyntaxException : CircuitSimException
{
    /// <summary>Creates the error for a place in an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="position">Offset from 0 at which reading stopped.</param>
    /// <param name="problem">What was found and what was expected.</param>
    public ExpressionSyntaxException(string text, int position, string problem)
        : base(string.Create(CultureInfo.InvariantCulture, $"Expression '{text}', character {position + 1}: {problem}"))
    {
        Text = text;
        Position = position;
        Problem = problem;
    }

    /// <summary>The expression.</summary>
    public string Text { get; }

    /// <summary>Offset from 0 at which reading stopped.</summary>
    public int Position { get; }

    /// <summary>What was found and what was expected, without the place.</summary>
    public string Problem { get; }
}
