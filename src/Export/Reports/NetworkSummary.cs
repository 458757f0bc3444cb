namespace CircuitSim.Export.Reports;

/// <summary>The circuit that the network was compiled into.</summary>
public sealed record NetworkSummary
{
    /// <summary>Number of neurons per layer, inputs first.</summary>
    public required IReadOnlyList<int> LayerSizes { get; init; }

    /// <summary>Ratio K/σ_min of the conductance window; greater than 0.</summary>
    public required double ConductanceRatio { get; init; }

    /// <summary>Supply Vdd, volts; the rails are at plus and minus half of it.</summary>
    public required double SupplyVolts { get; init; }

    /// <summary>Name of the inverter, for example <c>ekv-phax90</c>.</summary>
    public required string InverterName { get; init; }

    /// <summary>Resistance of one word-line segment, ohms.</summary>
    public required double WordLineSegmentOhms { get; init; }

    /// <summary>Resistance of one bit-line segment, ohms.</summary>
    public required double BitLineSegmentOhms { get; init; }

    /// <summary>Resistance between each driver and its word line, ohms.</summary>
    public required double SourceOhms { get; init; }

    /// <summary>Number of memristors.</summary>
    public required int DeviceCount { get; init; }

    /// <summary>Number of circuit nodes, ground not counted.</summary>
    public required int CircuitNodeCount { get; init; }

    /// <summary>Transfer curve of a neuron, from gate to restored output.</summary>
    public required NeuronCurve NeuronCurve { get; init; }

    /// <summary>What the mapper made of each layer, inputs first.</summary>
    public required IReadOnlyList<LayerMapping> Layers { get; init; }

    /// <summary>Name of the device card; empty in documents of earlier versions.</summary>
    public string DeviceCard { get; init; } = "";

    /// <summary>What is assumed of the devices beyond what is published, one sentence each.</summary>
    public IReadOnlyList<string> DeviceAssumptions { get; init; } = [];

    /// <summary>Which chip of the design was made, from 1; null for the design itself.</summary>
    public int? Chip { get; init; }
}
