namespace CircuitSim.Export.Figures;

/// <summary>The values an axis has to hold; a tight axis ends with them, another one at the next ticks.</summary>
internal readonly record struct AxisSpan(double Low, double High, bool IsTight)
{
    /// <summary>Ends at ticks beyond the values.</summary>
    public static AxisSpan ToTicks(double low, double high) => new(low, high, IsTight: false);

    /// <summary>Ends at the values, with a share of their range as a margin on both sides.</summary>
    public static AxisSpan Tight(double low, double high, double margin = 0)
    {
        double pad = margin * (high - low);
        return new(low - pad, high + pad, IsTight: high > low);
    }
}
