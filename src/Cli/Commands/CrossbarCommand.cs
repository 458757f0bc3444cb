using System.CommandLine;
using System.Diagnostics;
using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim crossbar</c>: solves one crossbar file.</summary>
internal static class CrossbarCommand
{
    private const string StandardInput = "-", Automatic = "auto", ConjugateGradients = "cg", Cholesky = "cholesky", Transfer = "transfer";

    internal static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "Crossbar file (JSON); - reads standard input." };
        var method = new Option<string>("--method")
        {
            Description = "auto chooses by size, wires and number of sources; cg (conjugate gradients on lines), cholesky (sparse factor) and transfer (reduction to ports, for many sources) insist.",
            HelpName = "METHOD",
            DefaultValueFactory = _ => Automatic,
        };
        method.AcceptOnlyFromAmong(Automatic, ConjugateGradients, Cholesky, Transfer);
        var nodes = new Option<bool>("--nodes") { Description = "Print the voltage of every cross-point on word lines and bit lines too (volts)." };
        var command = new Verb("crossbar",
            "Solves a crossbar with all its wires: currents out of grounded bit lines (amperes), or voltages at open ends (volts).",
            "crossbar samples/crossbar-2x3.json --method transfer", "crossbar samples/crossbar-2x3.json --nodes --json")
        {
            file, method, nodes,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string path = parsed.GetValue(file)!, by = parsed.GetValue(method)!;
            bool hasNodes = parsed.GetValue(nodes);
            if (by == Transfer && hasNodes) throw new UsageException("--method transfer knows ports only; leave out --nodes, or choose auto, cg or cholesky.");

            CrossbarFile crossbar = path == StandardInput ? CrossbarFile.Read(context.Input, "standard input") : CrossbarFile.Read(path);
            long start = Stopwatch.GetTimestamp();
            List<CrossbarOperatingPoint> points = by == Transfer ? SolveByPorts(crossbar, cancellation) : Solve(crossbar, MethodOf(by, crossbar.Crossbar), hasNodes, cancellation);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (parsed.GetValue(SharedOptions.Json)) CrossbarOutput.WriteJson(context.Output, crossbar.Crossbar, points, seconds);
            else CrossbarOutput.WriteText(context.Output, crossbar.Crossbar, points, seconds);
            return ExitCode.Done;
        }, CancellationToken.None));
        return command;
    }

    // On lines without wire resistance, automatic is what is left of conjugate gradients.
    private static CrossbarMethod MethodOf(string by, CrossbarSpec spec) => by switch
    {
        Cholesky => CrossbarMethod.Cholesky,
        ConjugateGradients when spec is { WordLineSegmentOhms: > 0, BitLineSegmentOhms: > 0 } => CrossbarMethod.LineConjugateGradients,
        _ => CrossbarMethod.Automatic,
    };

    private static List<CrossbarOperatingPoint> Solve(CrossbarFile crossbar, CrossbarMethod method, bool hasNodes, CancellationToken cancellation)
    {
        using CrossbarSolver solver = CrossbarSolver.Factorize(
            crossbar.Crossbar, new CrossbarSolverOptions { Method = method, ExpectedSolveCount = crossbar.WordLineVolts.Count, BoundsError = true });
        var points = new List<CrossbarOperatingPoint>();
        foreach (ReadOnlyMemory<double> volts in crossbar.WordLineVolts)
        {
            cancellation.ThrowIfCancellationRequested();
            points.Add(solver.Solve(volts.Span, hasNodes));
        }

        return points;
    }

    private static List<CrossbarOperatingPoint> SolveByPorts(CrossbarFile crossbar, CancellationToken cancellation)
    {
        TransferMatrix transfer = TransferMatrix.Compute(crossbar.Crossbar, cancellationToken: cancellation);
        return [.. crossbar.WordLineVolts.Select(volts => transfer.Solve(volts.Span))];
    }
}
