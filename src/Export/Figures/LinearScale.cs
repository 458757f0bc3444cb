namespace CircuitSim.Export.Figures;

/// <summary>A linear axis whose ticks are multiples of 1, 2 or 5 times a power of ten.</summary>
internal sealed class LinearScale
{
    private LinearScale(double minimum, double maximum, double step)
    {
        Minimum = minimum;
        Maximum = maximum;
        Decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        IsExponential = Decimals > 5 || Math.Max(Math.Abs(minimum), Math.Abs(maximum)) >= 1e6;
        var ticks = new List<double>();
        // A thousandth of a step absorbs the rounding of the division.
        for (double i = Math.Ceiling(minimum / step - 1e-3); i <= maximum / step + 1e-3; i++) ticks.Add(i * step);
        Ticks = ticks;
    }

    public double Minimum { get; }

    public double Maximum { get; }

    public IReadOnlyList<double> Ticks { get; }

    private int Decimals { get; }

    private bool IsExponential { get; }

    /// <summary>An axis for data between two values, with ends given by the caller or moved out to ticks.</summary>
    public static LinearScale Covering(
        double low, double high, int tickCount, double? minimum = null, double? maximum = null, double smallestStep = 0)
    {
        low = minimum ?? low;
        high = maximum ?? high;
        // A range below the resolution of its ends has no ticks of its own.
        double smallest = Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-12;
        if (high - low <= smallest)
        {
            double pad = low == 0 ? 1 : 0.1 * Math.Abs(low);
            low = minimum ?? low - pad;
            high = (maximum ?? high) > low ? maximum ?? high + pad : low + pad;
        }

        double step = Math.Max(smallestStep, Step((high - low) / Math.Max(1, tickCount)));
        return new LinearScale(
            minimum ?? Math.Floor(low / step + 1e-9) * step,
            maximum ?? Math.Ceiling(high / step - 1e-9) * step,
            step);
    }

    public string Label(double tick) => IsExponential ? FigureText.Short(tick) : FigureText.Fixed(tick, Decimals);

    private static double Step(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double mantissa = rough / power;
        return power * (mantissa <= 1.0001 ? 1 : mantissa <= 2.0001 ? 2 : mantissa <= 5.0001 ? 5 : 10);
    }
}
