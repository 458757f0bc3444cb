namespace CircuitSim.Export.Figures;

/// <summary>Colours of a heat map: level 0 is blank, levels 1 to 255 run from the lowest to the highest value.</summary>
internal sealed class ColourMap
{
    public const byte BlankLevel = 0;

    public const int LevelCount = 255;

    private readonly byte[] _palette = new byte[3 * (LevelCount + 1)];

    private ColourMap(params ReadOnlySpan<int> anchors)
    {
        for (int level = 0; level < LevelCount; level++)
        {
            double place = (double)level / (LevelCount - 1) * (anchors.Length - 1);
            int index = Math.Min((int)place, anchors.Length - 2);
            for (int channel = 0; channel < 3; channel++)
            {
                int shift = 16 - 8 * channel;
                int from = (anchors[index] >> shift) & 255, to = (anchors[index + 1] >> shift) & 255;
                _palette[3 * (level + 1) + channel] = (byte)Math.Round(from + (place - index) * (to - from));
            }
        }
    }

    /// <summary>Viridis by ten of its colours (van der Walt and Smith, matplotlib, 2015); its lightness rises evenly.</summary>
    public static ColourMap Viridis { get; } = new(
        0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6ECE58, 0xB5DE2B, 0xFDE725);

    /// <summary>Blue, near white at the middle, orange: for values of both signs.</summary>
    public static ColourMap Diverging { get; } = new(0x0B3C6F, 0x2E7EBC, 0x9CC9E3, 0xF6F5F2, 0xF5B98A, 0xD9701F, 0x7F3405);

    /// <summary>Red, green and blue of each level, three bytes a level, from level 0.</summary>
    public ReadOnlySpan<byte> Palette => _palette;
}
