using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Expressions;

/// <summary>How a simulator writes expressions. Trees mean what ngspice means by them; what another simulator has no word for is refused.</summary>
internal sealed record ExpressionSyntax
{
    private static readonly Dictionary<string, string> SharedFunctions = new[]
    {
        "abs", "acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "exp", "ln", "log10", "max", "min", "sin", "sinh", "sqrt", "tan", "tanh",
    }.Append("log").Append("arctan").ToDictionary(f => f, f => f switch { "log" => "ln", "arctan" => "atan", _ => f });

    /// <summary>ngspice: every function of the language under its own name.</summary>
    public static ExpressionSyntax Ngspice { get; } = new() { Simulator = "ngspice", Power = "^", SourceName = ElementNames.ToNgspice };

    /// <summary>Name for messages.</summary>
    public required string Simulator { get; init; }

    /// <summary>Operator of exponentiation, or null to call <c>pow</c>.</summary>
    public required string? Power { get; init; }

    /// <summary>Function of the natural logarithm.</summary>
    public string NaturalLogarithm { get; init; } = "ln";

    /// <summary>Whether a choice is <c>if(c,a,b)</c> and not <c>c ? a : b</c>.</summary>
    public bool HasIfFunction { get; init; }

    /// <summary>Operators of and and or.</summary>
    public (string And, string Or) Logic { get; init; } = ("&&", "||");

    /// <summary>Functions of others that the simulator lacks.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>How the name of a source stands in <c>i(…)</c>.</summary>
    public Func<string, string> SourceName { get; init; } = name => name;

    private bool IsNgspice => Simulator == Ngspice.Simulator;

    /// <summary>The name of a function.</summary>
    /// <exception cref="InvalidDesignException">The simulator has no function that surely means the same.</exception>
    public string Function(string function)
    {
        // In a B source of ngspice pwr is the power that keeps the sign.
        if (IsNgspice) return function == "signedpow" ? "pwr" : function;
        if (!SharedFunctions.TryGetValue(function, out string? name) || Missing.Contains(name)) throw Unsupported($"the function {function}()");
        return name == "ln" ? NaturalLogarithm : name;
    }

    /// <summary>|base| to the power of an exponent, which is what ngspice means by <c>^</c>; texts are primaries.</summary>
    public string PowerOf(string text, string exponent)
    {
        // Even powers need no absolute value.
        string size = IsNgspice || exponent is "2" or "4" ? text : $"abs({text})";
        return Power is null ? $"pow({size},{exponent})" : $"{size}{Power}{exponent}";
    }

    /// <summary>Refuses an expression.</summary>
    public InvalidDesignException Unsupported(string what) => new($"{Simulator} deck",
        [$"{what} of an expression has no form in {Simulator} that means the same as in ngspice; write the inverter without it, or export for ngspice."]);
}
