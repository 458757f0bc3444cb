using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Training.InSitu;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Export.InSitu;

/// <summary>The check stage of a run in situ: trained devices, their circuit and ngspice, held against each other.</summary>
internal sealed class InSituCheck(
    Experiment experiment, RunFolder folder, RunServices services, InSituData data, InSituDevice device, InSituNetwork network, ReadoutNetwork circuit,
    Func<IDeckEngine?, SpiceChecker> checker)
{
    private const string TrainedName = "trained devices, ideal read", IdealName = "circuit, ends only, ideal wires", CircuitName = "circuit, every wire";

    private readonly int _count = data.CheckedCount;

    internal InSituDocument Run(
        InSituTrainingRecord training, StageHistory history, Action<double, string> progress, CancellationToken cancellationToken)
    {
        long start = services.Time.GetTimestamp();
        ReadOnlySpan<int> labels = data.Split.Test.Labels.Span[.._count];
        double[][] trained = [.. Enumerable.Range(0, _count).Select(i => network.Evaluate(data.Inputs(i))[^1].Sums)];
        (double[][] ideal, _) = Solve(circuit.WithIdealWires(), cancellationToken);
        progress(0.2, "every wire");
        (double[][] full, double watts) = Solve(circuit, cancellationToken);
        int[] trainedClasses = Classes(trained), builtClasses = Classes(full);
        int trainedRight = Correct(trainedClasses, labels), builtRight = Correct(builtClasses, labels);
        IReadOnlyList<Referee> referees = Referee.Of(experiment.Check, services);
        ReadoutSolver solver = ReadoutSolver.Create(circuit);
        var table = new CrossCheckBuilder(
            [.. ErrorBudgets.SameCircuit(experiment.Check)], data.Split.Test.Labels,
            [.. Enumerable.Range(0, network.OutputCount).Select(k => NodeNames.Sum(circuit.Layers.Count - 1, k))]);
        table.AddTrained(TrainedName, "Trained devices read ideally, by the classes that they give.", trainedClasses, builtClasses);
        List<SpiceCheck> spice = CheckStage.CheckDecks(
            checker(null), folder.Netlists, experiment.Check, referees, 0.4, progress, cancellationToken,
            (referee, deck, ours, theirs) => table.AddDeck(referee.Label, deck, ours, theirs.NodeVolts, Currents(solver, deck), Currents(theirs)),
            (deck, check) => table.AddUnsolved(check.Engine, deck, DeckVerdict.Problem(check)));
        string part = _count == data.Split.Test.SampleCount ? "test" : $"first {_count} test";
        NetlistEffort size = NetlistEffort.Of(circuit);
        double drop = 100.0 * (trainedRight - builtRight) / _count;
        return new InSituDocument
        {
            Name = experiment.Name,
            Seed = experiment.Seed,
            ProgramVersion = ProgramVersion.Text,
            Verdict = Judge(drop, trainedRight, builtRight, spice),
            Engines = CheckStage.Engines(referees),
            DataSet = new DataSetSummary
            {
                Name = data.All.Name,
                Source = data.All.Source,
                SampleCount = data.All.SampleCount,
                TrainCount = data.Split.Training.SampleCount,
                TestCount = data.Split.Test.SampleCount,
                FeatureCount = data.All.FeatureCount,
                ClassNames = data.All.ClassNames,
                ImageWidth = data.All.ImageWidth ?? 0,
                ImageHeight = data.All.ImageHeight ?? 0,
            },
            ValidationCount = data.Split.Validation.SampleCount,
            Device = device.Label,
            DeviceSource = device.Source,
            Mode = experiment.InSitu!.Training.Core.Mode.ToString().ToLowerInvariant(),
            LayerSizes = experiment.Network.Layers,
            DeviceCount = InSituRun.DeviceCount(circuit),
            CircuitNodeCount = (int)size.NodeCount,
            Accuracies =
            [
                CrossChecker.Accuracy(TrainedName, part, trainedRight, _count),
                CrossChecker.Accuracy(CircuitName, part, builtRight, _count),
                Accuracy("training in situ", training.History[^1].TestAccuracy),
                Accuracy("floating-point network", training.FloatingPoint[^1].TestAccuracy),
            ],
            Confusions =
            [
                CrossChecker.Confusion(TrainedName, trainedClasses, labels, network.OutputCount),
                CrossChecker.Confusion(CircuitName, builtClasses, labels, network.OutputCount),
            ],
            Attribution = [Step(TrainedName, trained, trained, labels), Step(IdealName, trained, ideal, labels), Step(CircuitName, trained, full, labels)],
            Updates = training.Updates,
            ReadWatts = watts,
            SpiceChecks = [.. spice.Where(c => !c.IsOwnSolver)],
            OwnChecks = [.. spice.Where(c => c.IsOwnSolver)],
            CrossCheck = table.Build(),
            VectorUnits = history.VectorUnits,
            Timings = [.. history.Timings, new StageTiming { Stage = "check", Seconds = services.Time.GetElapsedTime(start).TotalSeconds }],
            Decks = CheckStage.Decks(folder),
            Cite = Citations.For(experiment),
            Notes = [.. Notes(), .. CheckStage.DialectNotes(experiment)],
        };
    }

    private (double[][] Sums, double Watts) Solve(ReadoutNetwork of, CancellationToken cancellationToken)
    {
        ReadoutSolver solver = ReadoutSolver.Create(of);
        var sums = new double[_count][];
        double watts = 0;
        for (int i = 0; i < _count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<ReadoutOperatingPoint> points = solver.Solve(data.Inputs(i));
            sums[i] = points[^1].Sums.ToArray();
            foreach (ReadoutOperatingPoint point in points)
                for (int w = 0; w < point.SourceVolts.Length; w++) watts += point.SourceVolts.Span[w] * point.Crossbar.WordLineAmps.Span[w] / _count;
        }

        return (sums, watts);
    }

    // Currents at bit-line ends by layer, under the name of the ammeter or of the terminal resistance that they flow through.
    private List<IReadOnlyDictionary<string, double>> Currents(ReadoutSolver solver, DeckEntry deck) =>
        [.. solver.Solve(data.Inputs(deck.Sample!.Value)).Select((point, layer) => point.Crossbar.BitLineEndAmps.ToArray()
            .Select((amps, j) => (Name: EndName(layer, j), amps)).ToDictionary(end => end.Name, end => end.amps))];

    private Dictionary<string, double> Currents(OperatingPoint point)
    {
        var currents = new Dictionary<string, double>();
        for (int layer = 0; layer < circuit.Layers.Count; layer++)
        {
            double ohms = circuit.Layers[layer].Crossbar.TerminalOhms;
            for (int j = 0; j < circuit.Layers[layer].Crossbar.BitLineCount; j++)
                currents[EndName(layer, j)] = ohms > 0 ? point.NodeVolts[NodeNames.Gate(layer, j)] / ohms : point.BranchAmps[NodeNames.Ammeter(layer, j)];
        }

        return currents;
    }

    private string EndName(int layer, int bitLine) => circuit.Layers[layer].Crossbar.TerminalOhms > 0
        ? NodeNames.TerminalResistor(layer, bitLine)
        : NodeNames.Ammeter(layer, bitLine);

    private FidelityVerdict Judge(double drop, int trainedRight, int builtRight, List<SpiceCheck> spice)
    {
        var limits = new List<FidelityLimit>();
        LimitSettings set = experiment.Check.Limits;
        if (set.AccuracyDropPercent is double most)
        {
            limits.Add(RunVerdict.AccuracyDrop(most, drop, "Accuracy lost from the trained devices to their circuit",
                $"Accuracy of the devices read ideally less that of the circuit with every wire, on the same {_count} test samples."));
        }

        if (DeckVerdict.Limit(set.SpiceVolts, spice) is { } limit) limits.Add(limit);
        return DeckVerdict.Judge(
            string.Create(CultureInfo.InvariantCulture,
                $"The circuit classifies {100.0 * builtRight / _count:F1} % of {_count} test samples, the trained devices read ideally {100.0 * trainedRight / _count:F1} %; {DeckVerdict.Agreement(spice)}."),
            limits, spice,
            [$"The circuit with every wire segment was solved for {_count} test samples and compared with the trained devices, sum by sum.", .. DeckVerdict.Verified(spice)],
            [.. DeckVerdict.NotVerified(spice)]);
    }

    private static InSituStep Step(string name, double[][] trained, double[][] actual, ReadOnlySpan<int> labels)
    {
        double square = 0, worst = 0;
        int count = 0;
        for (int i = 0; i < trained.Length; i++)
        {
            for (int k = 0; k < trained[i].Length; k++)
            {
                double difference = actual[i][k] - trained[i][k];
                if (!double.IsFinite(difference))
                    throw new EngineException(NativeEngine.EngineName, string.Create(CultureInfo.InvariantCulture, $"sum {k + 1} of test sample {i} is {actual[i][k]} in '{name}' and {trained[i][k]} in the trained devices; that cannot be compared."));
                square += difference * difference;
                worst = Math.Max(worst, Math.Abs(difference));
                count++;
            }
        }

        return new InSituStep { Name = name, AccuracyPercent = 100.0 * Correct(Classes(actual), labels) / labels.Length, SumRms = Math.Sqrt(square / count), SumWorst = worst };
    }

    // The largest of sums that are no numbers would count as whatever class comes first.
    private static int[] Classes(double[][] sums) => [.. sums.Select((s, i) => Array.TrueForAll(s, double.IsFinite) ? Array.IndexOf(s, s.Max())
        : throw new SingularSystemException("sums", $"The sums of checked sample {i} are no numbers; look for conductances beyond the device's window, and train with a smaller learning rate."))];

    private static int Correct(int[] classes, ReadOnlySpan<int> labels)
    {
        int correct = 0;
        for (int i = 0; i < classes.Length; i++)
            if (classes[i] == labels[i]) correct++;
        return correct;
    }

    private ModelAccuracy Accuracy(string name, double fraction)
    {
        int count = data.Split.Test.SampleCount;
        return CrossChecker.Accuracy(name, "test", (int)Math.Round(fraction * count), count);
    }

    private IEnumerable<string> Notes()
    {
        if (device.Note is { } note) yield return note;
        if (experiment.InSitu!.Training.Core.Mode == Training.InSitu.Cores.UpdateMode.Numeric)
            yield return "Numeric mode gives devices a window of 1 to 10 that the named device need not have; conductances are scaled to the upper end of its window.";
        if (experiment.InSitu.Training.Core.Converters is not null)
            yield return "Converters act in training and in its accuracies; the circuit is read without them.";
    }
}
