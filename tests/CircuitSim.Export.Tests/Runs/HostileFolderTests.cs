using System.Globalization;
using System.Text;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Export.Comparison;
using CircuitSim.Export.InSitu;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Runs;
using CircuitSim.Export.Sweep;
using CircuitSim.Mapping.Networks;
using CircuitSim.TestSupport;
using CircuitSim.Training.Bayesian;

namespace CircuitSim.Export.Tests.Runs;

/// <summary>Files of run folders and experiments as strangers may have changed them: every reader refuses them as bad input, or reads them.</summary>
public sealed class HostileFolderTests : IDisposable
{
    private static readonly string[] Methods = ["phax", "in-situ", "ex-situ", "bayesian", "arrays"];

    // More seeds by the environment: CIRCUITSIM_FUZZ=10000 dotnet test … --filter HostileFolder
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("CIRCUITSIM_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int seeds) ? seeds : 300;

    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("stages.json", "{\"Train\":null}")]
    [InlineData("stages.json", "null")]
    [InlineData("stages.json", "{\"Nothing\":{\"Fingerprint\":\"\",\"Seconds\":1}}")]
    [InlineData("stages.json", "{\"Train\":{\"Fingerprint\":null,\"Seconds\":1}}")]
    [InlineData("stages.json", "{\"Train\":{\"Fingerprint\":\"\",\"Seconds\":1e999}}")]
    [InlineData("stages.json", "{\"Train\":{\"Fingerprint\":\"\\ud800\",\"Seconds\":1}}")]
    public void Stages_that_are_none_are_refused_with_what_to_do(string file, string text)
    {
        MethodExperiments.Create(_files, "run", MethodExperiments.Text("phax")).RunThrough(RunStage.Map);
        File.WriteAllText(_files.File($"run/{file}"), text);

        string message = Assert.Throws<InputFileException>(() => RunPipeline.Open(new RunFolder(_files.File("run")), new RunServices()).RunOnly(RunStage.Export)).Message;

        Assert.Contains("--force", message, StringComparison.Ordinal);
        RunPipeline.Create(ExperimentFile.Read(_files.File("run/experiment.yaml")), new RunFolder(_files.File("run")), new RunServices(), isForced: true).RunThrough(RunStage.Map);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("phax", "model.json", "thetaFile\": \"model.theta1.npy", "thetaFile\": \"../run/model.theta1.npy")]
    [InlineData("phax", "model.json", "thetaFile\": \"model.theta1.npy", "thetaFile\": \"/etc/hostname")]
    [InlineData("phax", "model.json", "thetaFile\": \"model.theta1.npy", "thetaFile\": \"a\\u0000")]
    [InlineData("phax", "model.json", "thetaFile\": \"model.theta1.npy", "thetaFile\": \"")]
    [InlineData("in-situ", "model.json", "model.layer1.digit1.positive.npy", "../run/model.layer1.digit1.positive.npy")]
    [InlineData("phax", "netlist/decks.json", "\"sample0.cir\"", "\"../../experiment.yaml\"")]
    [InlineData("phax", "netlist/decks.json", "\"ngspice\"", "\"../netlist/ngspice\"")]
    public void A_path_in_a_file_stays_in_its_folder(string method, string file, string from, string to)
    {
        MethodExperiments.Create(_files, "run", MethodExperiments.Text(method)).RunThrough(RunStage.Export);
        string path = _files.File($"run/{file}"), text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));

        RunPipeline run = MethodExperiments.Create(_files, "run", MethodExperiments.Text(method));

        Assert.Throws<InputFileException>(() => run.RunThrough(RunStage.Check));
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void A_link_out_of_the_folder_is_not_followed()
    {
        Skip.If(OperatingSystem.IsWindows(), "making links needs a privilege there");
        MethodExperiments.Create(_files, "run", MethodExperiments.Text("phax")).RunThrough(RunStage.Train);
        File.Move(_files.File("run/model.theta1.npy"), _files.File("outside.npy"));
        File.CreateSymbolicLink(_files.File("run/model.theta1.npy"), _files.File("outside.npy"));

        Assert.Contains("is a link", Assert.Throws<InputFileException>(() => TrainedNetworkFile.Read(_files.File("run/model.json"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void No_change_to_a_file_of_a_run_is_more_than_bad_input()
    {
        foreach (string method in Methods) MethodExperiments.Create(_files, method, MethodExperiments.Text(method)).RunThrough(RunStage.Report);
        Experiment swept = ExperimentFile.Parse(MethodExperiments.Text("phax") + "\nsweep: { chips: 3 }\n", "sweep.yaml");
        SweepRun.Create(swept, new SweepFolder(_files.File("sweep")), new RunServices(), SweepShard.Whole, 1).Run();
        (string File, Action<string> Read)[] readers =
        [
            .. Methods.Select(m => ($"{m}/stages.json", (Action<string>)(p => RunStages.Open(p)))),
            .. Methods.Select(m => ($"{m}/netlist/decks.json", (Action<string>)(p => DeckExporter.ReadIndex(Path.GetDirectoryName(p)!)))),
            ("phax/model.json", p => TrainedNetworkFile.Read(p)),
            ("in-situ/model.json", p => InSituNetworkFile.Read(p)),
            ("bayesian/model.json", p => PosteriorFile.Read(p)),
            ("phax/training.json", p => TrainingRecord.Read(p)),
            ("in-situ/training.json", p => InSituTrainingRecord.Read(p)),
            .. Methods.Select(m => ($"{m}/fidelity.json", (Action<string>)(_ => Report(m)))),
            ("phax/fidelity.json", p => RunComparer.Compare(new RunFolder(Path.GetDirectoryName(p)!), new RunFolder(Path.GetDirectoryName(p)!))),
            ("in-situ/training.json", _ => Report("in-situ")),
            ("arrays/points.jsonl", _ => Again("arrays")),
            ("sweep/sweep.json", p => SweepManifest.Read(new SweepFolder(Path.GetDirectoryName(p)!))),
            ("sweep/journal.jsonl", p => SweepJournal.Read(p)),
            ("phax/model.theta1.npy", p => TrainedNetworkFile.Read(Path.ChangeExtension(p.Replace(".theta1", "", StringComparison.Ordinal), "json"))),
        ];

        var failures = new List<string>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            var random = new CounterRandom((ulong)seed, "changed files");
            (string file, Action<string> read) = readers[seed % readers.Length];
            string path = _files.File(file);
            byte[] whole = File.ReadAllBytes(path), changed = file.EndsWith(".json", StringComparison.Ordinal) ? Mutations.Json(whole, random)
                : file.EndsWith(".jsonl", StringComparison.Ordinal) ? Line(whole, random) : Mutations.Bytes(whole, random);
            File.WriteAllBytes(path, changed);
            try
            {
                read(path);
            }
            catch (CircuitSimException)
            {
                // Said as it should be.
            }
            catch (Exception e)
            {
                failures.Add($"seed {seed}, {file}: {e}\n{Encoding.UTF8.GetString(changed[..Math.Min(changed.Length, 1000)])}");
            }

            File.WriteAllBytes(path, whole);
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Take(20)));

        void Report(string method)
        {
            // The stage writes a page; whether it is kept is of no matter.
            RunPipeline run = RunPipeline.Open(new RunFolder(_files.File(method)), new RunServices { DataFolder = _files.Root });
            run.RunOnly(RunStage.Report);
        }

        void Again(string method)
        {
            string fidelity = _files.File($"{method}/fidelity.json");
            byte[] kept = File.ReadAllBytes(fidelity);
            File.Delete(fidelity);
            try
            {
                RunPipeline.Open(new RunFolder(_files.File(method)), new RunServices { DataFolder = _files.Root }).RunThrough(RunStage.Check);
            }
            finally
            {
                File.WriteAllBytes(fidelity, kept);
            }
        }

        static byte[] Line(byte[] lines, CounterRandom random)
        {
            string[] all = Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            int at = random.Below(500, all.Length);
            all[at] = Encoding.Latin1.GetString(Mutations.Json(Encoding.UTF8.GetBytes(all[at]), random)).ReplaceLineEndings(" ");
            return Encoding.Latin1.GetBytes(string.Join('\n', all) + "\n");
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void No_change_to_an_experiment_is_more_than_bad_input()
    {
        string[] texts = [.. Methods.Select(MethodExperiments.Text), .. ShippedExperiments.Names.Select(n =>
        {
            using var text = new StringWriter();
            ExperimentFile.Write(text, ShippedExperiments.Find(n)!);
            return text.ToString();
        })];
        for (int seed = 0; seed < Seeds; seed++)
        {
            var random = new CounterRandom((ulong)seed, "changed experiments");
            string changed = texts[seed % texts.Length];
            for (int i = 0; i <= seed % 3; i++) changed = Mutations.Yaml(changed, new CounterRandom((ulong)(1000 * seed + i), "changed lines"));
            try
            {
                ExperimentFile.Parse(changed, "changed.yaml");
                File.WriteAllBytes(_files.File("changed.yaml"), Mutations.Bytes(Encoding.UTF8.GetBytes(changed), random));
                ExperimentFile.Read(_files.File("changed.yaml"));
            }
            catch (InputFileException)
            {
                // Said as it should be.
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}\n{changed}");
            }
        }
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("deep list", "deep in each other")]
    [InlineData("deep section", "deep in each other")]
    [InlineData("alias bomb", "anchors and aliases")]
    [InlineData("self", "anchors and aliases")]
    [InlineData("too long", "at most")]
    [InlineData("many", "more than 50000 values")]
    [InlineData("chips", "--most-chips")]
    [InlineData("grid", "at most 10000")]
    [InlineData("layers", "at most")]
    [InlineData("devices", "devices; at most")]
    [InlineData("batch", "at most")]
    public void What_is_too_large_is_refused_before_it_is_made(string what, string reason)
    {
        const string head = "name: a\ndata: { set: iris }\nnetwork: { layers: [4, 4, 3] }\n";
        string text = what switch
        {
            "deep list" => "name: a\ndata: " + new string('[', 100_000),
            "deep section" => "name: a\n" + string.Concat(Enumerable.Range(0, 500).Select(i => new string(' ', i) + "a:\n")),
            "alias bomb" => "a: &a [x, x, x]\n" + string.Concat(Enumerable.Range(1, 24).Select(i => $"{(char)('a' + i)}: &{(char)('a' + i)} [*{(char)('a' + i - 1)}, *{(char)('a' + i - 1)}]\n")),
            "self" => "a: &a [*a]\n",
            "too long" => head + "# " + new string('x', 2_000_000),
            "many" => head + "export: { samples: [" + string.Join(",", Enumerable.Repeat("1", 100_000)) + "] }\n",
            "chips" => head + "sweep: { chips: 2000000000 }\n",
            "grid" => head + "sweep: { chips: 1, grid: { " + string.Join(", ", Enumerable.Range(0, 5).Select(i => $"device.k{i}: [{string.Join(", ", Enumerable.Range(0, 100))}]")) + " } }\n",
            "layers" => head.Replace("[4, 4, 3]", "[4, 2000000000, 3]", StringComparison.Ordinal),
            "devices" => head.Replace("[4, 4, 3]", "[4, 100000, 100000, 3]", StringComparison.Ordinal),
            _ => head + "train: { batch: 2000000000 }\n",
        };

        long before = GC.GetTotalAllocatedBytes();
        var refused = Assert.ThrowsAny<CircuitSimException>(() =>
        {
            Experiment experiment = ExperimentFile.Parse(text, "large.yaml");
            SweepRun.Create(experiment, new SweepFolder(_files.File("sweep")), new RunServices(), SweepShard.Whole, 1);
        });

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        // A refused file takes no more than some multiple of its own size.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 200_000_000);
    }
}
