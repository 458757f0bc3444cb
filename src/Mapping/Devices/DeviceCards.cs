using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>Opens device cards by name.</summary>
public static class DeviceCards
{
    /// <summary>Opens a card.</summary>
    /// <param name="nameOrPath">Name of a published card.</param>
    /// <returns>The card.</returns>
    /// <exception cref="InvalidDesignException">There is no such card.</exception>
    public static DeviceCard Open(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        return PublishedCards.Find(nameOrPath) ?? throw new InvalidDesignException("Device card",
            [$"'{nameOrPath}' is no published card ({string.Join(", ", PublishedCards.All.Select(c => c.Name))})."]);
    }
}
