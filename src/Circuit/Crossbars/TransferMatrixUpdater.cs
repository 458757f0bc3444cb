using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Port matrices of a crossbar with a few devices programmed anew, from those of the crossbar as it was.</summary>
/// <remarks>
/// With the drops D across k devices for one volt at each source and S for one ampere through each device, the changes C = diag(ΔG)
/// act like currents −(I + C·S)⁻¹·C·D·V across the devices (Woodbury's formula; Hager, SIAM Review 31, 1989): one solve of the
/// unchanged crossbar a device, which later updates use again, and products with k columns. Every update starts from the
/// unchanged crossbar, so that errors do not add up. Digits are lost as far as a change takes away most of a bit line's conductance.
/// Not thread-safe: use one a thread.
/// </remarks>
public sealed class TransferMatrixUpdater
{
    private readonly BranchUpdate _update;

    private TransferMatrixUpdater(CrossbarSpec spec, TransferMatrixOptions options, CancellationToken cancellationToken)
    {
        Unchanged = TransferMatrix.Compute(spec, options, cancellationToken);
        _update = new BranchUpdate(spec, Unchanged, options);
    }

    /// <summary>The crossbar that changes are made to.</summary>
    public CrossbarSpec Spec => _update.Spec;

    /// <summary>Port matrices without changes.</summary>
    public TransferMatrix Unchanged { get; }

    /// <summary>Solves made so far: one a device that has been changed.</summary>
    public int SolveCount => _update.SolveCount;

    /// <summary>Reduces the unchanged crossbar.</summary>
    /// <param name="spec">The crossbar.</param>
    /// <param name="options">What to compute; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>An updater for any changes.</returns>
    /// <exception cref="InvalidDesignException">A gate impedance is asked for, but the bit lines end in ground.</exception>
    /// <exception cref="TopologyException">A bit line with an open end has no device, so that it floats.</exception>
    public static TransferMatrixUpdater Create(CrossbarSpec spec, TransferMatrixOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new TransferMatrixUpdater(spec, options ?? new TransferMatrixOptions(), cancellationToken);
    }

    /// <summary>Computes the port matrices after some changes to the unchanged crossbar.</summary>
    /// <param name="changes">Devices, each at most once; all others are as in <see cref="Spec"/>.</param>
    /// <returns>The port matrices.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A cross-point does not exist.</exception>
    /// <exception cref="ArgumentException">A device is changed twice.</exception>
    /// <exception cref="InvalidDesignException">A conductance is negative or not finite.</exception>
    /// <exception cref="TopologyException">The changes leave an open bit line without devices.</exception>
    /// <exception cref="ConvergenceException">A solve did not meet its tolerance.</exception>
    public TransferMatrix Update(IReadOnlyList<DeviceChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        _ = DeviceChanges.Apply(Spec, changes);
        if (changes.Count == 0) return Unchanged;

        Branch[] branches = [.. changes.Select(change => Branch.OfDevice(change.WordLine * Spec.BitLineCount + change.BitLine))];
        return _update.Apply(branches, [.. changes.Select(change => change.ConductanceSiemens - Spec[change.WordLine, change.BitLine])]);
    }
}
