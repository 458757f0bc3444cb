using System.Globalization;
using CircuitSim.Export.Runs;
using Spectre.Console;

namespace CircuitSim.Cli;

/// <summary>Progress of a run: bars when a person watches the error stream, one line a stage when it goes to a file, nothing when quiet.</summary>
internal static class ProgressDisplay
{
    // Bar (40), percentage, elapsed time and the spaces between them: what a line keeps free for a message.
    private const int WidthOfBars = 60;

    internal static void Show(CliContext context, bool isQuiet, bool isVerbose, Action<IProgress<RunProgress>?> work)
    {
        if (isQuiet) work(null);
        else if (context.IsErrorTerminal) ShowBars(context, work);
        else work(new Lines(context.Error, isVerbose));
    }

    private static void ShowBars(CliContext context, Action<IProgress<RunProgress>?> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(context.Error),
            ColorSystem = context.WantsColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(display => work(new Bars(display, Math.Max(20, console.Profile.Width - WidthOfBars))));
    }

    private static string Name(RunStage stage) => stage.ToString().ToLowerInvariant();

    private sealed class Bars(ProgressContext display, int width) : IProgress<RunProgress>
    {
        private readonly Dictionary<RunStage, ProgressTask> _tasks = [];

        public void Report(RunProgress value)
        {
            if (!_tasks.TryGetValue(value.Stage, out ProgressTask? task))
                _tasks[value.Stage] = task = display.AddTask(Name(value.Stage), maxValue: 1);
            string text = $"{Name(value.Stage),-6} {value.Message}";
            task.Description = Markup.Escape(text.Length <= width ? text : text[..(width - 1)] + "…");
            task.Value = value.Fraction;
        }
    }

    private sealed class Lines(TextWriter error, bool isVerbose) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Fraction < 1 && !isVerbose) return;
            error.Write(string.Create(CultureInfo.InvariantCulture, $"{Name(value.Stage)}: {value.Message}\n"));
        }
    }
}
