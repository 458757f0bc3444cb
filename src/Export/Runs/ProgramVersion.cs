namespace CircuitSim.Export.Runs;

/// <summary>Version of this program, as reports and run folders name it.</summary>
public static class ProgramVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ProgramVersion).Assembly.GetName().Version!.ToString(3);
}
