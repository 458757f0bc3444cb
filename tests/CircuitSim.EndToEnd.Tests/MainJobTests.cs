using System.Text.Json;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>The main job on real digits, held to what the project promises of it.</summary>
[Trait("Kind", "peer")]
public sealed class MainJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Digits_are_trained_solved_at_circuit_level_and_verified_whole()
    {
        Eecircuit.RequireWhereAsked();
        CommandResult result = CommandRunner.Run("run", "phax-mnist14", "--output", _folder.File("mnist"), "--json");

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        JsonSchemaCheck.Holds(Path.Combine(Repository.Root, "docs", "schemas", "fidelity-1.schema.json"), File.ReadAllText(_folder.File("mnist/fidelity.json")));
        using JsonDocument json = JsonDocument.Parse(result.Output);
        double[] percent = [.. json.RootElement.GetProperty("accuracies").EnumerateArray().Select(a => a.GetProperty("percent").GetDouble())];
        (double behavioural, double circuit, double unconstrained) = (percent[0], percent[1], percent[2]);
        // Two points below an unconstrained network of the same shape and budget; three standard errors of 200 samples are wider.
        Assert.True(behavioural >= unconstrained - 2, $"{behavioural} % against {unconstrained} %");
        Assert.True(circuit >= behavioural - 1, $"{circuit} % against {behavioural} %");
        JsonElement[] checks = [.. json.RootElement.GetProperty("spiceChecks").EnumerateArray()];
        // Our own second solver has nothing but the text: of one whole circuit, and of the small decks.
        JsonElement[] own = [.. json.RootElement.GetProperty("ownChecks").EnumerateArray()];
        AssertWhole(Assert.Single(own, c => c.GetProperty("nodeCount").GetInt32() == 83_564));
        Assert.All(own, c => Assert.Equal("verified", c.GetProperty("status").GetString()));
        if (Eecircuit.IsGiven)
        {
            JsonElement[] whole = [.. checks.Where(c => c.GetProperty("engine").GetString()!.StartsWith("ngspice-45", StringComparison.Ordinal))];
            Assert.Equal(3, whole.Length);
            Assert.All(whole, AssertWhole);
            Assert.Contains("Verified whole by ngspice-45.2 (WebAssembly): 3 whole circuits, all 250692 node voltages within ", File.ReadAllText(_folder.File("mnist/report.html")), StringComparison.Ordinal);
        }

        if (!Ngspice.IsInstalled) return;

        Assert.Equal(3, checks.Count(c => c.GetProperty("status").GetString() == "refused"));
        JsonElement[] parts = [.. checks.Where(c => c.GetProperty("wires").GetString() == "ideal")];
        Assert.Equal(3, parts.Length);
        foreach (JsonElement check in parts)
        {
            // ngspice solves to 1e-9 relative, and Newton's last step squares that; 1e-9 V is what the project promises.
            Assert.InRange(check.GetProperty("worstVolts").GetDouble(), 0, 1e-9);
            Assert.True(check.GetProperty("comparedCount").GetInt32() > 700);
        }
    }

    private static void AssertWhole(JsonElement check)
    {
        Assert.True(check.GetProperty("status").GetString() == "verified", check.GetRawText());
        Assert.Equal((83564, 83564), (check.GetProperty("nodeCount").GetInt32(), check.GetProperty("comparedCount").GetInt32()));
        // 1e-9 V is what the project promises.
        Assert.InRange(check.GetProperty("worstVolts").GetDouble(), 0, 1e-9);
    }
}
