using System.Diagnostics;
using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;
using CircuitSim.Export.Sweep;
using CircuitSim.Mapping.Files;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.Runs;

/// <summary>One process works on a folder, a dead one hinders nobody, and nothing outside of it is touched.</summary>
public sealed class FolderLockTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_second_owner_is_refused_and_told_who_the_first_is()
    {
        string folder = _files.File("run");
        using (FolderLock.Take(folder))
        {
            string message = Assert.Throws<RunFolderException>(() => FolderLock.Take(folder)).Message;
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}"), message, StringComparison.Ordinal);
            Assert.Throws<RunFolderException>(() => MethodExperiments.Create(_files, "run", MethodExperiments.Text("phax")).RunThrough(RunStage.Train));
            Assert.Throws<RunFolderException>(() => SweepRun.Create(
                ExperimentFile.Parse(MethodExperiments.Text("phax") + "\nsweep: { chips: 2 }\n", "e.yaml"), new SweepFolder(folder), new RunServices(), SweepShard.Whole, 1));
        }

        Assert.False(Directory.Exists(folder));
        FolderLock.Take(folder).Dispose();
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_dead_owner_hinders_nobody_and_a_living_one_everybody()
    {
        string folder = _files.File("run"), path = Path.Combine(folder, FolderLock.OwnerFileName), host = Environment.MachineName;
        using Process other = Process.Start(new ProcessStartInfo("dotnet", ["--version"]) { RedirectStandardOutput = true })!;
        (int number, DateTime started) = (other.Id, other.StartTime.ToUniversalTime());
        other.WaitForExit();

        // Ended; another process that has its number now; garbage; a machine that has been silent for long.
        Assert.True(IsTaken(Owner(host, number, started)));
        Assert.True(IsTaken(Owner(host, 1, DateTime.UtcNow)));
        Assert.True(IsTaken("{ \"Host\": null }"));
        Assert.True(IsTaken("\0\0"));
        Assert.True(IsTaken(Owner("elsewhere", 7, started), DateTime.UtcNow.AddMinutes(-5)));
        Assert.False(IsTaken(Owner("elsewhere", 7, started), DateTime.UtcNow));

        bool IsTaken(string owner, DateTime? touched = null)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(path, owner);
            if (touched is { } time) File.SetLastWriteTimeUtc(path, time);
            try
            {
                FolderLock.Take(folder).Dispose();
                return true;
            }
            catch (RunFolderException)
            {
                return false;
            }
        }

        static string Owner(string host, int number, DateTime started) => System.Text.Json.JsonSerializer.Serialize(new { Host = host, Process = number, Started = started, Since = started });
    }

    [SkippableTheory]
    [Trait("Kind", "closed form")]
    [InlineData("log.jsonl")]
    [InlineData("stages.json")]
    [InlineData("model.json")]
    [InlineData(FolderLock.FileName)]
    [InlineData(FolderLock.OwnerFileName)]
    [InlineData("netlist")]
    [InlineData("figures/x.svg")]
    public void Links_in_a_folder_are_refused_and_what_they_lead_to_is_left_alone(string name)
    {
        Skip.If(OperatingSystem.IsWindows(), "making links needs a privilege there");
        string target = _files.File("mine"), text = MethodExperiments.Text("phax");
        MethodExperiments.Create(_files, "run", text).RunThrough(RunStage.Export);
        string place = _files.File("run/" + name);
        if (name == "netlist")
        {
            Directory.Move(place, target);
            Directory.CreateSymbolicLink(place, target);
        }
        else
        {
            File.WriteAllText(target, "a key");
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Delete(place);
            File.CreateSymbolicLink(place, target);
        }

        var refused = Assert.ThrowsAny<CircuitSimException>(() => MethodExperiments.Create(_files, "run", text).RunThrough(RunStage.Report));

        Assert.Contains("is a link", refused.Message, StringComparison.Ordinal);
        if (name == "netlist") Assert.True(File.Exists(Path.Combine(target, "decks.json")));
        else Assert.Equal("a key", File.ReadAllText(target));
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void A_journal_that_is_a_link_keeps_its_target()
    {
        Skip.If(OperatingSystem.IsWindows(), "making links needs a privilege there");
        File.WriteAllText(_files.File("key"), "no end of line");
        File.CreateSymbolicLink(_files.File("journal.jsonl"), _files.File("key"));

        Assert.Contains("is a link", Assert.Throws<InputFileException>(() => SweepJournal.Open(_files.File("journal.jsonl"))).Message, StringComparison.Ordinal);
        Assert.Contains("is a link", Assert.Throws<InputFileException>(() => AtomicFile.WriteText(_files.File("journal.jsonl"), w => w.Write("x"))).Message, StringComparison.Ordinal);
        Assert.Equal("no end of line", File.ReadAllText(_files.File("key")));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Whatever_is_left_half_written_is_a_run_and_is_cleared_and_a_users_files_are_neither()
    {
        string text = MethodExperiments.Text("phax");
        MethodExperiments.Create(_files, "expected", text).RunThrough(RunStage.Export);
        Directory.CreateDirectory(_files.File("run/.netlist.4711.part/ngspice"));
        File.WriteAllText(_files.File("run/.model.json.4711.part"), "half");
        File.WriteAllText(_files.File("run/" + FolderLock.FileName), "");
        MethodExperiments.Create(_files, "run", text).RunThrough(RunStage.Export);
        Assert.Equal(MethodExperiments.Files(_files.File("expected")), MethodExperiments.Files(_files.File("run")));

        // A run that ended between its first two files.
        Directory.CreateDirectory(_files.File("begun"));
        File.WriteAllText(_files.File("begun/stages.json"), "{}\n");
        MethodExperiments.Create(_files, "begun", text).RunThrough(RunStage.Export);
        Assert.Equal(MethodExperiments.Files(_files.File("expected")), MethodExperiments.Files(_files.File("begun")));

        Directory.CreateDirectory(_files.File("users"));
        File.WriteAllText(_files.File("users/thesis.1.part"), "mine");
        Assert.Throws<RunFolderException>(() => MethodExperiments.Create(_files, "users", text));
        Assert.Equal("mine", File.ReadAllText(_files.File("users/thesis.1.part")));
    }
}
