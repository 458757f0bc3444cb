using System.Diagnostics;
using System.Globalization;
using CircuitSim.Export.Sweep;
using Spectre.Console;

namespace CircuitSim.Cli;

/// <summary>Progress of a sweep with the time left: a bar when a person watches the error stream, a line now and then when it goes to a file, nothing when quiet.</summary>
internal static class SweepDisplay
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    internal static T Show<T>(CliContext context, bool isQuiet, bool isVerbose, Func<IProgress<SweepProgress>?, T> work)
    {
        if (isQuiet) return work(null);
        if (!context.IsErrorTerminal) return work(new Lines(context.Error, isVerbose));

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(context.Error),
            ColorSystem = context.WantsColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        return console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(display => work(new Bar(display.AddTask("sweep", maxValue: 1))));
    }

    private static string Left(TimeSpan? left) => left is { } time
        ? string.Create(CultureInfo.InvariantCulture, $", {(time.TotalMinutes < 2 ? $"{time.TotalSeconds:F0} s" : time.TotalHours < 2 ? $"{time.TotalMinutes:F0} min" : $"{time.TotalHours:F1} h")} left")
        : "";

    private sealed class Bar(ProgressTask task) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value)
        {
            task.Description = Markup.Escape(value.Message + Left(value.Left));
            task.Value = (double)value.Done / value.Total;
        }
    }

    private sealed class Lines(TextWriter error, bool isVerbose) : IProgress<SweepProgress>
    {
        private long _last = Stopwatch.GetTimestamp();

        public void Report(SweepProgress value)
        {
            bool isLast = value.Done == value.Total;
            if (!isLast && !isVerbose && Stopwatch.GetElapsedTime(_last) < BetweenLines) return;
            _last = Stopwatch.GetTimestamp();
            error.Write($"sweep: {value.Message}{Left(value.Left)}\n");
        }
    }
}
