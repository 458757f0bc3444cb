namespace CircuitSim.Circuit.Netlists;

/// <summary>A small-signal frequency sweep around the operating point, <c>.ac</c>.</summary>
/// <param name="Spacing">How frequencies are spaced.</param>
/// <param name="PointCount">Points a decade or octave, or in all when linear; at least 1.</param>
/// <param name="StartHertz">First frequency, hertz, positive.</param>
/// <param name="StopHertz">Last frequency, hertz.</param>
public sealed record AcAnalysis(FrequencySpacing Spacing, int PointCount, double StartHertz, double StopHertz) : Analysis
{
    /// <summary>The frequencies, hertz, ascending.</summary>
    /// <remarks>
    /// A decade sweep has as many whole steps as fit, stretched to end at the stop frequency; an octave sweep ends with the last whole step. A range in which
    /// no step fits has one point.
    /// </remarks>
    public IReadOnlyList<double> FrequenciesHertz
    {
        get
        {
            if (StopHertz == StartHertz) return [StartHertz];
            if (Spacing == FrequencySpacing.Linear)
            {
                double step = PointCount > 1 ? (StopHertz - StartHertz) / (PointCount - 1) : 0;
                return [.. Enumerable.Range(0, PointCount).Select(i => StartHertz + i * step)];
            }

            if (Spacing == FrequencySpacing.Octave)
            {
                double factor = Math.Pow(2, 1.0 / PointCount);
                // As ngspice with its default reltol of 1e-3: a point just above the stop frequency belongs to the sweep.
                double octaves = Math.Log2(StopHertz / StartHertz * (1 + 1e-3 * factor));
                return [.. Enumerable.Range(0, Whole(octaves) + 1).Select(i => StartHertz * Math.Pow(factor, i))];
            }

            int steps = Whole(Math.Log10(StopHertz / StartHertz));
            if (steps == 0) return [StartHertz];
            // ngspice 39 stretches the steps so that the last point is the stop frequency (45 does from a whole decade on).
            double stretched = Math.Pow(StopHertz / StartHertz, 1.0 / steps);
            return [.. Enumerable.Range(0, steps).Select(i => StartHertz * Math.Pow(stretched, i)), StopHertz];

            // Rounding may just miss a whole number of steps.
            int Whole(double span) => checked((int)Math.Floor(span * PointCount + 1e-9));
        }
    }
}
