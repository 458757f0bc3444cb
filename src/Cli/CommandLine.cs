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

    // What is at work ends by itself when cancelled, mostly at once; after this it is left behind, as by a kill, which nothing that is kept minds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // What System.CommandLine returns when an action did not end in time.
    private const int TerminatedBySignal = 143;

    internal static async Task<int> RunAsync(IReadOnlyList<string> args, CliContext context)
    {
        int code = await RunUnflushedAsync(args, context);
        // A reader that has stopped reading must not hold up the end of what was cancelled.
        if (code == ExitCode.Cancelled) return code;
        try
        {
            context.Output.Flush();
            return code;
        }
        catch (Exception e) when (e is OutputClosedException or IOException)
        {
            return Report(e, isVerbose: false, isJson: false, context);
        }
    }

    private static async Task<int> RunUnflushedAsync(IReadOnlyList<string> args, CliContext context)
    {
        Command root = Create(context);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) context.Error.Write($"error: {error.Message}\n");
            string next = $"Try '{Words(parsed.CommandResult)} --help'.";
            context.Error.Write(next + "\n");
            if (AsksForJson(args)) ErrorOutput.WriteJson(context.Output, new(null, null, null, string.Join(' ', parsed.Errors.Select(e => e.Message)), next));
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
            if (code is TerminatedBySignal or ExitCode.Cancelled) throw new OperationCanceledException();
            return code;
        }
        catch (Exception e)
        {
            return Report(e, parsed.GetValue(SharedOptions.Verbose), AsksForJson(args), context);
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

    // Parsed options are not to be had when there are usage errors.
    private static bool AsksForJson(IReadOnlyList<string> args) => args.Contains(SharedOptions.Json.Name);

    private static int Report(Exception exception, bool isVerbose, bool isJson, CliContext context)
    {
        int code = ExitCode.For(exception);
        if (exception is OutputClosedException) return code;
        string text = exception switch
        {
            OperationCanceledException => "cancelled; what was finished is kept, and the same command goes on from there.",
            CircuitSimException or IOException or UnauthorizedAccessException => exception.Message,
            _ => $"internal error ({exception.GetType().Name}: {exception.Message}); this is a bug in circuitsim. Run again with --verbose and report the trace.",
        };
        context.Error.Write($"error: {text}\n");
        if (isVerbose) context.Error.Write(exception + "\n");
        if (isJson) ErrorOutput.WriteJson(context.Output, ErrorOutput.Describe(exception, text));
        return code;
    }
}
