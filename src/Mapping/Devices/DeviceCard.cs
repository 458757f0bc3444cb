using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>One memristor technology: the window of conductance it can be programmed to, and where that is published.</summary>
public sealed record DeviceCard
{
    /// <summary>Creates a card and checks it.</summary>
    /// <param name="name">Name by which experiments and reports call it.</param>
    /// <param name="minimumSiemens">Lowest programmable conductance, siemens, positive.</param>
    /// <param name="maximumSiemens">Highest programmable conductance, siemens, above the lowest.</param>
    /// <param name="source">Paper or code that gives the window.</param>
    /// <exception cref="InvalidDesignException">The window is empty or not positive.</exception>
    public DeviceCard(string name, double minimumSiemens, double maximumSiemens, string source)
    {
        Name = name;
        MinimumSiemens = minimumSiemens;
        MaximumSiemens = maximumSiemens;
        Source = source;
        if (!(minimumSiemens > 0) || !(maximumSiemens > minimumSiemens) || !double.IsFinite(maximumSiemens))
        {
            throw new InvalidDesignException($"Device card '{name}'", [string.Create(CultureInfo.InvariantCulture,
                $"The window is {minimumSiemens:R} to {maximumSiemens:R} S; the lower end must be positive and below the upper end.")]);
        }
    }

    /// <summary>Name by which experiments and reports call it.</summary>
    public string Name { get; }

    /// <summary>Lowest programmable conductance, siemens.</summary>
    public double MinimumSiemens { get; }

    /// <summary>Highest programmable conductance, siemens.</summary>
    public double MaximumSiemens { get; }

    /// <summary>Paper or code that gives the window.</summary>
    public string Source { get; }

    /// <summary>Whether a conductance lies in the window, ends included.</summary>
    /// <param name="siemens">Conductance, siemens.</param>
    /// <returns>True when the device can be programmed to it.</returns>
    public bool Contains(double siemens) => siemens >= MinimumSiemens && siemens <= MaximumSiemens;
}
