using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>Opens device cards, published ones and a user's own.</summary>
public static class DeviceCards
{
    /// <summary>Opens a card.</summary>
    /// <param name="nameOrPath">Name of a published card, or path of a card file, which ends in <c>.json</c>.</param>
    /// <returns>The card.</returns>
    /// <exception cref="InvalidDesignException">There is no published card of that name.</exception>
    /// <exception cref="InputFileException">The file is missing or holds no card.</exception>
    public static DeviceCard Open(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (PublishedCards.Find(nameOrPath) is { } card) return card;
        if (nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return DeviceCardFile.Read(nameOrPath);
        throw new InvalidDesignException("Device card",
            [$"'{nameOrPath}' is neither a published card ({string.Join(", ", PublishedCards.All.Select(c => c.Name))}) nor a card file (.json)."]);
    }
}
