namespace CircuitSim.Export.Runs;

/// <summary>Differences that count as agreement when engines are compared signal by signal; null takes the default that the report states.</summary>
/// <remarks>Budgets say where two engines part; limits decide the verdict.</remarks>
public sealed record BudgetSettings
{
    /// <summary>Gate between trained network and circuit, millivolts.</summary>
    public double? GateMillivolts { get; init; }

    /// <summary>Inverter output between trained network and circuit, millivolts.</summary>
    public double? OutputMillivolts { get; init; }

    /// <summary>Bit-line current between two solvers of the same circuit, amperes.</summary>
    public double? SpiceAmps { get; init; }

    internal static BudgetSettings Read(YamlSection section)
    {
        const string rule = "a positive number";
        var budgets = new BudgetSettings
        {
            GateMillivolts = section.OptionalNumber("gate_millivolts", v => v > 0, rule),
            OutputMillivolts = section.OptionalNumber("output_millivolts", v => v > 0, rule),
            SpiceAmps = section.OptionalNumber("spice_amps", v => v > 0, rule),
        };
        section.RefuseUnknownKeys();
        return budgets;
    }

    /// <summary>The settings as they stand in an experiment file, with a comma behind; empty when all are defaults.</summary>
    internal string Write()
    {
        string[] set =
        [
            .. ExperimentFile.Limit("gate_millivolts", GateMillivolts),
            .. ExperimentFile.Limit("output_millivolts", OutputMillivolts),
            .. ExperimentFile.Limit("spice_amps", SpiceAmps),
        ];
        return set.Length == 0 ? "" : $"budgets: {{ {string.Join(", ", set)} }}, ";
    }
}
