using CircuitSim.Export.Sweep;

namespace CircuitSim.Export.Tests.Sweep;

internal static class Chips
{
    /// <summary>A chip of point 1 that classifies some of 100 samples.</summary>
    internal static ChipRecord Of(int chip, int correct) => new()
    {
        Point = 1,
        Chip = chip,
        CorrectCount = correct,
        SampleCount = 100,
        AgreeingCount = correct,
        OutputRmsMillivolts = 12.5 + 1.0 / chip,
        PowerMilliwatts = 0.1,
        ProgrammingRmsSiemens = 1e-8,
        Pulses = 40,
        ProgrammingJoules = null,
        GaveUpCount = 0,
        StuckCount = 1,
        LineDefectCount = 0,
        Failure = null,
    };
}
