namespace CircuitSim.Export.Runs;

/// <summary>Limits that decide the verdict; null means that the quantity is reported but not judged.</summary>
public sealed record LimitSettings
{
    /// <summary>Largest drop of accuracy from the behavioural network to the circuit, percentage points.</summary>
    public double? AccuracyDropPercent { get; init; }

    /// <summary>Largest difference between behavioural and circuit voltage at any gate or inverter output, millivolts.</summary>
    public double? WorstNodeMillivolts { get; init; }

    /// <summary>Largest difference between the circuit solution and ngspice at any node of any verified deck, volts.</summary>
    public double? SpiceVolts { get; init; }
}
