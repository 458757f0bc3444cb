namespace CircuitSim.TestSupport;

/// <summary>Whether ngspice is on this machine; tests that want it are skipped, saying so, when it is not.</summary>
public static class Ngspice
{
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(d => d.Length > 0 && (File.Exists(Path.Combine(d, "ngspice")) || File.Exists(Path.Combine(d, "ngspice.exe"))));

    public static void SkipUnlessInstalled() => Xunit.Skip.IfNot(IsInstalled, "needs ngspice on the PATH (Debian: apt-get install ngspice)");
}
