using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>Reads what ngspice says: it often exits with 0 although it failed.</summary>
internal static class NgspiceLog
{
    private const int TailLines = 6;

    private static readonly string[] Failures =
        ["error on line", "fatal error", "simulation(s) aborted", "simulation interrupted", "no such parameter", "unknown subckt", "timestep too small", "can't find", "unimplemented"];

    /// <summary>Throws when the log tells of a failure.</summary>
    /// <exception cref="EngineException">ngspice reported an error; the message quotes it.</exception>
    public static void ThrowOnError(string log)
    {
        string[] lines = log.Split('\n');
        int at = Array.FindIndex(lines, IsFailure);
        if (at < 0) return;
        string quoted = string.Join(" ", lines[Math.Max(0, at - 2)..Math.Min(lines.Length, at + 3)].Select(l => l.Trim()).Where(l => l.Length > 0));
        throw new EngineException(NgspiceEngine.EngineName, $"the run failed: {quoted}");
    }

    /// <summary>The last lines of a log on one line.</summary>
    public static string Tail(string log)
        => string.Join(" | ", log.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).TakeLast(TailLines));

    private static bool IsFailure(string line) => Array.Exists(Failures, f => line.Contains(f, StringComparison.OrdinalIgnoreCase));
}
