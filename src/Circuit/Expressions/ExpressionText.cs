using System.Text;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Expressions;

/// <summary>Writes a syntax tree as text with the fewest parentheses that keep its meaning.</summary>
internal static class ExpressionText
{
    private const int ChoiceLevel = 0, PrefixLevel = 7, PowerLevel = 8, PrimaryLevel = 9;

    /// <summary>Writes a tree.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="number">How a number is written; round-trip digits when null.</param>
    public static string Write(ExpressionNode node, Func<double, string>? number = null)
    {
        var text = new StringBuilder();
        Append(text, node, ChoiceLevel, number ?? SpiceNumber.Format);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ExpressionNode node, int minimumLevel, Func<double, string> number)
    {
        int level = Level(node);
        if (level < minimumLevel) text.Append('(');
        switch (node)
        {
            case ExpressionNode.Number n:
                text.Append(number(n.Value));
                break;
            case ExpressionNode.Name n:
                text.Append(n.Text);
                break;
            case ExpressionNode.Voltage v:
                text.Append("v(").Append(v.Plus);
                if (v.Minus is not null) text.Append(',').Append(v.Minus);
                text.Append(')');
                break;
            case ExpressionNode.Current c:
                text.Append("i(").Append(c.Source).Append(')');
                break;
            case ExpressionNode.Unary u:
                text.Append(u.Operator);
                Append(text, u.Operand, PrefixLevel, number);
                break;
            case ExpressionNode.Binary { Operator: "^" } b:
                // ngspice groups a^b^c from the left, and an exponent may carry a minus of its own.
                Append(text, b.Left, PowerLevel, number);
                text.Append('^');
                Append(text, b.Right, PrimaryLevel, number);
                break;
            case ExpressionNode.Binary b:
                Append(text, b.Left, level, number);
                text.Append(b.Operator);
                Append(text, b.Right, level + 1, number);
                break;
            case ExpressionNode.Conditional c:
                Append(text, c.Condition, 1, number);
                text.Append(" ? ");
                Append(text, c.WhenTrue, ChoiceLevel, number);
                text.Append(" : ");
                Append(text, c.WhenFalse, ChoiceLevel, number);
                break;
            case ExpressionNode.Call c:
                // In a B source pwr is the power that keeps the sign.
                text.Append(c.Function == "signedpow" ? "pwr" : c.Function).Append('(');
                for (int i = 0; i < c.Arguments.Items.Count; i++)
                {
                    if (i > 0) text.Append(',');
                    Append(text, c.Arguments.Items[i], ChoiceLevel, number);
                }

                text.Append(')');
                break;
        }

        if (level < minimumLevel) text.Append(')');
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
