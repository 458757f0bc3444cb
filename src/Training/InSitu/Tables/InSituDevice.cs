using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.InSitu.Tables;

/// <summary>A device technology for training in situ: the table of its typical device, and those of several devices that differ.</summary>
public sealed record InSituDevice
{
    /// <summary>Creates a device.</summary>
    /// <param name="name">Name by which experiments call it.</param>
    /// <param name="label">Name as papers write it, for tables and figures.</param>
    /// <param name="source">Where the tables come from.</param>
    /// <param name="standard">The table that every device has in standard mode.</param>
    /// <param name="population">The tables that devices draw from in multi mode, at least one.</param>
    /// <param name="note">A remark for the reader, or null.</param>
    /// <exception cref="InvalidDesignException">The population is empty.</exception>
    public InSituDevice(
        string name, string label, string source, UpdateTable standard, IReadOnlyList<UpdateTable> population, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(standard);
        ArgumentNullException.ThrowIfNull(population);
        if (population.Count == 0) throw new InvalidDesignException($"Device '{name}'", ["It has no tables for multi mode; at least one is needed."]);
        Name = name;
        Label = label;
        Source = source;
        Standard = standard;
        Population = [.. population];
        Note = note;
    }

    /// <summary>Name by which experiments call it.</summary>
    public string Name { get; }

    /// <summary>Name as papers write it.</summary>
    public string Label { get; }

    /// <summary>Where the tables come from.</summary>
    public string Source { get; }

    /// <summary>The table that every device has in standard mode.</summary>
    public UpdateTable Standard { get; }

    /// <summary>The tables that devices draw from in multi mode.</summary>
    public IReadOnlyList<UpdateTable> Population { get; }

    /// <summary>A remark for the reader, or null.</summary>
    public string? Note { get; }

    /// <summary>The same device with tables in siemens, from tables in a unit of their own.</summary>
    /// <param name="unitSiemens">What 1 in the tables stands for, siemens, positive and finite.</param>
    /// <returns>The device; this one when a unit is 1 S.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The unit is not positive and finite.</exception>
    public InSituDevice InSiemens(double unitSiemens)
    {
        if (!(unitSiemens > 0) || !double.IsFinite(unitSiemens)) throw new ArgumentOutOfRangeException(nameof(unitSiemens), unitSiemens, "A unit of conductance is positive and finite.");
        return unitSiemens.Equals(1.0) ? this : new InSituDevice(Name, Label, Source, Standard.Scaled(unitSiemens), [.. Population.Select(t => t.Scaled(unitSiemens))], Note);
    }
}
