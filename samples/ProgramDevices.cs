using CircuitSim.Mapping.Devices;

namespace CircuitSim.Samples;

/// <summary>Places levels on a published technology, programs an array to them and reads it an hour later.</summary>
public static class ProgramDevices
{
    /// <summary>Prints the levels, and what programming cost and left.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        DeviceCard card = DeviceCards.Open("hfo2-nine-levels");
        PlacedLevels placed = LevelPlacement.Optimised(card, new LevelPlacementOptions { LevelCount = 6, MisreadBound = 0.02, ReadSeconds = 3600, UseResetState = true });
        foreach (ConductanceBin bin in placed.Plan.Bins)
            output.Write($"level {1e6 * bin.TargetSiemens:F1} µS, accepted from {1e6 * bin.LowSiemens:F1} to {1e6 * bin.HighSiemens:F1} µS\n");

        double[] targets = [.. Enumerable.Range(0, 10_000).Select(i => card.MinimumSiemens + (card.MaximumSiemens - card.MinimumSiemens) * i / 9999)];
        var siemens = new double[targets.Length];
        var options = new ProgrammingOptions { Mode = ProgrammingMode.Verify, Levels = placed.Plan, Rounding = LevelRounding.Nearest, ReadSeconds = 3600 };
        ProgrammingReport report = ArrayProgrammer.Program(card, options, targets, seed: 1, "layer 1", siemens);

        output.Write($"{report.DeviceCount} devices, {report.Pulses} pulses (expected {report.ExpectedPulses:F0}), {report.GaveUpCount} given up\n");
        output.Write($"rms error {1e6 * report.RmsErrorSiemens:F2} µS, expected {1e6 * report.ExpectedRmsErrorSiemens:F2} µS\n");
    }
}
