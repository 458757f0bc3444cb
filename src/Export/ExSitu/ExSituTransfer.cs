using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;
using CircuitSim.Export.Sweep;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.Training.Data;
using CircuitSim.Training.ExSitu;

namespace CircuitSim.Export.ExSitu;

/// <summary>Places networks on levels, programs chips and counts what they classify right.</summary>
internal sealed class ExSituTransfer
{
    internal const string Equal = "equal", Optimised = "optimised", Retrained = "retrained";

    private readonly Experiment _experiment;
    private readonly VoltageSet _test;
    private readonly Dictionary<(string, bool, int), PlacedLevels?> _placed = [];

    internal ExSituTransfer(Experiment experiment, DeviceCard card, VoltageSet test) => (_experiment, Card, _test) = (experiment, card, test);

    internal DeviceCard Card { get; }

    /// <summary>Ways to use the levels: with the RESET state where the card has one, and without it.</summary>
    internal IReadOnlyList<bool> ResetChoices => Card.ProgrammingError is ResetStateProgrammingError ? [true, false] : [false];

    private ExSituSettings Settings => _experiment.ExSitu!;

    /// <summary>Levels of a strategy, or null where that many cannot be told apart.</summary>
    internal PlacedLevels? Place(string strategy, bool hasReset, int count)
    {
        if (_placed.TryGetValue((strategy, hasReset, count), out PlacedLevels? known)) return known;
        var options = new LevelPlacementOptions { LevelCount = count, MisreadBound = Settings.MisreadBound, ReadSeconds = Settings.Device.ReadSeconds, UseResetState = hasReset };
        try
        {
            known = strategy == Equal ? LevelPlacement.EquallySpaced(Card, options) : LevelPlacement.Optimised(Card, options);
        }
        catch (InvalidDesignException)
        {
            // So many levels do not fit: the tables say so.
            known = null;
        }

        return _placed[(strategy, hasReset, count)] = known;
    }

    internal PairTransfer Pairs(PlacedLevels levels, PairAssignment assignment) =>
        PairTransfer.Create(LevelStatistics.Of(Card, Programming(levels, Settings.Device.ReadSeconds)), assignment);

    /// <summary>Targets of all layers of a network.</summary>
    internal static WeightPairs[] Targets(DenseNetwork network, PairTransfer pairs, IReadOnlyList<double>? scales = null) =>
        [.. Enumerable.Range(0, network.LayerCount).Select(l => pairs.Place(network.Layer(l), scales?[l] ?? pairs.Scale(network.Layer(l))))];

    /// <summary>Programs a chip and reads it at a time.</summary>
    /// <returns>Conductances of each layer, siemens, and pulses.</returns>
    internal (double[][] Siemens, long Pulses) Program(WeightPairs[] targets, PlacedLevels levels, double readSeconds, int chip)
    {
        ProgrammingOptions options = Programming(levels, readSeconds > 0 ? readSeconds : null);
        long pulses = 0;
        double[][] siemens = [.. targets.Select((pairs, l) =>
        {
            var layer = new double[pairs.DeviceCount];
            pulses += ArrayProgrammer.Program(Card, options, pairs.TargetSiemens.Span, RunDevice.Seed(_experiment.Seed, chip), FormattableString.Invariant($"layer {l + 1}"), layer).Pulses;
            return layer;
        })];
        return (siemens, pulses);
    }

    /// <summary>Measures a point: all its chips, wires ideal.</summary>
    internal TransferPoint Measure(
        DenseNetwork network, WeightPairs[] targets, PlacedLevels levels, string strategy, bool hasReset, string assignment, double readSeconds, CancellationToken cancellationToken)
    {
        int chips = Settings.Chips;
        var parameters = new double[chips][];
        var pulses = new long[chips];
        ParallelWork.For(chips, new ParallelOptions { CancellationToken = cancellationToken }, chip =>
        {
            (double[][] siemens, pulses[chip]) = Program(targets, levels, readSeconds, chip + 1);
            parameters[chip] = Parameters(targets, siemens, network);
        });
        return new TransferPoint
        {
            Hidden = network.LayerSizes[1],
            LevelCount = levels.Plan.Bins.Count,
            HasReset = hasReset,
            Strategy = strategy,
            Assignment = assignment,
            ReadSeconds = readSeconds,
            Percent = Percent(network, parameters),
            DeviceCount = targets.Sum(t => t.DeviceCount),
            Pulses = pulses.Average(),
            RelativeWeightError = RelativeError(network, parameters[0]),
        };
    }

    internal Distribution Percent(DenseNetwork network, IReadOnlyList<double[]> parameters) =>
        Distribution.Of(network.CountCorrect(parameters, _test.InputVolts, _test.Labels).Select(c => 100.0 * c / _test.SampleCount))!;

    internal static double[] Parameters(WeightPairs[] targets, double[][] siemens, DenseNetwork network)
    {
        var parameters = new double[network.Parameters.Length];
        int start = 0;
        for (int l = 0; l < targets.Length; l++)
        {
            int count = targets[l].DeviceCount / 2;
            targets[l].ToWeights(siemens[l], parameters.AsSpan(start, count));
            start += count;
        }

        return parameters;
    }

    private static double RelativeError(DenseNetwork network, double[] read)
    {
        double error = 0, square = 0;
        ReadOnlySpan<double> wanted = network.Parameters.Span;
        for (int i = 0; i < read.Length; i++)
        {
            error += (read[i] - wanted[i]) * (read[i] - wanted[i]);
            square += wanted[i] * wanted[i];
        }

        return Math.Sqrt(error / square);
    }

    private static ProgrammingOptions Programming(PlacedLevels levels, double? readSeconds) => new()
    {
        Mode = ProgrammingMode.Verify,
        Levels = levels.Plan,
        Rounding = LevelRounding.Nearest,
        ReadSeconds = readSeconds,
    };
}
