using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>A calculation needs a part of a device card that is not published for that technology.</summary>
public sealed class MissingDevicePartException : CircuitSimException
{
    /// <summary>Creates the error.</summary>
    /// <param name="card">The card.</param>
    /// <param name="part">What is missing, for example "programming error".</param>
    /// <param name="isThere">Whether a card has the part; the published ones that do are named.</param>
    /// <param name="nextStep">What to do instead of taking another card.</param>
    public MissingDevicePartException(DeviceCard card, string part, Func<DeviceCard, bool> isThere, string nextStep)
        : base($"Device card '{card.Name}' has no {part}: none is published for it. Cards that have one: {Names(isThere)}. {nextStep}")
    {
        Card = card.Name;
        Part = part;
    }

    /// <summary>Name of the card.</summary>
    public string Card { get; }

    /// <summary>What is missing.</summary>
    public string Part { get; }

    private static string Names(Func<DeviceCard, bool> isThere)
    {
        string[] names = [.. PublishedCards.All.Where(isThere).Select(c => c.Name)];
        return names.Length == 0 ? "none that ships" : string.Join(", ", names);
    }
}
