using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Attribution;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Speed;

namespace CircuitSim.Export.Tests.Reports;

/// <summary>A made-up run of the size of a real one, 196-100-10 with 200 samples, for tests of what is written about it.</summary>
internal static class SyntheticFidelity
{
    private static readonly int[] LayerSizes = [196, 100, 10];

    public static FidelityDocument Document() => new()
    {
        Name = "phax-mnist14",
        Seed = 1,
        ProgramVersion = "0.1.0",
        Verdict = Verdict(),
        Engines =
        [
            new() { Name = "behavioural", Version = "0.1.0", IsAvailable = true, Role = "reference: tabulated neuron curve, ideal wires, no loading" },
            new() { Name = "native", Version = "0.1.0", IsAvailable = true, Role = "circuit solution of all 200 samples, wires and loading included" },
            new() { Name = "ngspice", Version = "39", IsAvailable = true, Role = "re-ran three exported decks node by node" },
            new() { Name = "spicesharp", Version = null, IsAvailable = false, Role = "not compiled in; build with -p:SpiceSharp=true" },
        ],
        DataSet = new()
        {
            Name = "mnist14",
            Source = "MNIST (LeCun, Cortes, Burges), 1000 digits, 28x28 mean-pooled to 14x14; CC BY-SA 3.0",
            SampleCount = 1000,
            TrainCount = 800,
            TestCount = 200,
            FeatureCount = 196,
            ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            ImageWidth = 14,
            ImageHeight = 14,
        },
        Network = Network(),
        Training = new()
        {
            Method = "phax",
            Optimizer = "adam",
            LearningRate = 0.01,
            BatchSize = 32,
            EpochCount = 100,
            LossName = "cross_entropy",
            Seconds = 3.41,
            History = History(2.31, 0.19, 97.9, 91.0, 11),
        },
        Baseline = new()
        {
            Name = "unconstrained tanh network",
            TrainAccuracyPercent = 100,
            TestAccuracyPercent = 92.5,
            Seconds = 2.87,
            History = History(2.28, 0.01, 100, 92.5, 12),
        },
        Accuracies =
        [
            Accuracy("behavioural", "training", 783, 800, 96.62, 98.76),
            Accuracy("behavioural", "test", 182, 200, 86.15, 94.58),
            Accuracy("circuit (native)", "test", 181, 200, 85.56, 94.18),
            Accuracy("unconstrained tanh", "test", 185, 200, 87.93, 95.74),
        ],
        Agreement = new()
        {
            SampleCount = 200,
            AgreeingCount = 197,
            Percent = 98.5,
            Lower95Percent = 95.68,
            Upper95Percent = 99.69,
            McNemar = new() { BothCorrectCount = 180, OnlyTrainedCorrectCount = 2, OnlyOtherCorrectCount = 1, NeitherCorrectCount = 17, PValue = 1 },
        },
        Confusions = [Confusion("behavioural", 18, 21), Confusion("circuit (native)", 19, 22)],
        Attribution =
        [
            Step("behavioural", "Neuron curve as tabulated, ideal wires, unloaded.", 91, 0, 0, null),
            Step("real curve", "Device equations of the inverter instead of the table.", 91, 0.42, 1.9, 0.42),
            Step("+ loading", "Each inverter drives the next crossbar's input conductance.", 90.5, 6.87, 19.3, 6.81),
            Step("+ wires", "Every word-line and bit-line segment as designed.", 90.5, 7.35, 21.4, 1.16),
            Step("+ programming", "Conductances as programmed, 64 levels.", 90.5, 7.62, 22.6, 1.48),
        ],
        ReverseAttribution =
        [
            Without(CircuitEffect.DeviceEquations, "− device equations", 91, 0.61, 2.2, 0.42, 0.33),
            Without(CircuitEffect.Loading, "− loading", 91, 7.02, 20.1, 6.81, 0.44),
            Without(CircuitEffect.Wires, "− wires", 90.5, 1.19, 4.3, 1.16, 0.08),
        ],
        SkippedEffects = [new() { Effect = CircuitEffect.Faults, IsAbsent = true, Reason = "The experiment has no faults." }],
        AttributionClosureVolts = 2.2e-16,
        CrossCheck = CrossCheck(),
        Sensitivity = Sensitivity(),
        SneakPaths = [Sneak(1, 394, 100, 0.31), Sneak(2, 202, 10, 1.7)],
        Layers = Layers(),
        WorstNodes = WorstNodes(),
        SpiceChecks =
        [
            Check(
                "netlist/ngspice/sample-0000.cir", "Whole network, sample 0", DeckWires.Ideal, 526, 526, 3.1e-12, "l2_p4", 7.9,
                SpiceCheckStatus.Verified, "Every node lies within 1e-9 V under tight options."),
            Check(
                "netlist/ngspice/layer2-0000.cir", "Layer 2, sample 0", DeckWires.AsDesigned, 4262, 4262, 8.4e-11, "l2_b202_7", 3.2,
                SpiceCheckStatus.Verified, "Every node lies within 1e-9 V under tight options."),
            Check(
                "netlist/ngspice/layer1-0000.cir", "Layer 1, word lines 1 to 64, sample 0", DeckWires.Excerpt, 12990, 0, null, null, null,
                SpiceCheckStatus.Refused, "78 800 wire nodes would take ngspice 39 over an hour; an excerpt is exported for you to run."),
            Check(
                "netlist/ngspice/sample-0001.cir", "Whole network, sample 1", DeckWires.Ideal, 526, 526, 2.3e-6, "l1_n17", 8.1,
                SpiceCheckStatus.Failed, "Node l1_n17 lies outside 1e-9 V."),
            Check(
                "netlist/xyce/sample-0000.cir", "Whole network, sample 0", DeckWires.AsDesigned, 83388, 0, null, null, null,
                SpiceCheckStatus.NotRun, "Xyce is not on this machine."),
        ],
        Power =
        [
            new()
            {
                Layer = 1, DevicesMilliwatts = 1.873, InvertersMilliwatts = 0.412, WordLineWiresMilliwatts = 0.0021, BitLineWiresMilliwatts = 0.0034, SourceResistancesMilliwatts = 0,
                DriverMilliwatts = 1.801, BiasMilliwatts = 0.0775, RailsMilliwatts = 0.5051, OutputMilliwatts = 0.0931, PositiveRailMicroamps = 1010.2, NegativeRailMicroamps = 1010.2,
            },
            new() { Layer = 2, DevicesMilliwatts = 0.0931, InvertersMilliwatts = null },
        ],
        PowerBalance = new() { SampleCount = 10, DeliveredMilliwatts = 2.3831, DissipatedMilliwatts = 2.3831, WorstRelativeImbalance = 3.1e-13 },
        Speed = Speed(),
        Timings =
        [
            new() { Stage = "load data", Seconds = 0.021 },
            new() { Stage = "train", Seconds = 3.41 },
            new() { Stage = "baseline", Seconds = 2.87 },
            new() { Stage = "map", Seconds = 0.0043 },
            new() { Stage = "solve circuit", Seconds = 1.92 },
            new() { Stage = "ngspice", Seconds = 19.2 },
            new() { Stage = "export", Seconds = 0.83 },
        ],
        Decks =
        [
            Deck("netlist/ngspice/sample-0000.cir", "Whole network, sample 0, ideal wires", 41040, 1_873_221),
            Deck("netlist/ngspice/layer2-0000.cir", "Layer 2, sample 0, every segment", 6302, 302_114),
            Deck("netlist/ngspice/layer1-0000.cir", "Excerpt of layer 1, sample 0", null, null),
        ],
        Cite =
        [
            "The CircuitSim authors, CircuitSim 0.1.0: trained networks as memristor-crossbar circuits, 2026.",
            "ngspice, the open source SPICE circuit simulator, release 39.",
        ],
        Notes = ["The run is synthetic: it tests the report and describes no circuit."],
    };

    /// <summary>The page of the run.</summary>
    public static string Page() => Page(Document(), Matrices());

    /// <summary>The figures of the page.</summary>
    public static IReadOnlyList<NamedFigure> Figures() => FidelityReport.Write(Document(), Matrices(), TextWriter.Null);

    /// <summary>The page of any document.</summary>
    public static string Page(FidelityDocument document, ReportMatrices matrices)
    {
        using var writer = new StringWriter();
        FidelityReport.Write(document, matrices, writer);
        return writer.ToString();
    }

    /// <summary>Conductances of both layers, and IR drop and cross-point voltage of the first.</summary>
    public static ReportMatrices Matrices()
    {
        var draws = new Draws(77);
        double[] first = Fill(394 * 100, _ => Conductance(draws)), second = Fill(202 * 10, _ => Conductance(draws));
        double[] drop = Fill(
            394 * 100,
            i => 0.9 * (1 - Math.Exp(-(i % 100) / 45.0)) + 1.4 * (1 - Math.Pow(i / 100 / 394.0, 2)) + 0.04 * draws.Normal());
        double[] across = Fill(394 * 100, i => 250 * Math.Sin(i / 100 * 0.7) * (i / 100 % 2 == 0 ? 1 : -1) - 20 * draws.Normal());
        return new()
        {
            Conductances =
            [
                new("Layer 1: device conductance", "As programmed.", "µS", 394, 100, first),
                new("Layer 2: device conductance", "As programmed.", "µS", 202, 10, second),
            ],
            Voltages =
            [
                new("Layer 1: IR drop", "Voltage lost in the wires on the way to and from each device, sample 0.", "mV", 394, 100, drop),
                new("Layer 1: cross-point voltage", "Voltage across each device, sample 0.", "mV", 394, 100, across),
            ],
        };
    }

    private static FidelityVerdict Verdict() => new()
    {
        Passed = false,
        Summary = "The circuit classifies as well as its network, but one output node departs by 22.6 mV, more than the 20 mV allowed.",
        Limits =
        [
            Limit("accuracy_drop_percent", "Accuracy lost from the behavioural model to the circuit", 1, 0.5, "%", true,
                "91.0 % behavioural, 90.5 % circuit, 200 test samples."),
            Limit("worst_node_millivolts", "Largest difference of any neuron output", 20, 22.6, "mV", false,
                "Node l2_p4, sample 131. Loading causes most of it: see the attribution."),
            Limit("spice_millivolts", "Largest difference between native engine and ngspice", 1e-6, null, "mV", false,
                "One deck of three failed."),
        ],
        Verified =
        [
            "All 200 test samples were solved at circuit level by the native engine, with every wire segment and every device of both layers.",
            "ngspice 39 re-solved 2 exported decks (4788 node voltages); the largest difference from the native engine is 8.4e-11 V.",
        ],
        NotVerified =
        [
            "Layer 1 with all its wires was not run in ngspice: 78 800 wire nodes would take over an hour.",
            "Transient behaviour was not simulated: this run asks for operating points only.",
        ],
    };

    private static NetworkSummary Network() => new()
    {
        LayerSizes = LayerSizes,
        ConductanceRatio = 7.33,
        SupplyVolts = 0.5,
        InverterName = "ekv-phax90",
        WordLineSegmentOhms = 1,
        BitLineSegmentOhms = 1,
        SourceOhms = 0,
        DeviceCount = 41420,
        CircuitNodeCount = 83388,
        NeuronCurve = new()
        {
            Description = "EKV inverter pair, native engine, 81 points",
            GateVolts = Fill(81, i => -0.25 + i * 0.5 / 80),
            InvertedVolts = Fill(81, i => -0.25 * Math.Tanh(26 * (-0.25 + i * 0.5 / 80))),
            RestoredVolts = Fill(81, i => 0.25 * Math.Tanh(40 * Math.Tanh(26 * (-0.25 + i * 0.5 / 80)))),
        },
        Layers =
        [
            Mapping(1, 394, 100, 1.2e-7, 5.31e-7, 1.0e-6, 0),
            Mapping(2, 202, 10, 1.2e-7, 5.6e-7, 9.996e-7, 3),
        ],
    };

    private static LayerSignalError[] Layers()
    {
        var errors = new List<LayerSignalError>();
        double[] spreads = [0.9, 6.3, 5.1, 1.3, 7.9, 7.4];
        for (int layer = 1; layer <= 2; layer++)
        {
            foreach (SignalKind signal in SignalComparison.Signals)
                errors.Add(Signal(layer, signal, spreads[3 * (layer - 1) + (int)signal], layer == 1 ? 20000 : 2000));
        }

        return [.. errors];
    }

    private static LayerSignalError Signal(int layer, SignalKind signal, double spreadMillivolts, int count)
    {
        var draws = new Draws((ulong)(layer * 10 + (int)signal));
        double[] behavioural = Fill(count, _ => signal == SignalKind.Gate ? 0.03 * draws.Normal() : 0.25 * Math.Tanh(2 * draws.Normal()));
        double pull = signal == SignalKind.Gate ? 0 : 0.7;
        double[] differences = Fill(count, i => spreadMillivolts * (0.6 * draws.Normal() - pull * Math.Sign(behavioural[i])));
        double[] sizes = [.. differences.Select(Math.Abs).Order()];
        double worst = sizes[^1];
        const int Bins = 41;
        double[] edges = Fill(Bins + 1, i => worst * (2.0 * i / Bins - 1));
        int[] counts = new int[Bins];
        foreach (double difference in differences)
            counts[Math.Clamp((int)((difference + worst) / (2 * worst) * Bins), 0, Bins - 1)]++;
        int shown = Math.Min(VoltagePairs.MaximumCount, count);
        int step = count / shown;
        return new()
        {
            Layer = layer,
            Signal = signal,
            Count = count,
            RmsMillivolts = Math.Sqrt(differences.Average(d => d * d)),
            MeanMillivolts = differences.Average(),
            Percentile99Millivolts = sizes[(int)(0.99 * count)],
            WorstMillivolts = worst,
            Histogram = new() { EdgesMillivolts = edges, Counts = counts },
            Scatter = new()
            {
                BehaviouralVolts = Fill(shown, i => behavioural[i * step]),
                CircuitVolts = Fill(shown, i => behavioural[i * step] + 1e-3 * differences[i * step]),
            },
        };
    }

    private static NodeDifference[] WorstNodes()
    {
        var draws = new Draws(5);
        var nodes = new List<NodeDifference>();
        for (int i = 0; i < 20; i++)
        {
            int layer = i % 5 == 4 ? 1 : 2, neuron = draws.Below(layer == 1 ? 100 : 10);
            double behavioural = 0.25 * (2 * draws.Uniform() - 1), difference = (i % 2 == 0 ? -1 : 1) * (22.6 - 0.31 * i);
            nodes.Add(new()
            {
                NodeName = i % 3 == 0 ? NodeNames.InvertedOutput(layer - 1, neuron) : NodeNames.RestoredOutput(layer - 1, neuron),
                Sample = draws.Below(200),
                Layer = layer,
                Signal = i % 3 == 0 ? SignalKind.InvertedOutput : SignalKind.RestoredOutput,
                BehaviouralVolts = behavioural,
                CircuitVolts = behavioural + 1e-3 * difference,
                DifferenceMillivolts = difference,
            });
        }

        return [.. nodes];
    }

    private static TrainingEpoch[] History(double first, double last, double train, double test, ulong seed)
    {
        var draws = new Draws(seed);
        return
        [
            .. Enumerable.Range(1, 100).Select(epoch =>
            {
                double left = Math.Exp(-epoch / 12.0);
                return new TrainingEpoch
                {
                    Epoch = epoch,
                    Loss = last + (first - last) * left + 0.006 * draws.Normal() * (1 + 3 * left),
                    TrainAccuracyPercent = Math.Min(100, train - (train - 30) * left + 0.3 * draws.Normal()),
                    TestAccuracyPercent = Math.Min(100, test - (test - 28) * left + 0.5 * draws.Normal()),
                };
            }),
        ];
    }

    private static ClassConfusion Confusion(string engine, int wrong, ulong seed)
    {
        var draws = new Draws(seed);
        int[][] counts = [.. Enumerable.Range(0, 10).Select(c => Enumerable.Range(0, 10).Select(k => k == c ? 20 : 0).ToArray())];
        for (int i = 0; i < wrong; i++)
        {
            int row = draws.Below(10), column = (row + 1 + draws.Below(9)) % 10;
            counts[row][row]--;
            counts[row][column]++;
        }

        return new() { EngineName = engine, Counts = counts };
    }

    private static ModelAccuracy Accuracy(string name, string part, int correct, int count, double lower, double upper) => new()
    {
        Name = name,
        DataPart = part,
        CorrectCount = correct,
        SampleCount = count,
        Percent = 100.0 * correct / count,
        Lower95Percent = lower,
        Upper95Percent = upper,
    };

    private static FidelityLimit Limit(
        string name, string description, double limit, double? measured, string unit, bool passed, string explanation) => new()
        {
            Name = name,
            Description = description,
            Limit = limit,
            Measured = measured,
            Unit = unit,
            Passed = passed,
            Explanation = explanation,
        };

    private static ExportedDeck Deck(string file, string description, int? elements, long? bytes) => new()
    {
        File = file,
        Description = description,
        Dialect = "ngspice",
        Command = "ngspice -b " + file,
        ElementCount = elements,
        SizeBytes = bytes,
    };

    private static LayerMapping Mapping(
        int layer, int wordLines, int bitLines, double minimum, double mean, double maximum, int clipped) => new()
        {
            Layer = layer,
            WordLineCount = wordLines,
            BitLineCount = bitLines,
            MinimumSiemens = minimum,
            MeanSiemens = mean,
            MaximumSiemens = maximum,
            ClippedCount = clipped,
        };

    private static AttributionStep Step(string name, string description, double accuracy, double rms, double worst, double? change) => new()
    {
        Name = name,
        Description = description,
        AccuracyPercent = accuracy,
        OutputRmsMillivolts = rms,
        OutputWorstMillivolts = worst,
        RmsChangeMillivolts = change,
    };

    private static SpiceCheck Check(
        string file, string description, DeckWires wires, int nodes, int compared, double? worst, string? node, double? seconds,
        SpiceCheckStatus status, string reason) => new()
        {
            File = file,
            Description = description,
            Engine = file.Contains("xyce", StringComparison.Ordinal) ? "Xyce" : "ngspice 39",
            Command = file.Contains("xyce", StringComparison.Ordinal) ? "Xyce " + file : "ngspice -b " + file,
            Sample = file.Contains("0001", StringComparison.Ordinal) ? 1 : 0,
            Wires = wires,
            NodeCount = nodes,
            ComparedCount = compared,
            WorstVolts = worst,
            WorstNodeName = node,
            Seconds = seconds,
            Status = status,
            Reason = reason,
        };

    private static RemovedEffect Without(CircuitEffect effect, string name, double accuracy, double rms, double worst, double ladder, double interaction) => new()
    {
        Effect = effect,
        Name = name,
        Description = $"The full circuit without {name[2..]}.",
        AccuracyPercent = accuracy,
        RmsChangeMillivolts = rms,
        WorstChangeMillivolts = worst,
        ChangedClassCount = 1,
        LadderRmsMillivolts = ladder,
        InteractionRmsMillivolts = interaction,
    };

    private static CrossCheckTable CrossCheck() => new()
    {
        Engines = ["behavioural", "native", "ngspice"],
        Budgets =
        [
            new() { IsSameCircuit = false, Signal = SignalKind.Gate, Budget = 0.01, Reason = "A tenth of the steep part of the neuron curve." },
            new() { IsSameCircuit = true, Signal = SignalKind.Gate, Budget = 1e-9, Reason = "ngspice solves to 1e-12 relative." },
        ],
        Comparisons =
        [
            Comparison("behavioural", ComparisonScope.WholeNetwork, 0, 200, 0.02, new Divergence
            {
                Layer = 1, Signal = SignalKind.InvertedOutput, Name = "l1_n17", Sample = 4, Unit = "V", EngineValue = -0.1203, CircuitValue = -0.1102, Budget = 0.01,
            }),
            Comparison("ngspice-39", ComparisonScope.IdealWires, 3, 3, 2e-12, null),
            Comparison("ngspice-39", ComparisonScope.Excerpt, 6, 3, 8e-11, null),
        ],
        Samples =
        [
            .. Enumerable.Range(0, 200).Select(s => new SampleComparison
            {
                Sample = s, Label = s % 10, Classes = [s % 10, s % 40 == 3 ? (s + 1) % 10 : s % 10, s < 3 ? s % 10 : null], WorstVolts = [0.01 + 1e-5 * s, 0, s < 3 ? 1e-11 : null],
            }),
        ],
    };

    private static EngineComparison Comparison(string engine, ComparisonScope scope, int decks, int samples, double volts, Divergence? first) => new()
    {
        Engine = engine,
        Scope = scope,
        Description = $"{samples} samples, every gate and output.",
        DeckCount = decks,
        SampleCount = samples,
        Signals =
        [
            .. from layer in new[] { 1, 2 }
               from signal in new[] { SignalKind.Gate, SignalKind.InvertedOutput, SignalKind.RestoredOutput }
               select new SignalDifference
               {
                   Layer = layer, Signal = signal, Unit = "V", Count = samples * 10, Rms = volts / 5, Worst = volts * layer, WorstName = NodeNames.Gate(layer - 1, 3), WorstSample = 1,
                   Budget = volts * 1.5, BeyondCount = layer == 2 && first is not null ? 7 : 0,
               },
        ],
        FirstDivergence = first,
        Classes = scope == ComparisonScope.Excerpt ? null : new() { SampleCount = samples, AgreeingCount = samples },
    };

    private static SensitivityReport Sensitivity() => new()
    {
        SampleCount = 20,
        MeanMarginMillivolts = 212.4,
        SmallestMarginMillivolts = 3.17,
        SmallestMarginSample = 13,
        SpreadMillivoltsPerPercent = 4.2,
        Devices = [.. Enumerable.Range(0, 10).Select(i => new DeviceSensitivity
        {
            Name = NodeNames.Device(1, i, 2), Layer = 2, Microsiemens = 0.9 - 0.03 * i, MillivoltsPerPercent = 0.8 - 0.05 * i, SignedMillivoltsPerPercent = (i % 2 == 0 ? 1 : -1) * (0.7 - 0.05 * i),
        })],
        Lines = [.. Enumerable.Range(0, 10).Select(i => new LineSensitivity
        {
            Name = $"l2_{(i % 2 == 0 ? 'w' : 'b')}{i + 1}", Layer = 2, IsWordLine = i % 2 == 0, MicrovoltsPerOhm = 3.1 - 0.2 * i, WireMicrovolts = 3.1 - 0.2 * i,
        })],
        Neurons = [.. Enumerable.Range(0, 10).Select(i => new NeuronSensitivity { Name = NodeNames.Gate(0, i), Layer = 1, MillivoltsPerMillivolt = 2.2 - 0.1 * i })],
        Layers =
        [
            new() { Layer = 1, SpreadMillivoltsPerPercent = 3.3, WordLineMicrovoltsPerOhm = 12, BitLineMicrovoltsPerOhm = 41, SourceMicrovoltsPerOhm = 8, Devices = Map("Mean |dM/d ln G|", "mV/%", 394, 100) },
            new() { Layer = 2, SpreadMillivoltsPerPercent = 2.1, WordLineMicrovoltsPerOhm = 2, BitLineMicrovoltsPerOhm = 7, SourceMicrovoltsPerOhm = 1, Devices = Map("Mean |dM/d ln G|", "mV/%", 202, 10) },
        ],
    };

    private static LayerSneakPaths Sneak(int layer, int wordLines, int bitLines, double percent) => new()
    {
        Layer = layer,
        MeanPathSharePercent = percent,
        WorstName = NodeNames.Gate(layer - 1, bitLines - 1),
        WorstPathSharePercent = 2 * percent,
        BitLines = [.. Enumerable.Range(0, bitLines).Select(j => new BitLineSneakPaths
        {
            Name = NodeNames.Gate(layer - 1, j), PathSharePercent = 2 * percent * j / bitLines, SignalSharePercent = 3 * percent * j / bitLines, SneakRmsMicrovolts = 4 + j, SignalRmsMillivolts = 20,
        })],
        Shares = Map("Share of each source's signal that arrives through other devices", "%", wordLines, bitLines),
    };

    private static ReducedMap Map(string quantity, string unit, int wordLines, int bitLines)
    {
        int blockRows = (wordLines + ReducedMap.MostBlocks - 1) / ReducedMap.MostBlocks, blockColumns = (bitLines + ReducedMap.MostBlocks - 1) / ReducedMap.MostBlocks;
        int rows = (wordLines + blockRows - 1) / blockRows, columns = (bitLines + blockColumns - 1) / blockColumns;
        return new ReducedMap
        {
            Quantity = quantity,
            Unit = unit,
            WordLineCount = wordLines,
            BitLineCount = bitLines,
            BlockWordLines = blockRows,
            BlockBitLines = blockColumns,
            Rows = rows,
            Columns = columns,
            Values = Fill(rows * columns, k => Math.Round(0.01 * (k / columns) + 0.02 * (k % columns), 4)),
        };
    }

    private static SpeedReport Speed() => new()
    {
        Engine = "native",
        Capacitances = new()
        {
            WordLineSegmentFarads = 1e-16,
            BitLineSegmentFarads = 1e-16,
            GateFarads = 6e-17,
            TotalFarads = 8.4e-12,
            Sources = ["Wire: 0.2 fF/µm times the length of a segment.", "Gate: 0.06 fF a transistor pair."],
        },
        HoldSeconds = 200e-9,
        EdgeSeconds = 1e-11,
        Transitions = [.. Enumerable.Range(0, 5).Select(i => new SpeedTransition { Sample = i, DelaySeconds = 1e-9 * (11 + i), SlowestNodeName = "l2_n4", FinalVolts = -0.21 })],
        WorstDelaySeconds = 15e-9,
        MeanDelaySeconds = 13e-9,
        PeriodSeconds = 15.75e-9,
        EnergyPerInferenceJoules = 37.4e-12,
        RailEnergyJoules = 9.1e-12,
        InputEnergyJoules = 28.3e-12,
        MeanPowerWatts = 2.37e-3,
        StaticPowerWatts = 2.31e-3,
        Waveform = new()
        {
            Sample = 4,
            TimesSeconds = Fill(60, i => 0.5e-9 * i),
            NodeNames = ["l2_n1", "l2_n2", "l2_n3", "l2_n4", "l2_n5", "l2_n6", "l2_n7"],
            Volts = [.. Enumerable.Range(0, 7).Select(n => Fill(60, i => 0.25 * Math.Tanh((n - 3) * (1 - Math.Exp(-i / (6.0 + n))))))],
        },
        Comparison = new()
        {
            Engine = "ngspice-39",
            WorstDelaySeconds = 15.02e-9,
            EnergyPerInferenceJoules = 37.42e-12,
            DelayDifferencePercent = 0.13,
            EnergyDifferencePercent = 0.05,
            LimitPercent = 1,
            Passed = true,
        },
    };

    private static double Conductance(Draws draws) => 0.12 + 0.88 / (1 + Math.Exp(-1.8 * draws.Normal()));

    private static double[] Fill(int count, Func<int, double> value)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) values[i] = value(i);
        return values;
    }
}
