using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.InSitu.Tables;

/// <summary>What one programming pulse does to a device: quantiles of the change of conductance against the conductance before it.</summary>
/// <remarks>
/// A device at G that gets one pulse changes by at most ΔG[i, j] with probability C[i], G = G[j]. Quantiles of measured tables fall
/// here and there by the noise of their interpolation; that is allowed up to the stated bounds and counted.
/// Source: the look-up tables of CrossSim 2.0 (Sandia National Laboratories, 2022).
/// </remarks>
public sealed record UpdateTable
{
    /// <summary>Largest step of a probability axis or state axis that still counts as uniform, relative to the mean step.</summary>
    private const double UniformTolerance = 1e-4;

    // What interpolation noise explains: the worst published table falls in 4 % of its cells, and by 6 % of the range at most.
    private const double MostFallingFraction = 0.1, MostFall = 0.1;

    // CrossSim's table builder extrapolates changes to at most twice the largest one measured.
    private const double MostChange = 2;

    private readonly double[] _conductance;
    private readonly double[] _probability;
    private readonly double[] _increasing;
    private readonly double[] _decreasing;

    /// <summary>Creates a table and checks it.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="conductance">Axis of the conductance before the pulse, siemens (or another unit throughout), positive and rising, at least 2 points. Copied.</param>
    /// <param name="probability">Axis of the cumulative probability, from exactly 0 to exactly 1, rising, at least 2 points. Copied.</param>
    /// <param name="increasing">Changes by a pulse that raises the conductance, row-major [probability, conductance], in the unit of the axis. Copied.</param>
    /// <param name="decreasing">Changes by a pulse that lowers the conductance, the same shape. Copied.</param>
    /// <exception cref="InvalidDesignException">An axis does not rise, a length does not fit, a change is not finite or beyond twice the range, quantiles fall too far or too often, or the mean change has the wrong sign; all violations are listed.</exception>
    public UpdateTable(
        string name, ReadOnlySpan<double> conductance, ReadOnlySpan<double> probability, ReadOnlySpan<double> increasing, ReadOnlySpan<double> decreasing)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        _conductance = conductance.ToArray();
        _probability = probability.ToArray();
        _increasing = increasing.ToArray();
        _decreasing = decreasing.ToArray();
        Check();
        HasUniformConductance = IsUniform(_conductance);
        Increasing = PulseStatistics.Of(this, isIncreasing: true);
        Decreasing = PulseStatistics.Of(this, isIncreasing: false);
        CheckSigns();
    }

    /// <summary>Name for messages.</summary>
    public string Name { get; }

    /// <summary>Conductance before the pulse, siemens, rising.</summary>
    public ReadOnlyMemory<double> Conductance => _conductance;

    /// <summary>Cumulative probability, from 0 to 1.</summary>
    public ReadOnlyMemory<double> Probability => _probability;

    /// <summary>Lowest conductance of the device, siemens.</summary>
    public double MinimumConductance => _conductance[0];

    /// <summary>Highest conductance of the device, siemens.</summary>
    public double MaximumConductance => _conductance[^1];

    /// <summary>Highest less lowest conductance, siemens.</summary>
    public double Range => MaximumConductance - MinimumConductance;

    /// <summary>Whether the conductance axis has equal steps.</summary>
    public bool HasUniformConductance { get; }

    /// <summary>Mean, spread and shape of the change by a pulse that raises the conductance.</summary>
    public PulseStatistics Increasing { get; }

    /// <summary>Mean, spread and shape of the change by a pulse that lowers the conductance.</summary>
    public PulseStatistics Decreasing { get; }

    /// <summary>Changes of conductance of one kind of pulse.</summary>
    /// <param name="isIncreasing">True for pulses that raise the conductance.</param>
    /// <returns>Siemens, row-major [probability, conductance].</returns>
    public ReadOnlyMemory<double> Changes(bool isIncreasing) => isIncreasing ? _increasing : _decreasing;

    /// <summary>The same device with another range of conductance: changes scale with the range.</summary>
    /// <param name="minimum">Lowest conductance, siemens, positive.</param>
    /// <param name="maximum">Highest conductance, siemens, above the lowest.</param>
    /// <returns>The scaled table.</returns>
    /// <exception cref="InvalidDesignException">The range is empty or not positive.</exception>
    public UpdateTable WithRange(double minimum, double maximum)
    {
        double factor = (maximum - minimum) / Range;
        double[] axis = [.. _conductance.Select(g => minimum + (g - MinimumConductance) * factor)];
        if (axis.Length > 0) axis[^1] = maximum;
        return new UpdateTable(Name, axis, _probability, [.. _increasing.Select(d => d * factor)], [.. _decreasing.Select(d => d * factor)]);
    }

    /// <summary>The same device with its conductances in another unit.</summary>
    /// <param name="factor">What every conductance and every change is multiplied with, positive and finite: the siemens of one unit of this table.</param>
    /// <returns>The table in the other unit.</returns>
    /// <exception cref="InvalidDesignException">The axis no longer rises in double precision.</exception>
    internal UpdateTable Scaled(double factor) =>
        new(Name, [.. _conductance.Select(g => g * factor)], _probability, [.. _increasing.Select(d => d * factor)], [.. _decreasing.Select(d => d * factor)]);

    /// <summary>Compares every number.</summary>
    /// <param name="other">The table to compare with.</param>
    /// <returns>True when name, axes and changes are the same.</returns>
    public bool Equals(UpdateTable? other) =>
        other is not null && Name == other.Name
        && _conductance.AsSpan().SequenceEqual(other._conductance) && _probability.AsSpan().SequenceEqual(other._probability)
        && _increasing.AsSpan().SequenceEqual(other._increasing) && _decreasing.AsSpan().SequenceEqual(other._decreasing);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, _conductance.Length, _probability.Length, MinimumConductance, MaximumConductance);

    private static bool IsUniform(double[] axis)
    {
        double step = (axis[^1] - axis[0]) / (axis.Length - 1);
        for (int i = 1; i < axis.Length; i++)
            if (Math.Abs(axis[i] - axis[i - 1] - step) > UniformTolerance * step) return false;
        return true;
    }

    private void Check()
    {
        var violations = new List<string>();
        CheckAxis("Conductance", _conductance, violations);
        CheckAxis("Probability", _probability, violations);
        if (_conductance.Length > 0 && !(_conductance[0] > 0))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"The conductance axis begins at {_conductance[0]:R}; conductances are positive."));
        if (_probability.Length > 0 && (_probability[0] != 0 || _probability[^1] != 1))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"The probability axis runs from {_probability[0]:R} to {_probability[^1]:R}; it must run from 0 to 1."));
        if (violations.Count == 0)
        {
            CheckChanges("increasing", _increasing, violations);
            CheckChanges("decreasing", _decreasing, violations);
        }

        if (violations.Count > 0) throw new InvalidDesignException($"Update table '{Name}'", violations);
    }

    private static void CheckAxis(string what, double[] axis, List<string> violations)
    {
        if (axis.Length < 2) violations.Add($"{what} axis has {axis.Length} points; at least 2 are needed.");
        for (int i = 0; i < axis.Length; i++)
        {
            if (double.IsFinite(axis[i]) && (i == 0 || axis[i] > axis[i - 1])) continue;
            violations.Add(string.Create(CultureInfo.InvariantCulture,
                $"{what} axis does not rise at point {i + 1} ({axis[i]:R} after {(i > 0 ? axis[i - 1] : double.NaN):R}); its values must be finite and rise."));
            return;
        }
    }

    private void CheckChanges(string what, double[] changes, List<string> violations)
    {
        int columns = _conductance.Length, rows = _probability.Length;
        if (changes.LongLength != (long)rows * columns)
        {
            violations.Add($"The {what} table has {changes.Length} values; {rows} probabilities x {columns} conductances need {(long)rows * columns}.");
            return;
        }

        int falling = 0, worst = -1;
        double worstFall = 0;
        for (int k = 0; k < changes.Length; k++)
        {
            // Written so that NaN fails.
            if (!(Math.Abs(changes[k]) <= MostChange * Range))
            {
                violations.Add(string.Create(CultureInfo.InvariantCulture,
                    $"The {what} table has {changes[k]:R} at probability {k / columns + 1}, conductance {k % columns + 1}; a change is finite and within {MostChange:R} times the range of {Range:R}."));
                return;
            }

            double fall = k < columns ? 0 : changes[k - columns] - changes[k];
            if (fall > 0) falling++;
            if (fall > worstFall) (worstFall, worst) = (fall, k);
        }

        if (worstFall > MostFall * Range)
            violations.Add(string.Create(CultureInfo.InvariantCulture,
                $"The {what} table falls by {worstFall:R} at probability {worst / columns + 1}, conductance {worst % columns + 1}; quantiles rise with probability, and interpolation noise explains {MostFall * Range:G3} at most."));
        if (falling > MostFallingFraction * changes.Length)
            violations.Add(string.Create(CultureInfo.InvariantCulture,
                $"The {what} table falls in {falling} of {changes.Length} cells; quantiles rise with probability, and interpolation noise explains {100 * MostFallingFraction:R} % at most. Are rows and columns exchanged?"));
    }

    private void CheckSigns()
    {
        double up = Increasing.WindowMean, down = Decreasing.WindowMean;
        if (up > 0 && down < 0) return;
        string advice = up < 0 && down > 0 ? "the two files are exchanged" : "check the measurement";
        throw new InvalidDesignException($"Update table '{Name}'", [string.Create(CultureInfo.InvariantCulture,
            $"The mean change over the middle 80 % of the range is {up:G6} for increasing and {down:G6} for decreasing pulses; the first must be positive and the second negative: {advice}.")]);
    }
}
