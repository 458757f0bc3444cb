namespace CircuitSim.Circuit.Expressions;

/// <summary>Names that have a value of their own in expressions.</summary>
internal static class ExpressionConstants
{
    /// <summary>Simulation time, a value that changes during a run.</summary>
    public const string Time = "time";

    /// <summary>Circuit temperature, degrees Celsius, a value of the run.</summary>
    public const string Temperature = "temper";

    /// <summary>Frequency of an AC analysis in ngspice's expressions, hertz.</summary>
    public const string Frequency = "hertz";

    /// <summary>True for constants, time and temperature.</summary>
    public static bool IsKnown(string name) => name is Time or Temperature || Find(name) is not null;

    /// <summary>Value of a mathematical or physical constant, or null.</summary>
    public static double? Find(string name) => name switch
    {
        "pi" => Math.PI,
        "e" => Math.E,
        _ => null,
    };
}
