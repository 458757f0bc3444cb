namespace CircuitSim.Export.Runs;

/// <summary>What is compared with what.</summary>
public sealed record CheckSettings
{
    /// <summary>Held-out samples solved at circuit level, at least 1; fewer are used when fewer are held out.</summary>
    public int Samples { get; init; } = 200;

    /// <summary>Engines that the circuit solution is held against: <c>behavioural</c>, <c>ngspice</c>.</summary>
    public IReadOnlyList<string> Against { get; init; } = ["behavioural", "ngspice"];

    /// <summary>Differences that count as agreement signal by signal.</summary>
    public BudgetSettings Budgets { get; init; } = new();

    /// <summary>Limits that decide the verdict.</summary>
    public LimitSettings Limits { get; init; } = new();
}
