namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads a number or an expression in braces or quotes.</summary>
internal static class DeckValues
{
    /// <summary>Reads the next word as a value.</summary>
    /// <param name="cursor">Where to read.</param>
    /// <param name="parameters">What expressions see.</param>
    /// <param name="expected">What the caller wants, for messages.</param>
    /// <exception cref="DeckSyntaxError">The word is no value.</exception>
    public static double Read(DeckCursor cursor, ParameterScope parameters, string expected)
    {
        string word = cursor.Next(expected);
        if (word[0] is '{' or '\'') return parameters.Evaluate(word[1..^1], cursor.WordStart + 1);
        if (parameters.TryNumber(word, cursor.WordStart, out double value)) return value;
        return parameters.Knows(word) ? parameters.Evaluate(word, cursor.WordStart) : throw cursor.Unexpected(expected);
    }
}
