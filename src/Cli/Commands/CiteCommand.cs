using System.CommandLine;
using System.Text.Json;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim cite</c>: what to cite for a run or an experiment.</summary>
internal static class CiteCommand
{
    internal static Command Create(CliContext context)
    {
        var subject = new Argument<string>("RUN") { Description = "Run folder, experiment file, or a shipped experiment." };
        var bibTeX = new Option<bool>("--bibtex") { Description = "Print BibTeX entries only, to be appended to a .bib file." };
        var command = new Verb("cite", "Says what to cite for a run: methods, models, data and device measurements that its numbers rest on.",
            "cite phax-iris", "cite runs/phax-iris --bibtex")
        {
            subject, bibTeX,
        };
        command.SetAction(parsed =>
        {
            string text = parsed.GetValue(subject)!;
            var folder = new RunFolder(text);
            Experiment experiment = folder.IsRun ? ExperimentFile.Read(folder.Experiment) : ExperimentArgument.Resolve(text, seed: null);
            IReadOnlyList<Citation> works = Citations.Of(experiment);
            if (parsed.GetValue(SharedOptions.Json)) WriteJson(context.Output, experiment, works);
            else if (parsed.GetValue(bibTeX)) context.Output.Write(string.Join('\n', works.Select(w => w.ToBibTeX())));
            else WriteText(context.Output, works);
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteText(TextWriter output, IReadOnlyList<Citation> works)
    {
        foreach (Citation work in works) output.Write($"[{work.Reason}]\n  {work.Text}\n");
        output.Write($"\n{string.Join('\n', works.Select(w => w.ToBibTeX()))}");
    }

    private static void WriteJson(TextWriter output, Experiment experiment, IReadOnlyList<Citation> works) => output.Write(JsonSerializer.Serialize(new
    {
        schemaVersion = 1,
        name = experiment.Name,
        programVersion = ProgramVersion.Text,
        works = works.Select(w => new
        {
            key = w.Key,
            kind = w.Kind,
            reason = w.Reason,
            authors = w.Authors,
            title = w.Title,
            fields = w.Fields.ToDictionary(f => f.Key, f => f.Value),
            text = w.Text,
            bibtex = w.ToBibTeX(),
        }),
    }, FidelityJson.Options) + "\n");
}
