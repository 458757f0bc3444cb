namespace CircuitSim.Circuit.Netlists;

/// <summary>How the frequencies of an AC analysis are spaced.</summary>
public enum FrequencySpacing
{
    /// <summary>Equal ratios, so many points a factor of ten (dec).</summary>
    Decade,

    /// <summary>Equal ratios, so many points a factor of two (oct).</summary>
    Octave,

    /// <summary>Equal differences (lin).</summary>
    Linear,
}
