using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Expressions;

/// <summary>Reads the expression language of B sources and parameters; one reader a text.</summary>
/// <remarks>
/// Precedence, low to high: ?:, ||, &amp;&amp;, == != &lt;&gt;, &lt; &gt; &lt;= &gt;=, + −, * /, unary − + !, ^ and **. As in ngspice,
/// −3^2 is −9 and 2^3^2 is 64.
/// </remarks>
internal sealed class ExpressionParser
{
    // Deeper nesting than this is no circuit, and would end the process rather than the reading.
    private const int MaximumDepth = 200;

    // A sum is a tree as deep as it has terms, and trees are walked recursively.
    private const int MaximumOperators = 4000;

    private static readonly string[][] InfixLevels = [["||"], ["&&"], ["==", "!=", "<>"], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/"]];

    private readonly string _text;
    private readonly bool _isParameter;
    private readonly Action<int, string>? _onNumber;
    private int _at;
    private int _depth;
    private int _operators;

    private ExpressionParser(string text, bool isParameter, Action<int, string>? onNumber)
    {
        _text = text;
        _isParameter = isParameter;
        _onNumber = onNumber;
    }

    /// <summary>Reads a whole text.</summary>
    /// <param name="text">The expression, lower case.</param>
    /// <param name="isParameter">True inside .param and braces, where pow keeps the sign and pwr drops it.</param>
    /// <param name="onNumber">Is told every number with its place as it stands in the text.</param>
    /// <exception cref="ExpressionSyntaxException">The text is no expression.</exception>
    public static ExpressionNode Parse(string text, bool isParameter, Action<int, string>? onNumber = null)
    {
        var parser = new ExpressionParser(text, isParameter, onNumber);
        ExpressionNode node = parser.Choice();
        parser.SkipSpace();
        if (parser._at < text.Length) throw parser.Unexpected("an operator or the end of the expression");
        return node;
    }

    private ExpressionNode Choice()
    {
        if (++_depth > MaximumDepth) throw Error(_at, $"nested deeper than {MaximumDepth} levels.");
        ExpressionNode condition = Infix(0);
        if (Accept("?"))
        {
            ExpressionNode whenTrue = Choice();
            if (!Accept(":")) throw Unexpected("':' and the value when the condition is false");
            condition = new ExpressionNode.Conditional(condition, whenTrue, Choice());
        }

        _depth--;
        return condition;
    }

    private ExpressionNode Infix(int level)
    {
        if (level == InfixLevels.Length) return Prefix();
        ExpressionNode left = Infix(level + 1);
        while (AcceptAny(InfixLevels[level]) is { } found)
            left = new ExpressionNode.Binary(found == "<>" ? "!=" : found, left, Infix(level + 1));
        return left;
    }

    private ExpressionNode Prefix()
    {
        if (++_depth > MaximumDepth) throw Error(_at, $"nested deeper than {MaximumDepth} levels.");
        ExpressionNode node;
        if (Accept("-")) node = new ExpressionNode.Unary('-', Prefix());
        else if (Accept("+")) node = Prefix();
        else if (_at < _text.Length && !_text.AsSpan(_at).StartsWith("!=") && Accept("!")) node = new ExpressionNode.Unary('!', Prefix());
        else node = Power();
        _depth--;
        return node;
    }

    private ExpressionNode Power()
    {
        ExpressionNode left = Primary();
        while (AcceptAny(["**", "^"]) is not null)
        {
            bool isNegative = Accept("-");
            if (!isNegative) Accept("+");
            ExpressionNode exponent = Primary();
            left = new ExpressionNode.Binary("^", left, isNegative ? new ExpressionNode.Unary('-', exponent) : exponent);
        }

        return left;
    }

    private ExpressionNode Primary()
    {
        SkipSpace();
        if (_at == _text.Length) throw Unexpected("a number, a name or '('");
        char c = _text[_at];
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]))) return Number();
        if (c is '(' or '{' or '\'')
        {
            _at++;
            string close = c == '(' ? ")" : c == '{' ? "}" : "'";
            ExpressionNode inner = Choice();
            return Accept(close) ? inner : throw Unexpected($"'{close}'");
        }

        if (!char.IsAsciiLetter(c) && c != '_') throw Unexpected("a number, a name or '('");
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.')) _at++;
        string name = _text[start.._at];
        return Accept("(") ? Application(name, start) : new ExpressionNode.Name(name);
    }

    private ExpressionNode.Number Number()
    {
        int length = SpiceNumber.LengthAt(_text, _at);
        if (!SpiceNumber.TryParse(_text.AsSpan(_at, length), out double value))
            throw Error(_at, $"'{_text.Substring(_at, length)}' is no number; expected digits with a scale suffix such as 1.5k or 3e-6.");
        _onNumber?.Invoke(_at, _text.Substring(_at, length));
        _at += length;
        return new ExpressionNode.Number(value);
    }

    private ExpressionNode Application(string name, int start)
    {
        if (name == "v" && !_isParameter)
        {
            string plus = NodeName();
            string? minus = Accept(",") ? NodeName() : null;
            if (!Accept(")")) throw Unexpected("')' after the node of v(...)");
            return new ExpressionNode.Voltage(plus, minus);
        }

        if (name == "i" && !_isParameter)
        {
            string source = NodeName();
            if (!Accept(")")) throw Unexpected("')' after the source of i(...)");
            return new ExpressionNode.Current(source);
        }

        var arguments = new List<ExpressionNode>();
        if (!Accept(")"))
        {
            do arguments.Add(Choice());
            while (Accept(","));
            if (!Accept(")")) throw Unexpected("',' or ')'");
        }

        string function = (name, _isParameter) switch
        {
            ("pwr", true) => "pow",
            ("pow", true) => "signedpow",
            ("pwr", false) => "signedpow",
            _ => name,
        };
        if (ExpressionFunctions.ArgumentCounts.TryGetValue(function, out int count) && count != arguments.Count)
            throw Error(start, $"{name} takes {count} arguments, not {arguments.Count}.");
        if (function is "if" or "ternary_fcn") return new ExpressionNode.Conditional(arguments[0], arguments[1], arguments[2]);
        if (function == "pow") return new ExpressionNode.Binary("^", arguments[0], arguments[1]);
        return new ExpressionNode.Call(function, new EquatableArguments(arguments));
    }

    private string NodeName()
    {
        SkipSpace();
        int start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or ')' or '(' or ' ' or '\t' or '=')) _at++;
        return _at > start ? _text[start.._at] : throw Unexpected("a node or source name");
    }

    private string? AcceptAny(string[] operators)
    {
        foreach (string candidate in operators)
        {
            SkipSpace();
            // A lone * must not eat half of **, nor < half of <=: longer operators of other levels come first.
            if (candidate == "*" && _text.AsSpan(_at).StartsWith("**")) continue;
            if (candidate == "<" && _text.AsSpan(_at).StartsWith("<>")) continue;
            if (!Accept(candidate)) continue;
            if (++_operators > MaximumOperators) throw Error(_at, $"more than {MaximumOperators} operators; split it over several sources.");
            return candidate;
        }

        return null;
    }

    private bool Accept(string expected)
    {
        SkipSpace();
        if (!_text.AsSpan(_at).StartsWith(expected, StringComparison.Ordinal)) return false;
        _at += expected.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private ExpressionSyntaxException Unexpected(string expected)
    {
        string found = _at < _text.Length ? $"'{_text[_at]}'" : "the end";
        return Error(_at, $"found {found}, expected {expected}.");
    }

    private ExpressionSyntaxException Error(int position, string problem) => new(_text, position, problem);
}
