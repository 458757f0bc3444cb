namespace CircuitSim.Export.Runs;

/// <summary>What is compared with what.</summary>
public sealed record CheckSettings
{
    internal const double DefaultSimulatorSeconds = 120, LeastSimulatorSeconds = 1, MostSimulatorSeconds = 86400;

    /// <summary>Held-out samples solved at circuit level, at least 1; fewer are used when fewer are held out.</summary>
    public int Samples { get; init; } = 200;

    /// <summary>
    /// What the circuit solution is compared with: <c>behavioural</c>, and decks from their text in <c>ngspice</c> (any version),
    /// <c>ngspice-wasm</c>, <c>spicesharp</c> or <c>native</c>.
    /// </summary>
    public IReadOnlyList<string> Against { get; init; } = ["behavioural", "ngspice"];

    /// <summary>Longest time that a simulator may take for one deck, seconds.</summary>
    public double SimulatorSeconds { get; init; } = DefaultSimulatorSeconds;

    /// <summary>Differences that count as agreement signal by signal.</summary>
    public BudgetSettings Budgets { get; init; } = new();

    /// <summary>Limits that decide the verdict.</summary>
    public LimitSettings Limits { get; init; } = new();

    internal TimeSpan SimulatorTime => TimeSpan.FromSeconds(SimulatorSeconds);
}
