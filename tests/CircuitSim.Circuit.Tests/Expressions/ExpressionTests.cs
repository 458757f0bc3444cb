using CircuitSim.Circuit.Expressions;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Expressions;

public sealed class ExpressionTests
{
    // Values printed by ngspice-39 (.op of "b1 x 0 v=<expression>").
    [Theory]
    [Trait("Kind", "peer")]
    [InlineData("2^3^2", 64)]
    [InlineData("2**3**2", 64)]
    [InlineData("2^-1", 0.5)]
    [InlineData("-2^2", -4)]
    [InlineData("(-2)^3", 8)]
    [InlineData("pow(-2,3)", 8)]
    [InlineData("pwr(-2,3)", -8)]
    [InlineData("10-4-3", 3)]
    [InlineData("10/5/2", 1)]
    [InlineData("1>2 ? 3 : 4>3 ? 5:6", 5)]
    [InlineData("exp(300)*1e-90", 1e9)]
    [InlineData("1/0", 1e32)]
    [InlineData("min(3,4)+max(3,4)*10+sgn(-3)*100+uramp(-1)+u(0)*1000+u2(0.5)*10000", 5443)]
    [InlineData("floor(-1.5)+ceil(1.2)*10+nint(2.5)*1000", 2018)]
    [InlineData("(3==3)+(3!=3)*10+(1&&0)*100+(1||0)*1000+(!0)*10000 + (3<>4)*1e5", 111001)]
    [InlineData("1k+1meg+ 5mil*1e9", 1128000)]
    [InlineData("2*3^-2", 0.2222222222222222)]
    [InlineData("limit(5,1,3)", 3)]
    [InlineData("temper", 27)]
    public void Evaluates_as_ngspice_does(string text, double expected)
    {
        CompiledExpression compiled = CompiledExpression.Compile(Expression.Parse(text));

        double value = compiled.Evaluate([], []);

        // Powers and products round a few times.
        Close.Numbers(expected, value, 0, 1e-14, text);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("v(a)*v(b)/(1+v(c)^2) - v(a,b)")]
    [InlineData("ln(1+exp(v(a)/0.05))^2 - ln(1+exp(v(b)))")]
    [InlineData("tanh(v(a))*sinh(v(b))+cosh(v(c))*atan(v(a))")]
    [InlineData("sqrt(v(a)^2+1)*log10(2+v(b))+abs(v(c))*pow(v(a),3)")]
    [InlineData("v(a)>v(b) ? exp(v(c)) : sin(v(a))*cos(v(b))")]
    [InlineData("min(v(a),v(b))+max(v(b),v(c))+limit(v(a),-1,1)+pwr(v(b),1.5)")]
    [InlineData("asinh(v(a))+atan2(v(b),v(c))+v(a)**v(c)")]
    public void Derivatives_match_central_differences(string text)
    {
        CompiledExpression compiled = CompiledExpression.Compile(Expression.Parse(text));
        var random = new Random(7);
        for (int trial = 0; trial < 20; trial++)
        {
            double[] point = [.. compiled.Inputs.Select(_ => 0.1 + random.NextDouble())];
            var gradient = new double[point.Length];
            var unused = new double[point.Length];

            compiled.Evaluate(point, gradient);

            for (int i = 0; i < point.Length; i++)
            {
                double step = 1e-5;
                double[] up = [.. point], down = [.. point];
                up[i] += step;
                down[i] -= step;
                double difference = (compiled.Evaluate(up, unused) - compiled.Evaluate(down, unused)) / (2 * step);
                // Central differences err by step² times the third derivative, which the steepest of these keeps below 1e5.
                Close.Numbers(difference, gradient[i], 1e-5, 1e-5, $"{text}, seed 7, derivative {i}");
            }
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_soft_plus_neither_overflows_nor_loses_its_tail()
    {
        CompiledExpression compiled = CompiledExpression.Compile(Expression.Parse("ln(1+exp(v(a)/0.05))"));
        var gradient = new double[1];

        double large = compiled.Evaluate([1000], gradient);
        double slope = gradient[0];
        double small = compiled.Evaluate([-5], gradient);

        Assert.Equal(20000, large);
        Assert.Equal(20, slope);
        // One rounding each in the exponential and the logarithm.
        Close.Numbers(Math.Exp(-100), small, 0, 1e-14);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void An_undefined_branch_that_is_not_taken_leaves_value_and_derivative_alone()
    {
        CompiledExpression compiled = CompiledExpression.Compile(Expression.Parse("v(a)>0 ? sqrt(v(a)) : 0*v(a)"));
        var gradient = new double[1];

        double value = compiled.Evaluate([-4], gradient);

        Assert.Equal(0, value);
        Assert.Equal(0, gradient[0]);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("1-(2-3)")]
    [InlineData("-(2+v(a))^2")]
    [InlineData("(-2)^3*v(a,b)")]
    [InlineData("2^(3^2)")]
    [InlineData("2^-v(a)")]
    [InlineData("(v(a)>1 ? 2 : 3)*4")]
    [InlineData("!(v(a)&&v(b))||i(v1)<=3")]
    [InlineData("pow(v(a),2)+pwr(v(b),2)+if(v(a),1,2)")]
    public void Normalised_text_parses_to_the_same_value(string text)
    {
        Expression first = Expression.Parse(text);
        Expression second = Expression.Parse(first.Text);
        CompiledExpression a = CompiledExpression.Compile(first), b = CompiledExpression.Compile(second);
        double[] point = [.. a.Inputs.Select((_, i) => 0.3 + i)];

        double expected = a.Evaluate(point, new double[point.Length]);

        Assert.Equal(first, second);
        Assert.Equal(expected, b.Evaluate(point, new double[point.Length]));
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("", 0)]
    [InlineData("1+", 2)]
    [InlineData("v(", 2)]
    [InlineData("v(a", 3)]
    [InlineData("sin(1,2)", 0)]
    [InlineData("1 2", 2)]
    [InlineData("(1", 2)]
    [InlineData("1 ? 2", 5)]
    public void What_is_no_expression_is_refused_at_its_place(string text, int position)
    {
        var error = Assert.Throws<ExpressionSyntaxException>(() => Expression.Parse(text));

        Assert.Equal(position, error.Position);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Unknown_names_and_functions_are_refused_by_name()
    {
        Assert.Contains("'gain'", Assert.Throws<ExpressionSyntaxException>(() => CompiledExpression.Compile(Expression.Parse("gain*2"))).Message, StringComparison.Ordinal);
        Assert.Contains("'foo'", Assert.Throws<ExpressionSyntaxException>(() => CompiledExpression.Compile(Expression.Parse("foo(2)"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_sum_of_thousands_of_terms_is_computed()
    {
        Expression sum = Expression.Parse(string.Join('+', Enumerable.Range(0, 3900).Select(i => $"v(n{i % 7})")));
        CompiledExpression compiled = CompiledExpression.Compile(Expression.Parse(sum.Text));
        var gradient = new double[7];

        double value = compiled.Evaluate([1, 1, 1, 1, 1, 1, 1], gradient);

        Assert.Equal(3900, value);
        Assert.Equal(558, gradient[0]);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Deep_nesting_is_refused_rather_than_fatal()
    {
        Assert.Throws<ExpressionSyntaxException>(() => Expression.Parse(new string('(', 100_000)));
        Assert.Throws<ExpressionSyntaxException>(() => Expression.Parse(new string('-', 100_000) + "1"));
        Assert.Throws<ExpressionSyntaxException>(() => Expression.Parse(string.Join('+', Enumerable.Repeat("1", 100_000))));
    }
}
