using System.Text;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Expressions;

/// <summary>Writes a syntax tree as text with the fewest parentheses that keep its meaning.</summary>
internal sealed class ExpressionText
{
    private const int ChoiceLevel = 0, PrefixLevel = 7, PowerLevel = 8, PrimaryLevel = 9;

    private readonly StringBuilder _text;
    private readonly Func<double, string> _number;
    private readonly ExpressionSyntax _syntax;

    private ExpressionText(StringBuilder text, Func<double, string> number, ExpressionSyntax syntax) => (_text, _number, _syntax) = (text, number, syntax);

    /// <summary>Writes a tree.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="number">How a number is written; round-trip digits when null.</param>
    /// <param name="syntax">How the simulator writes it; ngspice when null.</param>
    public static string Write(ExpressionNode node, Func<double, string>? number = null, ExpressionSyntax? syntax = null)
    {
        var text = new StringBuilder();
        new ExpressionText(text, number ?? SpiceNumber.Format, syntax ?? ExpressionSyntax.Ngspice).Append(node, ChoiceLevel);
        return text.ToString();
    }

    private void Append(ExpressionNode node, int minimumLevel)
    {
        int level = node is ExpressionNode.Conditional && _syntax.HasIfFunction ? PrimaryLevel : Level(node);
        if (level < minimumLevel) _text.Append('(');
        switch (node)
        {
            case ExpressionNode.Number n:
                _text.Append(_number(n.Value));
                break;
            case ExpressionNode.Name n:
                _text.Append(n.Text);
                break;
            case ExpressionNode.Voltage v:
                _text.Append("v(").Append(v.Plus);
                if (v.Minus is not null) _text.Append(',').Append(v.Minus);
                _text.Append(')');
                break;
            case ExpressionNode.Current c:
                _text.Append("i(").Append(_syntax.SourceName(c.Source)).Append(')');
                break;
            case ExpressionNode.Unary u:
                _text.Append(u.Operator);
                Append(u.Operand, PrefixLevel);
                break;
            case ExpressionNode.Binary { Operator: "^" } b:
                // ngspice groups a^b^c from the left, and an exponent may carry a minus of its own.
                _text.Append(_syntax.PowerOf(Part(b.Left, PowerLevel), Part(b.Right, PrimaryLevel)));
                break;
            case ExpressionNode.Binary b:
                Append(b.Left, level);
                _text.Append(b.Operator switch { "&&" => _syntax.Logic.And, "||" => _syntax.Logic.Or, _ => b.Operator });
                Append(b.Right, level + 1);
                break;
            case ExpressionNode.Conditional c when _syntax.HasIfFunction:
                Call("if", [c.Condition, c.WhenTrue, c.WhenFalse]);
                break;
            case ExpressionNode.Conditional c:
                Append(c.Condition, 1);
                _text.Append(" ? ");
                Append(c.WhenTrue, ChoiceLevel);
                _text.Append(" : ");
                Append(c.WhenFalse, ChoiceLevel);
                break;
            case ExpressionNode.Call c:
                Call(_syntax.Function(c.Function), c.Arguments.Items);
                break;
        }

        if (level < minimumLevel) _text.Append(')');
    }

    private void Call(string function, IReadOnlyList<ExpressionNode> arguments)
    {
        _text.Append(function).Append('(');
        for (int i = 0; i < arguments.Count; i++)
        {
            if (i > 0) _text.Append(',');
            Append(arguments[i], ChoiceLevel);
        }

        _text.Append(')');
    }

    private string Part(ExpressionNode node, int minimumLevel)
    {
        var part = new StringBuilder();
        new ExpressionText(part, _number, _syntax).Append(node, minimumLevel);
        return part.ToString();
    }

    private static int Level(ExpressionNode node) => node switch
    {
        ExpressionNode.Conditional => ChoiceLevel,
        ExpressionNode.Binary b => b.Operator switch
        {
            "||" => 1,
            "&&" => 2,
            "==" or "!=" => 3,
            "<" or ">" or "<=" or ">=" => 4,
            "+" or "-" => 5,
            "*" or "/" => 6,
            _ => PowerLevel,
        },
        ExpressionNode.Unary => PrefixLevel,
        // A negative literal needs the same care as a minus sign.
        ExpressionNode.Number n => double.IsNegative(n.Value) ? PrefixLevel : PrimaryLevel,
        _ => PrimaryLevel,
    };
}
