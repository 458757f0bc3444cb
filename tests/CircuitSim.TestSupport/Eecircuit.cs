namespace CircuitSim.TestSupport;

/// <summary>Whether the npm package eecircuit-engine is given; tests that want it are skipped, saying so, when it is not, and fail where they must not be skipped.</summary>
public static class Eecircuit
{
    /// <summary>Whether the package is there.</summary>
    public static bool IsGiven { get; } = Environment.GetEnvironmentVariable("CIRCUITSIM_EECIRCUIT") is { Length: > 0 } folder && File.Exists(Path.Combine(folder, "package.json"));

    private const string Needed = "needs Node.js, and CIRCUITSIM_EECIRCUIT set to the folder of the npm package eecircuit-engine";

    public static void SkipUnlessGiven()
    {
        RequireWhereAsked();
        Xunit.Skip.IfNot(IsGiven, Needed);
    }

    /// <summary>Fails where CIRCUITSIM_REQUIRE_WHOLE_CIRCUITS says that the package has to be there, as in continuous integration.</summary>
    public static void RequireWhereAsked()
    {
        if (!IsGiven && Environment.GetEnvironmentVariable("CIRCUITSIM_REQUIRE_WHOLE_CIRCUITS") is { Length: > 0 }) Xunit.Assert.Fail(Needed);
    }
}
