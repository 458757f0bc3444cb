using System.Reflection;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Cli;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping;
using CircuitSim.Training.Data;

namespace CircuitSim.Rules.Tests;

[Trait("Kind", "golden")]
public class ReferenceChainTests
{
    private static readonly Assembly[] Chain =
    [
        typeof(CrossbarSpec).Assembly, typeof(NetworkMapper).Assembly, typeof(DataSet).Assembly,
        typeof(Experiment).Assembly, typeof(CommandLine).Assembly,
    ];

    public static TheoryData<int> Places => [.. Enumerable.Range(0, Chain.Length)];

    [Theory]
    [MemberData(nameof(Places))]
    public void An_assembly_uses_only_those_to_its_left(int place)
    {
        string[] allowed = [.. Chain.Take(place).Select(a => a.GetName().Name!)];

        IEnumerable<string> used = Chain[place].GetReferencedAssemblies().Select(a => a.Name!)
            .Where(n => n.StartsWith("CircuitSim.", StringComparison.Ordinal) || n == "circuitsim");

        Assert.Empty(used.Except(allowed));
    }
}
