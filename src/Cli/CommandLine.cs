using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using CircuitSim.Circuit.Errors;
using CircuitSim.Cli.Commands;

namespace CircuitSim.Cli;

/// <summary>The program's command line: parses, calls one entry point, prints.</summary>
internal static class CommandLine
{
    internal const string ProgramName = "circuitsim";

    // What System.CommandLine returns when work has not ended in time after SIGTERM.
    private const int TerminatedExitCode = 143;

    // How long work may take to end by itself after a signal. Files appear when they are whole, so that ending it then loses no more than a kill does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    internal static async Task<int> RunAsync(IReadOnlyList<string> args, CliContext context)
    {
        Command root = Create(context);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) context.Error.Write($"error: {error.Message}\n");
            context.Error.Write($"Try '{Words(parsed.CommandResult)} --help'.\n");
            return ExitCode.Usage;
        }

        if (parsed.CommandResult.Command is Verb shown) shown.ShowExamples();
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = Patience,
            };
            int code = await parsed.InvokeAsync(configuration);
            if (code != TerminatedExitCode) return code;
            return Report(new OperationCanceledException(), isVerbose: false, context);
        }
        catch (Exception e)
        {
            return Report(e, parsed.GetValue(SharedOptions.Verbose), context);
        }
    }

    internal static Command Create(CliContext context)
    {
        // Not a RootCommand: that one is called after the running file, which help must not depend on.
        var root = new Command(ProgramName,
            "Compiles trained networks into explicit memristor-crossbar circuits, solves them, and says how far they depart from the network.");
        root.Options.Add(new HelpOption());
        root.Options.Add(new VersionOption());
        root.Options.Add(SharedOptions.Verbose);
        root.Options.Add(SharedOptions.Quiet);
        root.Options.Add(SharedOptions.Json);
        root.Subcommands.Add(RunCommand.Create(context));
        foreach (Command stage in StageCommands.Create(context)) root.Subcommands.Add(stage);
        root.Subcommands.Add(SweepCommand.Create(context));
        root.Subcommands.Add(SolveCommand.Create(context));
        root.Subcommands.Add(CrossbarCommand.Create(context));
        root.Subcommands.Add(CharacterizeCommand.Create(context));
        root.Subcommands.Add(DevicesCommand.Create(context));
        root.Subcommands.Add(CiteCommand.Create(context));
        root.Subcommands.Add(InfoCommand.Create(context));
        return root;
    }

    private static string Words(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Words(parent)} {command.Command.Name}" : ProgramName;

    private static int Report(Exception exception, bool isVerbose, CliContext context)
    {
        int code = ExitCode.For(exception);
        string text = exception switch
        {
            OperationCanceledException => "cancelled; what was finished is kept, and the same command goes on from there.",
            CircuitSimException or IOException or UnauthorizedAccessException => exception.Message,
            _ => $"internal error ({exception.GetType().Name}: {exception.Message}); this is a bug in circuitsim. Run again with --verbose and report the trace.",
        };
        context.Error.Write($"error: {text}\n");
        if (isVerbose) context.Error.Write(exception + "\n");
        return code;
    }
}
