namespace CircuitSim.Circuit.Netlists;

/// <summary>Kind of analysis along whose axis something is measured.</summary>
public enum MeasuredAnalysis
{
    /// <summary>A DC sweep; the axis is the swept level.</summary>
    Dc,

    /// <summary>A transient; the axis is time.</summary>
    Tran,

    /// <summary>A small-signal sweep; the axis is frequency.</summary>
    Ac,
}
