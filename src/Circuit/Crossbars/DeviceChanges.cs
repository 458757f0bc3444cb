using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Checks and applies lists of changed devices.</summary>
internal static class DeviceChanges
{
    /// <summary>The crossbar after some changes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A cross-point does not exist.</exception>
    /// <exception cref="ArgumentException">A device is changed twice.</exception>
    /// <exception cref="InvalidDesignException">A conductance is negative or not finite.</exception>
    /// <exception cref="TopologyException">The changes leave an open bit line without devices.</exception>
    internal static CrossbarSpec Apply(CrossbarSpec spec, IReadOnlyList<DeviceChange> changes)
    {
        double[] g = spec.ConductanceSiemens.ToArray();
        var seen = new HashSet<int>();
        foreach (DeviceChange change in changes)
        {
            if (change.WordLine < 0 || change.WordLine >= spec.WordLineCount || change.BitLine < 0 || change.BitLine >= spec.BitLineCount)
                throw new ArgumentOutOfRangeException(nameof(changes), $"No cross-point {change.WordLine}, {change.BitLine} in {spec.WordLineCount} x {spec.BitLineCount}; indices count from 0.");
            int at = change.WordLine * spec.BitLineCount + change.BitLine;
            if (!seen.Add(at)) throw new ArgumentException($"Device {change.WordLine}, {change.BitLine} is changed twice; state its last conductance only.", nameof(changes));
            g[at] = change.ConductanceSiemens;
        }

        CrossbarSpec changed = spec.WithConductances(g);
        CrossbarErrors.RefuseFloatingBitLines(changed);
        return changed;
    }
}
