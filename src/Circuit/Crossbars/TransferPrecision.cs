namespace CircuitSim.Circuit.Crossbars;

/// <summary>Arithmetic in which a crossbar is reduced to its ports, named as in IEEE 754.</summary>
public enum TransferPrecision
{
    /// <summary>64-bit numbers: errors of about 1e-14 of full scale.</summary>
    Binary64,

    /// <summary>32-bit numbers: half the memory of tiles, and less time where solving the crossbar four times takes little (see docs/benchmarks.md); errors of about 1e-6 of full scale, measured and stated with each result.</summary>
    Binary32,
}
