namespace CircuitSim.Circuit.Expressions;

/// <summary>Functions of the expression language: how many arguments each takes and what it computes.</summary>
internal static class ExpressionFunctions
{
    /// <summary>Number of arguments of every function.</summary>
    public static IReadOnlyDictionary<string, int> ArgumentCounts { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["abs"] = 1,
        ["acos"] = 1,
        ["acosh"] = 1,
        ["asin"] = 1,
        ["asinh"] = 1,
        ["atan"] = 1,
        ["arctan"] = 1,
        ["atanh"] = 1,
        ["ceil"] = 1,
        ["cos"] = 1,
        ["cosh"] = 1,
        ["exp"] = 1,
        ["floor"] = 1,
        ["int"] = 1,
        ["ln"] = 1,
        ["log"] = 1,
        ["log10"] = 1,
        ["nint"] = 1,
        ["sgn"] = 1,
        ["sin"] = 1,
        ["sinh"] = 1,
        ["sqr"] = 1,
        ["sqrt"] = 1,
        ["tan"] = 1,
        ["tanh"] = 1,
        ["u"] = 1,
        ["u2"] = 1,
        ["uramp"] = 1,
        ["atan2"] = 2,
        ["max"] = 2,
        ["min"] = 2,
        ["pow"] = 2,
        ["pwr"] = 2,
        ["signedpow"] = 2,
        ["limit"] = 3,
        ["if"] = 3,
        ["ternary_fcn"] = 3,
    };

    // ngspice saturates here: exp(227.9559242…) = 1e99.
    private const double LargestExponential = 1e99;
    private static readonly double LargestExponent = Math.Log(LargestExponential);

    /// <summary>Value and derivative of a function of one argument.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="x">Argument.</param>
    /// <param name="derivative">dy/dx; 0 where the function is a step.</param>
    public static double Evaluate(string function, double x, out double derivative)
    {
        double y;
        switch (function)
        {
            case "exp":
                y = Exponential(x);
                derivative = y;
                return y;
            case "ln" or "log":
                derivative = 1 / NotZero(x);
                return x == 0 ? -LargestExponential : Math.Log(x);
            case "log10":
                derivative = 1 / (NotZero(x) * Math.Log(10));
                return x == 0 ? -LargestExponential : Math.Log10(x);
            case "sqrt":
                y = Math.Sqrt(x);
                derivative = 0.5 / NotZero(y);
                return y;
            case "sqr":
                derivative = 2 * x;
                return x * x;
            case "abs":
                derivative = x < 0 ? -1 : x > 0 ? 1 : 0;
                return Math.Abs(x);
            case "tanh":
                y = Math.Tanh(x);
                derivative = 1 - y * y;
                return y;
            case "sinh":
                derivative = Math.Cosh(x);
                return Math.Sinh(x);
            case "cosh":
                derivative = Math.Sinh(x);
                return Math.Cosh(x);
            case "sin":
                derivative = Math.Cos(x);
                return Math.Sin(x);
            case "cos":
                derivative = -Math.Sin(x);
                return Math.Cos(x);
            case "tan":
                y = Math.Tan(x);
                derivative = 1 + y * y;
                return y;
            case "asin":
                derivative = 1 / Math.Sqrt(NotZero(1 - x * x));
                return Math.Asin(x);
            case "acos":
                derivative = -1 / Math.Sqrt(NotZero(1 - x * x));
                return Math.Acos(x);
            case "atan" or "arctan":
                derivative = 1 / (1 + x * x);
                return Math.Atan(x);
            case "asinh":
                derivative = 1 / Math.Sqrt(x * x + 1);
                return Math.Asinh(x);
            case "acosh":
                derivative = 1 / Math.Sqrt(NotZero(x * x - 1));
                return Math.Acosh(x);
            case "atanh":
                derivative = 1 / NotZero(1 - x * x);
                return Math.Atanh(x);
            case "uramp":
                derivative = x > 0 ? 1 : 0;
                return Math.Max(0, x);
            case "u2":
                derivative = x > 0 && x < 1 ? 1 : 0;
                return Math.Clamp(x, 0, 1);
            default:
                derivative = 0;
                return Step(function, x);
        }
    }

    /// <summary>|x| to the power y, with its derivatives: what ngspice means by ^, ** and pow.</summary>
    public static double Power(double x, double y, out double perBase, out double perExponent)
    {
        double size = Math.Abs(x), value = Math.Pow(size, y);
        perBase = y == 0 ? 0 : y * Math.Pow(size, y - 1) * (x < 0 ? -1 : 1);
        perExponent = size == 0 ? 0 : value * Math.Log(size);
        return value;
    }

    /// <summary>sign(x)·|x|^y, with its derivatives: what ngspice means by pwr in a B source.</summary>
    public static double SignedPower(double x, double y, out double perBase, out double perExponent)
    {
        double value = Power(x, y, out perBase, out perExponent);
        if (x >= 0) return value;
        perBase = -perBase;
        perExponent = -perExponent;
        return -value;
    }

    /// <summary>ln(1 + exp(x)) without overflow and without loss of small values.</summary>
    public static double SoftPlus(double x, out double derivative)
    {
        double e = Math.Exp(-Math.Abs(x));
        derivative = x >= 0 ? 1 / (1 + e) : e / (1 + e);
        double u = 1 + e;
        double tail = u == 1 ? e : Math.Log(u) * (e / (u - 1));
        return x > 0 ? x + tail : tail;
    }

    /// <summary>A divisor that is not zero: ngspice puts 1e-32 in its place.</summary>
    public static double NotZero(double x) => x == 0 ? 1e-32 : x;

    private static double Exponential(double x) => x > LargestExponent ? LargestExponential : Math.Exp(x);

    private static double Step(string function, double x) => function switch
    {
        "u" => x < 0 ? 0 : x > 0 ? 1 : 0.5,
        "sgn" => double.IsNaN(x) ? x : Math.Sign(x),
        "floor" => Math.Floor(x),
        "ceil" => Math.Ceiling(x),
        "int" => Math.Truncate(x),
        "nint" => Math.Round(x, MidpointRounding.ToEven),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "This is no function of one argument."),
    };
}
