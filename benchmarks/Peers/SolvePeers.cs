using System.Diagnostics;
using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Peers;

/// <summary>Times operating points and transients of <see cref="GeneratedDecks"/> here and in ngspice, each from the deck's text, with SPICE's default tolerances.</summary>
/// <remarks>
/// ngspice's time is that of a process without what one takes for a deck of one resistor. Below 20 ms, where the scatter of start-up shows, the deck is
/// also read and run many times in one process; the shorter of the two times counts, and below a quarter of the start-up only the second.
/// </remarks>
internal static class SolvePeers
{
    private const int Runs = 5;
    private const int CrossbarSide = 64;
    private const double LeastRatio = 1;
    private const double LeastMedianRatio = 3;
    private const double LeastCrossbarRatio = 20;
    private const double LongestParseSeconds = 0.2;
    private const double WarmSeconds = 2;
    private const double LoopBelowSeconds = 20e-3;
    private const double LoopSeconds = 0.3;
    private const string StartUp = "start-up\nr1 a 0 1k\nv1 a 0 1\n.op\n.end\n";

    /// <summary>Times both and prints milliseconds and ratios.</summary>
    /// <param name="output">Receives the tables.</param>
    /// <param name="searchPath">Where ngspice is looked for.</param>
    /// <param name="circuitsim">Program to time as a process; null for the one built beside this.</param>
    /// <returns>0; 5 when a bar is missed; 3 without ngspice.</returns>
    public static int Run(TextWriter output, string? searchPath, string? circuitsim)
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
            var peer = new NgspiceTimer(program, folder);
            bool isMet = Circuits(output, ngspice, peer);
            isMet &= Crossbar(output, peer, circuitsim ?? Path.Combine(AppContext.BaseDirectory, "circuitsim.dll"), folder);
            return isMet ? 0 : 5;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Circuits(TextWriter output, NgspiceEngine ngspice, NgspiceTimer peer)
    {
        output.WriteLine(Text($"native against {ngspice.Version}; milliseconds without the {1e3 * peer.StartSeconds:F1} ms that a process of ngspice takes for a deck of one resistor"));
        output.WriteLine("error: rms part of the swing, against steps of a 4000th of the time");
        output.WriteLine("| circuit | nodes | analysis | native ms | ngspice ms | ratio | native error | ngspice error |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        var ratios = new List<double>();
        foreach ((string name, Netlist netlist, TransientAnalysis transient) in GeneratedDecks.All)
        {
            foreach (Analysis analysis in new Analysis[] { new OperatingPointAnalysis(), transient })
            {
                Netlist deck = netlist with { Analyses = [analysis] };
                string text = SpiceWriter.ToText(deck);
                AnalysisResult ours = Solve(text), theirs = ngspice.Solve(deck, EngineOptions.Default).Analyses[0];
                double native = BestOfNative(text), other = peer.Seconds(text);
                ratios.Add(other / native);
                (int nodes, string kind, string errors) = (ours, theirs) switch
                {
                    (OperatingPoint a, OperatingPoint b) => (a.NodeVolts.Count, "op", Text($"{a.NodeVolts.Max(v => Math.Abs(v.Value - b.NodeVolts[v.Key])):0.0E+0} V apart |")),
                    (TransientResult a, TransientResult b) => (a.NodeVolts.Count, Text($"tran, {a.TimesSeconds.Count} points, ngspice {b.TimesSeconds.Count}"), Errors(deck, a, b)),
                    _ => throw new InvalidOperationException("An operating point or a transient was expected."),
                };
                output.WriteLine(Text($"| {name} | {nodes} | {kind} | {1e3 * native:F2} | {1e3 * other:F2} | {other / native:F1} | {errors} |"));
            }
        }

        double[] sorted = [.. ratios.Order()];
        double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        output.WriteLine(Text($"\nratios from {sorted[0]:F2} to {sorted[^1]:F1}, median {median:F1} (bars: each at least {LeastRatio}, median at least {LeastMedianRatio})"));
        return sorted[0] >= LeastRatio && median >= LeastMedianRatio;
    }

    private static bool Crossbar(TextWriter output, NgspiceTimer peer, string circuitsim, string folder)
    {
        Netlist netlist = GeneratedDecks.Crossbar(CrossbarSide);
        string text = SpiceWriter.ToText(netlist), path = Path.Combine(folder, "crossbar.cir");
        File.WriteAllText(path, text);
        double parse = Warm(() => SpiceParser.Parse(text, "crossbar.cir")), native = BestOfNative(text), other = peer.Seconds(text);
        // A program that is not an assembly runs by itself.
        bool isAssembly = circuitsim.EndsWith(".dll", StringComparison.Ordinal);
        string[] arguments = isAssembly ? [circuitsim, "solve", path] : ["solve", path];
        double ourProcess = Enumerable.Range(0, Runs).Min(_ => NgspiceTimer.Time(isAssembly ? "dotnet" : circuitsim, folder, arguments)), theirProcess = other + peer.StartSeconds;
        output.WriteLine(Text($"\n{CrossbarSide} x {CrossbarSide} crossbar, every wire, {netlist.Elements.Count} elements, operating point; native parses in {1e3 * parse:F1} ms"));
        output.WriteLine("| | native ms | ngspice ms | ratio |");
        output.WriteLine("|---|---|---|---|");
        output.WriteLine(Text($"| analysis against analysis, reading included | {1e3 * native:F1} | {1e3 * other:F0} | {other / native:F0} |"));
        output.WriteLine(Text($"| process against process | {1e3 * ourProcess:F1} | {1e3 * theirProcess:F0} | {theirProcess / ourProcess:F0} |"));
        return parse <= LongestParseSeconds && other / native >= LeastCrossbarRatio && theirProcess / ourProcess >= LeastCrossbarRatio;
    }

    private static AnalysisResult Solve(string text) => new NativeEngine().Solve(SpiceParser.Parse(text, "generated.cir").Netlist, EngineOptions.Default).Analyses[0];

    private static string Errors(Netlist deck, TransientResult ours, TransientResult theirs)
    {
        const int MostNodes = 40, Steps = 4000, Times = 400;
        // Some from everywhere, and some near the source: a step does not reach the end of a long line.
        string[] nodes = [.. ours.NodeVolts.Keys.Where((_, i) => i < MostNodes / 2 || i % (1 + 2 * ours.NodeVolts.Count / MostNodes) == 0)];
        var transient = (TransientAnalysis)deck.Analyses[0];
        Netlist fine = deck with { Analyses = [transient with { MaximumStepSeconds = transient.StopSeconds / Steps }], SavedVectors = [.. nodes.Select(n => $"v({n})")] };
        var reference = (TransientResult)new NativeEngine().Solve(fine, EngineOptions.Default with { RelativeTolerance = 1e-6, TransientRelativeTolerance = 1e-6 }).Analyses[0];
        return Text($"{Error(ours):0.0E+0} | {Error(theirs):0.0E+0}");

        double Error(TransientResult result)
        {
            double[] times = [.. result.TimesSeconds], referenceTimes = [.. reference.TimesSeconds];
            double sum = 0;
            int count = 0;
            foreach (string node in nodes)
            {
                double[] exact = [.. reference.NodeVolts[node]], values = [.. result.NodeVolts[node]];
                double swing = exact.Max() - exact.Min();
                // What hardly moves has no wave form to be wrong about.
                if (swing < 0.01) continue;
                for (int i = 1; i < Times; i++)
                {
                    double at = transient.StopSeconds * i / Times, error = (Value(times, values, at) - Value(referenceTimes, exact, at)) / swing;
                    sum += error * error;
                    count++;
                }
            }

            return Math.Sqrt(sum / count);
        }

        static double Value(double[] times, double[] values, double at)
        {
            int i = Array.BinarySearch(times, at);
            if (i >= 0) return values[i];
            int after = ~i;
            return values[after - 1] + (at - times[after - 1]) / (times[after] - times[after - 1]) * (values[after] - values[after - 1]);
        }
    }

    private static double BestOfNative(string text) => Warm(() => Solve(text));

    // Until two seconds are over, so that the runtime has compiled what runs often.
    private static double Warm(Action action)
    {
        double best = double.PositiveInfinity;
        long begin = Stopwatch.GetTimestamp();
        for (int run = 0; run < Runs || Stopwatch.GetElapsedTime(begin).TotalSeconds < WarmSeconds; run++)
        {
            long at = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(at).TotalSeconds);
        }

        return best;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Times ngspice.</summary>
    private sealed class NgspiceTimer(string program, string folder)
    {
        private const int ShortRuns = 20;

        /// <summary>What a process takes for a deck of one resistor.</summary>
        public double StartSeconds { get; } = Best(program, folder, StartUp, ShortRuns);

        /// <summary>Reading and running a deck without the start of the process.</summary>
        public double Seconds(string deck)
        {
            double process = Best(program, folder, deck, 1) - StartSeconds;
            process = Math.Min(process, Best(program, folder, deck, process < LoopBelowSeconds ? ShortRuns : Runs - 1) - StartSeconds);
            if (process > LoopBelowSeconds) return process;
            int count = (int)Math.Clamp(LoopSeconds / Math.Max(process, 1e-4), 10, 1000);
            double loop = (Enumerable.Range(0, Runs).Min(_ => Loop(deck, count + 1)) - Enumerable.Range(0, ShortRuns).Min(_ => Loop(deck, 1))) / count;
            return process > StartSeconds / 4 ? Math.Min(process, loop) : loop;
        }

        public static double Time(string program, string folder, string[] arguments)
        {
            var info = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in arguments) info.ArgumentList.Add(argument);
            long at = Stopwatch.GetTimestamp();
            using Process process = Process.Start(info)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            double seconds = Stopwatch.GetElapsedTime(at).TotalSeconds;
            return process.ExitCode == 0 ? seconds : throw new InvalidOperationException($"{program} failed: {errors.Result}");
        }

        private static double Best(string program, string folder, string deck, int runs)
        {
            File.WriteAllText(Path.Combine(folder, "deck.cir"), deck);
            return Enumerable.Range(0, runs).Min(_ => Time(program, folder, ["-b", "-r", "result.raw", "deck.cir"]));
        }

        private double Loop(string deck, int count)
        {
            File.WriteAllText(Path.Combine(folder, "deck.cir"), deck);
            File.WriteAllText(Path.Combine(folder, "loop.cir"), Text($"loop\n.control\nrepeat {count}\nsource deck.cir\nrun\ndestroy all\nremcirc\nend\nquit\n.endc\n.end\n"));
            return Time(program, folder, ["-b", "loop.cir"]);
        }
    }
}
