namespace CircuitSim.Mapping.Devices;

/// <summary>How devices are brought to their targets.</summary>
public enum ProgrammingMode
{
    /// <summary>Every device sits exactly on its target, at no cost.</summary>
    Ideal,

    /// <summary>One programming operation a device; what it leaves is kept.</summary>
    OneShot,

    /// <summary>Program, read, and program again until the conductance lies in the acceptance window or the pulses are spent.</summary>
    Verify,
}
