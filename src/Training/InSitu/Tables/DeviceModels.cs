namespace CircuitSim.Training.InSitu.Tables;

/// <summary>A device technology as parametric models, with the errors of their fits.</summary>
public sealed record DeviceModels
{
    /// <summary>Name by which experiments call it.</summary>
    public required string Name { get; init; }

    /// <summary>Name as papers write it.</summary>
    public required string Label { get; init; }

    /// <summary>Where the tables that were fitted come from.</summary>
    public required string Source { get; init; }

    /// <summary>A remark for the reader, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Model of the typical device; null when the first of the population stands for it.</summary>
    public FittedModel? Standard { get; init; }

    /// <summary>Lowest and highest conductance of each device when the population is the typical device in other ranges; otherwise null.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Ranges { get; init; }

    /// <summary>Models of the devices of the population; empty when <see cref="Ranges"/> says it.</summary>
    public IReadOnlyList<FittedModel> Population { get; init; } = [];

    /// <summary>The device with the tables that the models stand for.</summary>
    /// <returns>The device.</returns>
    public InSituDevice ToDevice()
    {
        UpdateTable standard = (Standard ?? Population[0]).Model.ToTable();
        UpdateTable[] population = Ranges is { } ranges
            ? [.. ranges.Select(r => standard.WithRange(r[0], r[1]))]
            : [.. Population.Select(p => p.Model.ToTable())];
        return new InSituDevice(Name, Label, Source, standard, population, Note);
    }

    /// <summary>Fits models to the full tables of a technology.</summary>
    /// <param name="device">The tables.</param>
    /// <param name="label">Name as papers write it.</param>
    /// <param name="source">Where the tables come from.</param>
    /// <param name="note">A remark for the reader, or null.</param>
    /// <returns>The models; devices that differ only in their range share one.</returns>
    public static DeviceModels Fit(InSituDevice device, string label, string source, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        bool hasRanges = device.Population.All(t => t.Name == device.Standard.Name);
        bool isFirst = !hasRanges && device.Population[0].Equals(device.Standard);
        return new DeviceModels
        {
            Name = device.Name,
            Label = label,
            Source = source,
            Note = note,
            Standard = isFirst ? null : FittedModel.Of(device.Standard),
            Ranges = hasRanges ? [.. device.Population.Select(t => (IReadOnlyList<double>)[t.MinimumConductance, t.MaximumConductance])] : null,
            Population = hasRanges ? [] : [.. device.Population.Select(FittedModel.Of)],
        };
    }
}
