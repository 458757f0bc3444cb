namespace CircuitSim.Circuit.Netlists.Waveforms;

/// <summary>
/// Straight lines between points, <c>PWL(t1 v1 t2 v2 …)</c>; constant before the first and after the last point. Of several points at one time the first
/// gives the value at that time and the last the value from then on.
/// </summary>
public sealed record PiecewiseLinearWaveform : Waveform
{
    private readonly (double Seconds, double Value)[] _points;

    /// <summary>Creates the waveform.</summary>
    /// <param name="points">Times in seconds, none before the one in front of it, with values in volts or amperes; at least one.</param>
    /// <exception cref="ArgumentException">There is no point, or times decrease.</exception>
    public PiecewiseLinearWaveform(IReadOnlyList<(double Seconds, double Value)> points)
    {
        _points = [.. points];
        if (_points.Length == 0) throw new ArgumentException("A piecewise linear waveform needs at least one point.", nameof(points));
        for (int i = 1; i < _points.Length; i++)
        {
            if (!(_points[i].Seconds >= _points[i - 1].Seconds))
                throw new ArgumentException(FormattableString.Invariant($"Point {i + 1} of the waveform is at {_points[i].Seconds:R} s, before the one in front of it."), nameof(points));
        }
    }

    /// <summary>The points.</summary>
    public IReadOnlyList<(double Seconds, double Value)> Points => _points;

    /// <inheritdoc/>
    internal override string DeckText => Deck("pwl", _points.SelectMany(p => new double?[] { p.Seconds, p.Value }));

    /// <inheritdoc/>
    public override double At(double seconds, double stepSeconds, double stopSeconds)
    {
        if (seconds <= _points[0].Seconds) return _points[0].Value;
        if (seconds > _points[^1].Seconds) return _points[^1].Value;
        int low = 0, high = _points.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_points[middle].Seconds < seconds) low = middle;
            else high = middle;
        }

        (double t0, double v0) = _points[low];
        (double t1, double v1) = _points[high];
        return v0 + (v1 - v0) * ((seconds - t0) / (t1 - t0));
    }

    /// <inheritdoc/>
    public override IEnumerable<double> Corners(double stepSeconds, double stopSeconds) => _points.Select(p => p.Seconds).Where(t => t < stopSeconds);

    /// <summary>Compares points.</summary>
    /// <param name="other">The other waveform.</param>
    /// <returns>True when all points are equal.</returns>
    public bool Equals(PiecewiseLinearWaveform? other) => other is not null && _points.AsSpan().SequenceEqual(other._points);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_points.Length, _points[0], _points[^1]);
}
