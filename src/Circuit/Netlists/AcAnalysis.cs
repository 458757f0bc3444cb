namespace CircuitSim.Circuit.Netlists;

/// <summary>A small-signal frequency sweep around the operating point, <c>.ac</c>.</summary>
/// <param name="Spacing">How frequencies are spaced.</param>
/// <param name="PointCount">Points a decade or octave, or in all when linear; at least 1.</param>
/// <param name="StartHertz">First frequency, hertz, positive.</param>
/// <param name="StopHertz">Last frequency, hertz.</param>
public sealed record AcAnalysis(FrequencySpacing Spacing, int PointCount, double StartHertz, double StopHertz) : Analysis
{
    /// <summary>The frequencies, hertz, ascending.</summary>
    public IReadOnlyList<double> FrequenciesHertz
    {
        get
        {
            if (Spacing == FrequencySpacing.Linear)
            {
                double step = PointCount > 1 ? (StopHertz - StartHertz) / (PointCount - 1) : 0;
                return [.. Enumerable.Range(0, PointCount).Select(i => StartHertz + i * step)];
            }

            double span = Spacing == FrequencySpacing.Decade ? Math.Log10(StopHertz / StartHertz) : Math.Log2(StopHertz / StartHertz);
            double factor = Math.Pow(Spacing == FrequencySpacing.Decade ? 10 : 2, 1.0 / PointCount);
            // As ngspice: whole steps of the factor until the stop frequency, which rounding may just miss.
            int count = (int)Math.Min(1e7, Math.Floor(span * PointCount + 1e-6)) + 1;
            return [.. Enumerable.Range(0, count).Select(i => StartHertz * Math.Pow(factor, i))];
        }
    }
}
