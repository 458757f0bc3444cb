using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.Mapping.Variation;

namespace CircuitSim.Export.Sweep;

/// <summary>Makes and measures the chips of one point of a sweep. Thread-safe; a chip is solved on the thread that asks for it.</summary>
internal sealed class ChipTester
{
    private static readonly NetworkSolverOptions OneThread = new() { ThreadCount = 1 };

    private readonly SweepPoint _point;
    private readonly ulong _seed;
    private readonly ChipSampler _sampler;
    private readonly RunData _data;
    private readonly int[] _labels, _trainedClasses;
    private readonly ReadOnlyMemory<double> _trainedVolts;
    private readonly bool _isIdeal;

    internal ChipTester(SweepPoint point, Experiment experiment, RunData data, TrainedNetwork network)
    {
        (_point, _seed, _data) = (point, experiment.Seed, data);
        _isIdeal = experiment.Device.Programming == ProgrammingMode.Ideal;
        _sampler = RunDevice.Sampler(experiment, network);
        _labels = data.CheckedLabels.ToArray();
        LayerOperatingPoint last = TrainStage.Evaluate(experiment, network, data.CheckedInputVolts, data.CheckedCount)[^1];
        _trainedVolts = last.InvertedVolts;
        _trainedClasses = CrossChecker.Classes(last);
        TrainedCorrectCount = Agreeing(_trainedClasses, _labels);
    }

    /// <summary>Samples that the trained network classifies as labelled.</summary>
    internal int TrainedCorrectCount { get; }

    internal RunData Data => _data;

    internal MappedNetwork Make(int chip) => _sampler.Sample(RunDevice.Seed(_seed, chip));

    internal ChipRecord Test(int chip, CancellationToken cancellationToken)
    {
        MappedNetwork mapped = Make(chip);
        try
        {
            NetworkSolver solver = NetworkSolver.Create(mapped.Circuit, OneThread, cancellationToken);
            NetworkOperatingPoint solved = solver.SolveBatch(_data.CheckedInputVolts, _data.CheckedCount, cancellationToken: cancellationToken);
            int[] classes = CrossChecker.Classes(solved.Layers[^1]);
            (double rms, _) = SignalComparison.Distance(solved.Layers[^1].InvertedVolts.Span, _trainedVolts.Span);
            double milliwatts = 1e3 * PowerMeter.Create(solver).Measure(solved, 0).TotalWatts;
            // What is no number compares with nothing, and would count as whatever class comes first.
            return double.IsFinite(rms) && double.IsFinite(milliwatts)
                ? Record(chip, mapped, Agreeing(classes, _labels), Agreeing(classes, _trainedClasses), rms, milliwatts, null)
                : Record(chip, mapped, 0, 0, null, null, "The solution holds voltages or currents that are no numbers.");
        }
        catch (CircuitSimException e) when (e is TopologyException or ConvergenceException or SingularSystemException)
        {
            return Record(chip, mapped, 0, 0, null, null, e.Message);
        }
    }

    private ChipRecord Record(int chip, MappedNetwork mapped, int correct, int agreeing, double? rms, double? power, string? failure)
    {
        ProgrammingReport[] reports = [.. mapped.Layers.Select(l => l.Programming)];
        return new ChipRecord
        {
            Point = _point.Index,
            Chip = chip,
            CorrectCount = correct,
            SampleCount = _data.CheckedCount,
            AgreeingCount = agreeing,
            OutputRmsMillivolts = rms,
            PowerMilliwatts = power,
            ProgrammingRmsSiemens = Math.Sqrt(reports.Sum(r => r.DeviceCount * r.RmsErrorSiemens * r.RmsErrorSiemens) / reports.Sum(r => (double)r.DeviceCount)),
            Pulses = _isIdeal ? null : reports.Sum(r => r.Pulses),
            ProgrammingJoules = reports.Any(r => r.EnergyJoules is null) ? null : reports.Sum(r => r.EnergyJoules),
            GaveUpCount = reports.Sum(r => r.GaveUpCount),
            StuckCount = reports.Sum(r => r.StuckLow + r.StuckHigh + r.StuckAnywhere),
            LineDefectCount = mapped.Circuit.Layers.Sum(l => l.Crossbar.Faults.Count),
            Failure = failure,
        };
    }

    private static int Agreeing(int[] first, int[] second)
    {
        int count = 0;
        for (int i = 0; i < first.Length; i++) count += first[i] == second[i] ? 1 : 0;
        return count;
    }
}
