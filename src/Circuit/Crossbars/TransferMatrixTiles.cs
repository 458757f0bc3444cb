using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Port matrices of a crossbar whose devices change region by region: tiles that no change touches are not reduced again.</summary>
/// <remarks>
/// The tiles of a reduction (see <see cref="TransferMatrix"/>) form a tree; a change concerns those that hold the device, from the smallest up to
/// the whole crossbar. The result is that of a fresh reduction, to the last bit, however many changes came before: unlike
/// <see cref="TransferMatrixUpdater"/>, which is faster for single devices and starts from an unchanged crossbar each time. Kept tiles take
/// about a kilobyte a device. Crossbars with ideal wires have no tiles and are reduced afresh. Not thread-safe: use one a thread.
/// </remarks>
public sealed class TransferMatrixTiles
{
    private readonly TransferMatrixOptions _options;
    private readonly TileStore _store = new();

    private TransferMatrixTiles(CrossbarSpec spec, TransferMatrixOptions options, CancellationToken cancellationToken)
    {
        (Spec, _options) = (spec, options);
        Transfer = TransferMatrix.Compute(spec, options, _store, cancellationToken);
    }

    /// <summary>The crossbar with all changes so far.</summary>
    public CrossbarSpec Spec { get; private set; }

    /// <summary>Its port matrices.</summary>
    public TransferMatrix Transfer { get; private set; }

    internal int KeptTileCount => _store.Count;

    /// <summary>Reduces a crossbar and keeps its tiles.</summary>
    /// <param name="spec">The crossbar.</param>
    /// <param name="options">What to compute; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>An engine that is ready for changes.</returns>
    /// <exception cref="InvalidDesignException">A gate impedance is asked for, but the bit lines end in ground.</exception>
    /// <exception cref="TopologyException">A bit line with an open end has no device, so that it floats.</exception>
    public static TransferMatrixTiles Create(CrossbarSpec spec, TransferMatrixOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new TransferMatrixTiles(spec, options ?? new TransferMatrixOptions(), cancellationToken);
    }

    /// <summary>Programs some devices anew.</summary>
    /// <param name="changes">Devices, each at most once; all others stay as they are.</param>
    /// <param name="cancellationToken">Ends the work early; the changes are then made by the next call that is not ended.</param>
    /// <returns>The port matrices after the changes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A cross-point does not exist.</exception>
    /// <exception cref="ArgumentException">A device is changed twice.</exception>
    /// <exception cref="InvalidDesignException">A conductance is negative or not finite.</exception>
    /// <exception cref="TopologyException">The changes leave an open bit line without devices.</exception>
    public TransferMatrix Change(IReadOnlyList<DeviceChange> changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        CrossbarSpec changed = DeviceChanges.Apply(Spec, changes);
        foreach (DeviceChange change in changes) _store.Forget(change.WordLine, change.BitLine);
        Spec = changed;
        return Transfer = TransferMatrix.Compute(changed, _options, _store, cancellationToken);
    }
}
