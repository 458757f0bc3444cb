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
    public void Digits_are_trained_solved_at_circuit_level_and_agree_with_ngspice()
    {
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
        Assert.Equal(12, checks.Length);
        Assert.Equal(3, checks.Count(c => c.GetProperty("status").GetString() == "refused"));
        if (!Ngspice.IsInstalled) return;

        foreach (JsonElement check in checks.Where(c => c.GetProperty("wires").GetString() == "ideal"))
        {
            // ngspice solves to 1e-12 relative; 1e-9 V is what the project promises.
            Assert.InRange(check.GetProperty("worstVolts").GetDouble(), 0, 1e-9);
            Assert.True(check.GetProperty("comparedCount").GetInt32() > 700);
        }
    }
}
