using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Networks;

namespace CircuitSim.Export.Sweep;

/// <summary>The points of a sweep with the experiment, the data and the trained network of each.</summary>
internal sealed class SweepPlan
{
    private readonly Dictionary<string, RunData> _data = [];
    private readonly Experiment[] _experiments;
    private readonly string[] _trainFingerprints;
    private readonly RunServices _services;

    internal SweepPlan(Experiment experiment, RunServices services)
    {
        if (experiment.Sweep is null)
            throw new InvalidDesignException($"Experiment '{experiment.Name}'", ["It has no 'sweep' section; add one, such as 'sweep: { chips: 100 }'."]);

        (Experiment, Sweep, _services) = (experiment, experiment.Sweep, services);
        Points = SweepPoint.Of(experiment);
        if (ChipCount > services.MostSweepChips)
        {
            throw new InvalidDesignException($"Experiment '{experiment.Name}'",
                [FormattableString.Invariant($"Its sweep has {ChipCount} chips ({Points.Count} points of {Sweep.Chips}); at most {services.MostSweepChips} are allowed, because all of them are held in memory. Give less, or raise the limit with --most-chips.")]);
        }

        _experiments = [.. Points.Select(p => p.ExperimentOf(experiment))];
        foreach (Experiment each in _experiments) RunInverter.Check(each.Circuit);
        _trainFingerprints = [.. _experiments.Select(e => TrainStage.Fingerprint(e, Data(e)))];
        Fingerprint = SweepManifest.FingerprintOf(experiment, services.Program, _trainFingerprints);
    }

    internal Experiment Experiment { get; }

    internal SweepSettings Sweep { get; }

    internal IReadOnlyList<SweepPoint> Points { get; }

    /// <summary>Changes with anything that a chip's result depends on.</summary>
    internal string Fingerprint { get; }

    internal long ChipCount => (long)Points.Count * Sweep.Chips;

    internal string TrainFingerprint(SweepPoint point) => _trainFingerprints[point.Index - 1];

    /// <summary>Number of a chip among all chips of all points, from 0.</summary>
    internal long Item(SweepPoint point, int chip) => (point.Index - 1L) * Sweep.Chips + chip - 1;

    /// <summary>Trains the network of a point, unless it stands in the folder already.</summary>
    internal void Train(SweepPoint point, SweepFolder folder, Action<double, string> progress, CancellationToken cancellationToken)
    {
        string path = folder.Model(TrainFingerprint(point));
        if (File.Exists(path)) return;
        Experiment experiment = _experiments[point.Index - 1];
        (TrainedNetwork network, _) = TrainStage.TrainNetwork(experiment, Data(experiment), _services.Time, progress, cancellationToken);
        TrainedNetworkFile.Write(path, network);
    }

    /// <summary>What makes and measures the chips of a point; its network must have been trained.</summary>
    internal ChipTester Tester(SweepPoint point, SweepFolder folder)
    {
        Experiment experiment = _experiments[point.Index - 1];
        return new ChipTester(point, experiment, Data(experiment), TrainedNetworkFile.Read(folder.Model(TrainFingerprint(point))));
    }

    private RunData Data(Experiment experiment)
    {
        string key = RunStages.Fingerprint(experiment.Data, experiment.Network, experiment.Check.Samples, experiment.Seed, experiment.Circuit.SupplyVolts);
        return _data.TryGetValue(key, out RunData? known) ? known : _data[key] = RunData.Open(experiment, _services.DataFolder);
    }
}
