using System.Text;
using CircuitSim.Cli;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>Runs the program's command line inside the test, with its streams in hand.</summary>
internal static class CommandRunner
{
    internal static CommandResult Run(params string[] args) => RunWithInput("", args);

    internal static CommandResult RunWithInput(string input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new CliContext
        {
            Output = output,
            Error = error,
            Input = new MemoryStream(Encoding.UTF8.GetBytes(input)),
            SearchPath = Environment.GetEnvironmentVariable("PATH"),
            EecircuitFolder = Environment.GetEnvironmentVariable("CIRCUITSIM_EECIRCUIT"),
        };
        int code = CommandLine.RunAsync(args, context).GetAwaiter().GetResult();
        return new CommandResult(code, output.ToString(), error.ToString());
    }
}
