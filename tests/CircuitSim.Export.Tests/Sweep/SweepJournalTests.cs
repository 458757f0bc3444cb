using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Sweep;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.Sweep;

public sealed class SweepJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("journal.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Kind", "property")]
    public void What_was_appended_is_read_again()
    {
        ChipRecord[] records = [Chips.Of(1, 90), Chips.Of(2, 30) with { Failure = "a \"gate\" floats\nhere", OutputRmsMillivolts = null, PowerMilliwatts = null }, Chips.Of(3, 70)];
        using (SweepJournal journal = SweepJournal.Open(Path))
            foreach (ChipRecord record in records) journal.Append(record);

        Assert.Equal(3, File.ReadAllLines(Path).Length);
        using SweepJournal again = SweepJournal.Open(Path);
        Assert.Equal(records, again.Records());
        Assert.Equal(records[1], again.Find(1, 2));
        Assert.False(again.Has(1, 4));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Cut_at_any_byte_it_keeps_exactly_the_whole_lines()
    {
        using (SweepJournal journal = SweepJournal.Open(Path))
            for (int chip = 1; chip <= 3; chip++) journal.Append(Chips.Of(chip, 10 * chip));
        byte[] whole = File.ReadAllBytes(Path);

        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            int lines = whole.AsSpan(0, length).Count((byte)'\n');
            using SweepJournal journal = SweepJournal.Open(Path);
            Assert.Equal(lines, journal.Count);
            for (int chip = lines + 1; chip <= 3; chip++) journal.Append(Chips.Of(chip, 10 * chip));
            journal.Dispose();
            Assert.Equal(whole, File.ReadAllBytes(Path));
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_broken_line_before_the_last_is_an_error_with_its_number()
    {
        using (SweepJournal journal = SweepJournal.Open(Path)) journal.Append(Chips.Of(1, 50));
        File.AppendAllText(Path, "{ \"point\": 1,\n");

        var e = Assert.Throws<InputFileException>(() => SweepJournal.Open(Path));
        Assert.Equal(2, e.Line);
        Assert.Contains("Delete the line", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void One_chip_with_two_results_is_an_error_and_a_repeated_line_counts_once()
    {
        using (SweepJournal journal = SweepJournal.Open(Path)) journal.Append(Chips.Of(1, 50));
        string line = File.ReadAllText(Path);
        File.AppendAllText(Path, line);
        Assert.Single(SweepJournal.Read(Path));

        File.AppendAllText(Path, line.Replace("\"correctCount\":50", "\"correctCount\":51", StringComparison.Ordinal));
        Assert.Contains("a second time", Assert.Throws<InputFileException>(() => SweepJournal.Read(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Two_processes_cannot_write_one_journal()
    {
        using SweepJournal first = SweepJournal.Open(Path);

        Assert.Contains("Is another sweep at work", Assert.Throws<InputFileException>(() => SweepJournal.Open(Path)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void A_device_that_takes_nothing_is_a_typed_error()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        using SweepJournal journal = SweepJournal.Open("/dev/full");

        var e = Assert.Throws<SweepWriteException>(() => journal.Append(Chips.Of(1, 50)));
        Assert.Equal("/dev/full", e.Path);
        Assert.Equal(0, e.RecordedCount);
        Assert.Equal(0, journal.Count);
    }
}
