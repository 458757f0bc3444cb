using System.Diagnostics;
using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Peers;

/// <summary>Times operating points and transients of <see cref="GeneratedDecks"/> here and in ngspice, each from the deck's text, with SPICE's default tolerances.</summary>
internal static class SolvePeers
{
    private const int Runs = 5;
    private const double LeastMedianRatio = 3;

    /// <summary>Times both and prints milliseconds and ratios.</summary>
    /// <param name="output">Receives the table.</param>
    /// <param name="searchPath">Where ngspice is looked for.</param>
    /// <returns>0; 5 when a ratio is below 1 or the median below 3; 3 without ngspice.</returns>
    public static int Run(TextWriter output, string? searchPath)
    {
        NgspiceEngine? ngspice = NgspiceEngine.TryFind(searchPath);
        if (ngspice is null)
        {
            output.WriteLine("ngspice is not on the PATH.");
            return 3;
        }

        string folder = Directory.CreateTempSubdirectory("circuitsim-peer").FullName;
        try
        {
            string program = searchPath!.Split(Path.PathSeparator).Select(d => Path.Combine(d, "ngspice")).First(File.Exists);
            double start = Best(() => Time(program, folder, "start-up\nr1 a 0 1k\nv1 a 0 1\n.op\n.end\n"));
            output.WriteLine(Text($"native against {ngspice.Version}, best of {Runs}; milliseconds without the {1e3 * start:F1} ms that a process of ngspice takes for a deck of one resistor"));
            output.WriteLine("| circuit | nodes | analysis | native ms | ngspice ms | ratio | largest difference |");
            output.WriteLine("|---|---|---|---|---|---|---|");
            var ratios = new List<double>();
            foreach ((string name, Netlist netlist, TransientAnalysis transient) in GeneratedDecks.All)
                foreach (Analysis analysis in new Analysis[] { new OperatingPointAnalysis(), transient })
                    ratios.Add(Compare(output, folder, program, ngspice, start, name, netlist with { Analyses = [analysis] }));
            double[] sorted = [.. ratios.Order()];
            double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
            output.WriteLine(Text($"\nratios from {sorted[0]:F2} to {sorted[^1]:F1}, median {median:F1} (bars: each at least 1, median at least {LeastMedianRatio})"));
            return sorted[0] >= 1 && median >= LeastMedianRatio ? 0 : 5;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Compare(
        TextWriter output, string folder, string program, NgspiceEngine ngspice, double start, string name, Netlist netlist)
    {
        string text = SpiceWriter.ToText(netlist);
        AnalysisResult ours = Solve(text);
        double native = BestOfNative(text);
        // Below a tenth of the start-up its scatter decides.
        double theirs = Math.Max(Best(() => Time(program, folder, text)) - start, start / 10);
        double difference = Difference(ngspice.Solve(netlist, EngineOptions.Default).Analyses[0], ours);
        (int nodes, string kind) = ours switch
        {
            OperatingPoint p => (p.NodeVolts.Count, "op"),
            TransientResult t => (t.NodeVolts.Count, Text($"tran, {t.TimesSeconds.Count} points")),
            _ => (0, ""),
        };
        output.WriteLine(Text($"| {name} | {nodes} | {kind} | {1e3 * native:F2} | {1e3 * theirs:F2} | {theirs / native:F1} | {difference:0.0E+0} V |"));
        return theirs / native;
    }

    private static AnalysisResult Solve(string text) => new NativeEngine().Solve(SpiceParser.Parse(text, "generated.cir").Netlist, EngineOptions.Default).Analyses[0];

    // At the operating point, or at the end of a transient.
    private static double Difference(AnalysisResult theirs, AnalysisResult ours) => (theirs, ours) switch
    {
        (OperatingPoint a, OperatingPoint b) => a.NodeVolts.Max(v => Math.Abs(v.Value - b.NodeVolts[v.Key])),
        (TransientResult a, TransientResult b) => a.NodeVolts.Max(v => Math.Abs(v.Value[^1] - b.NodeVolts[v.Key][^1])),
        _ => double.NaN,
    };

    // Until a second is over, so that the runtime has compiled what runs often.
    private static double BestOfNative(string text)
    {
        double best = double.PositiveInfinity;
        long begin = Stopwatch.GetTimestamp();
        for (int run = 0; run < Runs || Stopwatch.GetElapsedTime(begin).TotalSeconds < 1; run++)
        {
            long at = Stopwatch.GetTimestamp();
            Solve(text);
            best = Math.Min(best, Stopwatch.GetElapsedTime(at).TotalSeconds);
        }

        return best;
    }

    private static double Best(Func<double> time) => Enumerable.Range(0, Runs).Min(_ => time());

    private static double Time(string program, string folder, string deck)
    {
        File.WriteAllText(Path.Combine(folder, "deck.cir"), deck);
        var info = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "-b", "-r", "result.raw", "deck.cir" }) info.ArgumentList.Add(argument);
        long at = Stopwatch.GetTimestamp();
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(at).TotalSeconds;
        return process.ExitCode == 0 ? seconds : throw new InvalidOperationException($"ngspice failed: {errors.Result}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
