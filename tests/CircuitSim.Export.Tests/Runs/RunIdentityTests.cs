using CircuitSim.Circuit.Crossbars;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.Runs;

/// <summary>When a stage is kept, and that whoever computes leaves the same bytes.</summary>
public sealed class RunIdentityTests : IDisposable
{
    private static readonly RunStage[] All = [RunStage.Train, RunStage.Map, RunStage.Export, RunStage.Check, RunStage.Report];

    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("phax")]
    [InlineData("in-situ")]
    [InlineData("ex-situ")]
    [InlineData("bayesian")]
    [InlineData("arrays")]
    public void A_run_in_one_go_and_one_stage_by_stage_in_processes_of_their_own_leave_the_same_bytes(string method)
    {
        string text = MethodExperiments.Text(method);

        MethodExperiments.Create(_files, "one", text).RunThrough(RunStage.Report);
        foreach (RunStage stage in All) MethodExperiments.Create(_files, "parts", text).RunThrough(stage);

        SortedDictionary<string, string> one = MethodExperiments.Files(_files.File("one")), parts = MethodExperiments.Files(_files.File("parts"));
        Assert.Contains("fidelity.json", one.Keys);
        Assert.Equal(one.Keys, parts.Keys);
        foreach (string file in one.Keys) Assert.Equal(one[file], parts[file]);
        Assert.Empty(MethodExperiments.Done(_files, "one", text));
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("phax")]
    [InlineData("in-situ")]
    [InlineData("ex-situ")]
    [InlineData("bayesian")]
    [InlineData("arrays")]
    public void Another_build_of_the_program_makes_every_stage_again_and_other_vector_units_are_refused(string method)
    {
        string text = MethodExperiments.Text(method);
        MethodExperiments.Create(_files, "run", text).RunThrough(RunStage.Report);

        // Kept trainings and points are of the build that made them, too.
        var refused = Assert.Throws<VectorUnitsException>(() => MethodExperiments.Done(_files, "run", text, change: s => s with { VectorUnits = "x64 1024/1024" }));
        Assert.Contains("--mix-widths", refused.Message, StringComparison.Ordinal);
        Assert.Contains("x64 1024/1024", refused.Message, StringComparison.Ordinal);
        File.Delete(_files.File("run/report.html"));
        Assert.Equal([RunStage.Report], MethodExperiments.Done(_files, "run", text, change: s => s with { VectorUnits = "x64 1024/1024", MixesVectorUnits = true }));
        Assert.Equal(All, MethodExperiments.Done(_files, "run", text, change: s => s with { Program = s.Program + "0" }));
        Assert.Empty(MethodExperiments.Done(_files, "run", text, change: s => s with { Program = s.Program + "0" }));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Mixed_vector_units_are_named_in_the_document()
    {
        string text = MethodExperiments.Text("phax");
        MethodExperiments.Create(_files, "run", text).RunThrough(RunStage.Export);

        RunPipeline mixed = MethodExperiments.Create(_files, "run", text, s => s with { VectorUnits = "x64 1024/1024", MixesVectorUnits = true });
        mixed.RunThrough(RunStage.Report);

        string[] expected = [new RunServices().VectorUnits, "x64 1024/1024"];
        Assert.Equal(expected, mixed.Fidelity!.VectorUnits);
        Assert.Contains(string.Join(" and ", expected), File.ReadAllText(mixed.Folder.Report), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Weights_that_change_under_the_same_onnx_path_make_the_whole_run_again()
    {
        string model = _files.File("model.onnx");
        File.Copy(Path.Combine(Repository.Root, "tests/CircuitSim.Training.Tests/Onnx/Models/mnist-toy.onnx"), model);
        ArchitectureAware.QuarterImages.Write(_files.Root, 28);
        string text = $$"""
            name: elsewhere
            data:    { set: mnist, images: 60 }
            network: { onnx: {{model}} }
            train:   { method: architecture-aware, batch: 20 }
            trainings:
              - { name: tuned, level: 3, from: imported, epochs: 1, learning_rate: 0.02 }
            evaluations:
              - { figure: 8, of: [imported, tuned], level: 3, images: 20 }
            """;
        MethodExperiments.Create(_files, "run", text).RunThrough(RunStage.Report);
        byte[] before = File.ReadAllBytes(_files.File("run/fidelity.json"));

        // The last digits of weights, which stand in the middle of the file.
        byte[] bytes = File.ReadAllBytes(model);
        for (int i = bytes.Length / 3; i < bytes.Length / 2; i += 4) bytes[i] ^= 0x40;
        File.WriteAllBytes(model, bytes);

        Assert.Equal(All, MethodExperiments.Done(_files, "run", text));
        Assert.NotEqual(before, File.ReadAllBytes(_files.File("run/fidelity.json")));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_byte_of_an_input_file_counts()
    {
        string table = _files.File("own.csv"), inverter = MethodExperiments.WriteInverter(_files), card = _files.File("card.json");
        File.WriteAllText(table, "a,b,label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7},{i % 5},{(i % 7 > 3 ? "yes" : "no")}\n")));
        File.WriteAllText(card, """{ "schemaVersion": 1, "name": "own", "minimumSiemens": 1e-7, "maximumSiemens": 8e-6, "source": "a test" }""");
        string text = $$"""
            name: files
            data:    { set: {{table}}, label: label }
            network: { layers: [2, 2, 2] }
            train:   { epochs: 2 }
            device:  { card: {{card}} }
            circuit: { inverter: {{inverter}}, supply_volts: 1.0, segment_ohms: 2 }
            check:   { samples: 4, against: [behavioural] }
            export:  { samples: [0] }
            """;
        text = text.Replace("supply_volts: 1.0", FormattableString.Invariant($"supply_volts: {Mapping.Networks.InverterFile.Read(inverter).SupplyVolts:R}"), StringComparison.Ordinal);
        MethodExperiments.Create(_files, "run", text).RunThrough(RunStage.Report);
        Assert.Empty(MethodExperiments.Done(_files, "run", text));

        // A class by another name, a comment of the card, the last digit of a current: all of them are in the report.
        Change(table, t => t.Replace("yes", "ja", StringComparison.Ordinal), All);
        Change(card, t => t.Replace("a test", "another test", StringComparison.Ordinal), All[1..]);
        Change(inverter, t => t + "\n", All);
        byte[] amps = File.ReadAllBytes(Path.ChangeExtension(inverter, "output.npy"));
        amps[^8] ^= 1;
        File.WriteAllBytes(Path.ChangeExtension(inverter, "output.npy"), amps);
        Assert.Equal(All, MethodExperiments.Done(_files, "run", text));

        // What a stage wrote is what the next one reads, whoever changed it.
        byte[] theta = File.ReadAllBytes(_files.File("run/model.theta1.npy"));
        theta[^8] ^= 1;
        File.WriteAllBytes(_files.File("run/model.theta1.npy"), theta);
        Assert.Equal(All[1..], MethodExperiments.Done(_files, "run", text));
        Change(_files.File("run/netlist/ngspice/sample0.cir"), t => t + "* seen\n", All[3..]);
        Change(_files.File("run/fidelity.json"), t => t + "\n", All[4..]);

        void Change(string path, Func<string, string> change, RunStage[] expected)
        {
            File.WriteAllText(path, change(File.ReadAllText(path)));
            Assert.Equal(expected, MethodExperiments.Done(_files, "run", text));
            Assert.Empty(MethodExperiments.Done(_files, "run", text));
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_stage_that_cannot_be_built_upon_says_why()
    {
        string text = MethodExperiments.Text("phax");
        MethodExperiments.Create(_files, "run", text).RunThrough(RunStage.Map);
        var folder = new RunFolder(_files.File("run"));
        var services = new RunServices();

        Assert.Contains("'export' has not been done", Refusal(services, RunStage.Check), StringComparison.Ordinal);
        Assert.Contains("another build of the program", Refusal(services with { Program = "0.0.0" }, RunStage.Map), StringComparison.Ordinal);
        Assert.Throws<VectorUnitsException>(() => RunPipeline.Open(folder, services with { VectorUnits = "none" }).RunOnly(RunStage.Export));

        string Refusal(RunServices with, RunStage stage) =>
            Assert.Throws<Circuit.Errors.InputFileException>(() => RunPipeline.Open(folder, with).RunOnly(stage)).Message;
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_build_is_part_of_the_version_and_vector_units_have_a_name()
    {
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+\\+[0-9a-f]{12}$", ProgramVersion.Text);
        Assert.Matches("^[a-z0-9]+ (64|256|512)/(128|256|512)$", Circuit.Linear.VectorUnits.Name);
        // No path and no commit may be in an assembly, or equal sources would make different builds.
        byte[] assembly = File.ReadAllBytes(typeof(CrossbarSpec).Assembly.Location);
        Assert.True(assembly.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Repository.Root + Path.DirectorySeparatorChar)) < 0);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("phax")]
    [InlineData("in-situ")]
    [InlineData("ex-situ")]
    [InlineData("bayesian")]
    public void Every_device_of_a_table_has_the_name_that_decks_give_it(string method)
    {
        RunPipeline run = MethodExperiments.Create(_files, "run", MethodExperiments.Text(method));
        run.RunThrough(RunStage.Export);

        // Decks of studies hold one tile or one crossbar; names follow the same rule in the others.
        HashSet<string> inDecks = [.. Directory.EnumerateFiles(Path.Combine(run.Folder.Netlists, "ngspice"), "*.cir")
            .SelectMany(File.ReadLines).Where(l => l.StartsWith("rl", StringComparison.Ordinal)).Select(l => l[..l.IndexOf(' ', StringComparison.Ordinal)])];
        string[] names = [.. File.ReadLines(run.Folder.Devices).Skip(1).Select(l => l[..l.IndexOf(',', StringComparison.Ordinal)])];
        Assert.NotEmpty(inDecks);
        Assert.Empty(inDecks.Except(names));
        string[] outside = [.. names.Distinct().Except(inDecks)];
        if (method != "bayesian") Assert.Empty(outside);
        else Assert.All(outside, n => Assert.Matches("^rl2_[0-9]+_[0-9]+$", n));
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("card: siox, programming: one_shot", true)]
    [InlineData("card: siox", true)]
    [InlineData("card: phax", true)]
    [InlineData("card: cmo-hfox, programming: one_shot", false)]
    public void A_nonlinear_card_over_plain_resistors_is_said_aloud(string device, bool isNonlinear)
    {
        string text = MethodExperiments.Text("phax").Replace("circuit:", $"device: {{ {device}, conductance_ratio: 2 }}\ncircuit:", StringComparison.Ordinal);
        RunPipeline run = MethodExperiments.Create(_files, "run", text);
        run.RunThrough(RunStage.Report);

        FidelityDocument document = run.Fidelity!;
        string page = File.ReadAllText(run.Folder.Report);
        string[] leftOut = [.. document.SkippedEffects.Where(e => e.Effect is null).Select(e => e.Reason)];
        Assert.Equal(isNonlinear, leftOut.Any(r => r.StartsWith("The card states a nonlinear I-V law", StringComparison.Ordinal) && r.EndsWith("this circuit contains plain resistors.", StringComparison.Ordinal)));
        Assert.Equal(leftOut.Length > 0, page.Contains("does not contain all that the device card states", StringComparison.Ordinal));
        // The law is not solved, so that nothing is assumed of it.
        Assert.DoesNotContain(document.Network.DeviceAssumptions, a => a.Contains("nonlinearity", StringComparison.Ordinal));
        if (device.StartsWith("card: cmo", StringComparison.Ordinal))
        {
            Assert.Contains(leftOut, r => r.StartsWith("The card states drift", StringComparison.Ordinal));
            Assert.Contains(leftOut, r => r.StartsWith("The card states read noise", StringComparison.Ordinal));
            Assert.DoesNotContain(document.Network.DeviceAssumptions, a => a.StartsWith("Relaxation", StringComparison.Ordinal));
        }
    }
}
