using System.Globalization;
using System.Numerics;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Peers;

/// <summary>Native engine against ngspice on every deck of <c>netlists/</c>, both with tight options: worst differences and the bars they are held to.</summary>
internal static class DeckPeers
{
    // Volts and amperes at DC, without and with exponentials; relative at AC; share of the swing in transients, at the 98th percentile of 400 times.
    private const double LinearBar = 1e-9, ExponentialBar = 2e-9, AcBar = 1e-7, TransientBar = 1e-3;

    private const int Times = 400;

    /// <summary>Compares all decks and prints a table.</summary>
    /// <param name="output">Receives the table.</param>
    /// <param name="folder">The folder of decks.</param>
    /// <param name="searchPath">Where ngspice is looked for.</param>
    /// <returns>0; 5 when a bar is missed; 3 when ngspice or the decks are not there.</returns>
    public static int Run(TextWriter output, string folder, string? searchPath)
    {
        NgspiceEngine? ngspice = NgspiceEngine.TryFind(searchPath);
        string[] decks = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.cir", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];
        if (ngspice is null || decks.Length == 0)
        {
            output.WriteLine(ngspice is null ? "ngspice is not on the PATH." : $"no decks in '{folder}'; run this from the root of a checkout.");
            return 3;
        }

        output.WriteLine($"native against {ngspice.Version}, tight options, {decks.Length} decks");
        output.WriteLine("| deck | analysis | worst difference | where | bar | |");
        output.WriteLine("|---|---|---|---|---|---|");
        var worst = new SortedDictionary<string, (double Difference, double Bar, string Deck)>(StringComparer.Ordinal);
        int missed = 0;
        foreach (string deck in decks)
        {
            Netlist netlist = SpiceParser.ParseFile(deck).Netlist;
            string name = Path.GetRelativePath(folder, deck).Replace('\\', '/');
            (IReadOnlyList<AnalysisResult> theirs, string remark) = Reference(ngspice, netlist);
            IReadOnlyList<AnalysisResult> ours = new NativeEngine().Solve(netlist, EngineOptions.Tight).Analyses;
            for (int i = 0; i < ours.Count; i++)
            {
                (string kind, double bar) = Bar(ours[i], netlist);
                (double difference, string place) = Compare(theirs[i], ours[i]);
                bool isMet = difference <= bar;
                if (!isMet) missed++;
                string group = kind + (bar == ExponentialBar ? ", exponentials" : "");
                if (!worst.TryGetValue(group, out var so) || difference > so.Difference) worst[group] = (difference, bar, name);
                output.WriteLine(Text($"| {name} | {kind} | {difference:0.0E+0} {Unit(kind)} | {place} | {bar:G3} | {(isMet ? "ok" : "MISSED")}{remark} |"));
            }
        }

        output.WriteLine("\n| analysis | worst difference | deck | bar |\n|---|---|---|---|");
        foreach ((string group, var w) in worst) output.WriteLine(Text($"| {group} | {w.Difference:0.0E+0} {Unit(group)} | {w.Deck} | {w.Bar:G3} |"));
        output.WriteLine(missed == 0 ? "\nevery bar is met" : $"\n{missed} bars are missed");
        return missed == 0 ? 0 : 5;
    }

    // Where ngspice finds no solution with our options, it has the deck's own, which are tight too.
    private static (IReadOnlyList<AnalysisResult> Results, string Remark) Reference(NgspiceEngine ngspice, Netlist netlist)
    {
        try
        {
            return (ngspice.Solve(netlist, EngineOptions.Tight).Analyses, "");
        }
        catch (EngineException)
        {
            return (ngspice.Solve(netlist, EngineOptions.Default).Analyses, ", ngspice with the deck's own options");
        }
    }

    private static string Unit(string kind) => kind switch { "ac" => "relative", "tran" => "of swing", _ => "V or A" };

    private static (string Kind, double Bar) Bar(AnalysisResult result, Netlist netlist)
    {
        bool isExponential = netlist.Elements.Concat(netlist.Subcircuits.SelectMany(s => s.Elements))
            .Any(e => e is Diode or Mosfet or EkvMosfet or BehaviouralSource or Memristor);
        double direct = isExponential ? ExponentialBar : LinearBar;
        return result switch
        {
            OperatingPoint => ("op", direct),
            DcSweepResult => ("dc", direct),
            AcResult => ("ac", AcBar),
            _ => ("tran", TransientBar),
        };
    }

    private static (double Difference, string Place) Compare(AnalysisResult theirs, AnalysisResult ours) => (theirs, ours) switch
    {
        (OperatingPoint a, OperatingPoint b) => Largest(Points("v", a.NodeVolts, b.NodeVolts).Concat(Points("i", a.BranchAmps, b.BranchAmps))),
        (DcSweepResult a, DcSweepResult b) => Largest(Curves("v", a.NodeVolts, b.NodeVolts).Concat(Curves("i", a.BranchAmps, b.BranchAmps))),
        (AcResult a, AcResult b) => Largest(Phasors("v", a.NodeVolts, b.NodeVolts).Concat(Phasors("i", a.BranchAmps, b.BranchAmps))),
        (TransientResult a, TransientResult b) => Largest(Courses(a, b)),
        _ => (double.PositiveInfinity, "kinds differ"),
    };

    // A value that is not a number is as wrong as can be.
    private static (double Difference, string Place) Largest(IEnumerable<(double Difference, string Place)> all)
    {
        (double Difference, string Place) largest = (0, "");
        foreach ((double difference, string place) in all)
            if (!(difference <= largest.Difference)) largest = (double.IsNaN(difference) ? double.PositiveInfinity : difference, place);
        return largest;
    }

    private static IEnumerable<(double, string)> Points(string letter, IReadOnlyDictionary<string, double> theirs, IReadOnlyDictionary<string, double> ours) =>
        theirs.Select(p => (Math.Abs(p.Value - ours[p.Key]), $"{letter}({p.Key})"));

    private static IEnumerable<(double, string)> Curves(
        string letter, IReadOnlyDictionary<string, IReadOnlyList<double>> theirs, IReadOnlyDictionary<string, IReadOnlyList<double>> ours) =>
        theirs.Select(c => (c.Value.Zip(ours[c.Key], (a, b) => Math.Abs(a - b)).Max(), $"{letter}({c.Key})"));

    // Relative to each phasor; what lies a million times below the largest is compared with that share of it, because rounding rules there.
    private static IEnumerable<(double, string)> Phasors(
        string letter, IReadOnlyDictionary<string, IReadOnlyList<Complex>> theirs, IReadOnlyDictionary<string, IReadOnlyList<Complex>> ours) =>
        theirs.Select(c =>
        {
            double floor = Math.Max(1e-6 * c.Value.Max(Complex.Abs), 1e-18);
            return (c.Value.Zip(ours[c.Key], (a, b) => (a - b).Magnitude / Math.Max(a.Magnitude, floor)).Max(), $"{letter}({c.Key})");
        });

    private static IEnumerable<(double, string)> Courses(TransientResult theirs, TransientResult ours)
    {
        double start = theirs.TimesSeconds[0], stop = Math.Min(theirs.TimesSeconds[^1], ours.TimesSeconds[^1]);
        double[] times = [.. Enumerable.Range(0, Times).Select(i => start + (stop - start) * (i + 0.5) / Times)];
        foreach ((string name, IReadOnlyList<double> values) in theirs.NodeVolts)
        {
            double swing = values.Max() - values.Min();
            double[] errors = [.. times.Select(t => Math.Abs(At(theirs.TimesSeconds, values, t) - At(ours.TimesSeconds, ours.NodeVolts[name], t))).Order()];
            double error = errors[(int)(0.98 * (Times - 1))];
            // A node that stands still has no swing to measure by.
            if (error > 1e-9) yield return (error / Math.Max(swing, 1e-9), $"v({name})");
        }
    }

    private static double At(IReadOnlyList<double> times, IReadOnlyList<double> values, double t)
    {
        int low = 0, high = times.Count - 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (times[middle] <= t) low = middle;
            else high = middle;
        }

        return values[low] + (values[high] - values[low]) * (t - times[low]) / (times[high] - times[low]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
