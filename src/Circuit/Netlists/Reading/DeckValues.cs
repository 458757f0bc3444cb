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
        if (SpiceNumber.TryParse(word, out double value)) return value;
        throw parameters.Knows(word)
            ? new DeckSyntaxError(cursor.WordStart, $"found '{word}', expected {expected}; write {{{word}}} for the parameter.")
            : cursor.Unexpected(expected);
    }
}
