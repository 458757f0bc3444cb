using System.CommandLine;
using System.Diagnostics;
using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim crossbar</c>: solves one crossbar file.</summary>
internal static class CrossbarCommand
{
    internal static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "Crossbar file (JSON)." };
        var nodes = new Option<bool>("--nodes") { Description = "Print the voltage of every cross-point on word lines and bit lines too (volts)." };
        var command = new Verb("crossbar",
            "Solves a crossbar with all its wires: currents out of grounded bit lines (amperes), or voltages at open ends (volts).",
            "crossbar samples/crossbar-2x3.json", "crossbar samples/crossbar-2x3.json --nodes --json")
        {
            file, nodes,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            CrossbarFile crossbar = CrossbarFile.Read(parsed.GetValue(file)!);
            long start = Stopwatch.GetTimestamp();
            CrossbarSolver solver = CrossbarSolver.Factorize(
                crossbar.Crossbar, new CrossbarSolverOptions { ExpectedSolveCount = crossbar.WordLineVolts.Count });
            var points = new List<CrossbarOperatingPoint>();
            foreach (ReadOnlyMemory<double> volts in crossbar.WordLineVolts)
            {
                cancellation.ThrowIfCancellationRequested();
                points.Add(solver.Solve(volts.Span, parsed.GetValue(nodes)));
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (parsed.GetValue(SharedOptions.Json)) CrossbarOutput.WriteJson(context.Output, crossbar.Crossbar, points, seconds);
            else CrossbarOutput.WriteText(context.Output, crossbar.Crossbar, points, seconds);
            return ExitCode.Done;
        }, CancellationToken.None));
        return command;
    }
}
