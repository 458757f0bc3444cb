using System.Diagnostics;
using System.Globalization;
using CircuitSim.Circuit.Crossbars;
using static CircuitSim.Peers.CrossbarCases;

namespace CircuitSim.Peers;

/// <summary>Peak memory of each method, each in a process of its own, so that none inherits another's peak.</summary>
internal static class CrossbarMemory
{
    private static readonly (string Method, int WordLines, int BitLines)[] Cases =
    [
        ("solve", 1024, 1024), ("solve", 4096, 4096), ("transfer", 784, 100), ("transfer", 1024, 1024), ("cholesky", 128, 128), ("cholesky", 512, 512),
    ];

    internal static void Table(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("| peak memory, method | devices | seconds | peak of the process / MB | beside runtime and description, bytes a device |");
        output.WriteLine("|---|---|---|---|---|");
        foreach ((string method, int m, int n) in Cases)
        {
            using Process child = Process.Start(new ProcessStartInfo(
                "dotnet", [typeof(CrossbarMemory).Assembly.Location, "crossbar-memory", method, Text($"{m}"), Text($"{n}")])
            { RedirectStandardOutput = true })!;
            string[] numbers = child.StandardOutput.ReadToEnd().Split();
            child.WaitForExit();
            output.WriteLine(Text($"| {method} | {m} x {n} | {numbers[0]} | {numbers[1]} | {numbers[2]} |"));
        }
    }

    /// <summary>Runs one method and prints seconds, peak megabytes, and bytes a device above what the process had before.</summary>
    internal static int Measure(TextWriter output, string method, string wordLines, string bitLines)
    {
        int m = int.Parse(wordLines, CultureInfo.InvariantCulture), n = int.Parse(bitLines, CultureInfo.InvariantCulture);
        CrossbarSpec spec = Crossbar(m, n);
        double[] volts = Volts(m);
        long before = Peak();
        double seconds = Once(() =>
        {
            switch (method)
            {
                case "solve":
                    CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { Method = CrossbarMethod.LineConjugateGradients, ToleranceVolts = 1e-10 }).Solve(volts);
                    break;
                case "transfer":
                    TransferMatrix.Compute(spec);
                    break;
                default:
                    CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { Method = CrossbarMethod.Cholesky }).Solve(volts);
                    break;
            }
        });
        long peak = Peak();
        output.Write(Text($"{seconds:F2} {peak / 1e6:F0} {(double)(peak - before) / m / n:F0}"));
        return 0;
    }

    private static long Peak()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
