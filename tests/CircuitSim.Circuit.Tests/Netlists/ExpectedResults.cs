using System.Globalization;
using System.Numerics;
using System.Text;
using CircuitSim.Circuit.Engines;

namespace CircuitSim.Circuit.Tests.Netlists;

/// <summary>Results as text beside a deck: one table an analysis, seventeen digits, complex numbers as re,im.</summary>
internal static class ExpectedResults
{
    private const int TransientSamples = 101;

    public static string Write(IEnumerable<AnalysisResult> results, string origin)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {origin}\n");
        foreach (AnalysisResult result in results)
        {
            switch (result)
            {
                case OperatingPoint op:
                    Table(text, "op", "", [0], Columns(Single(op.NodeVolts), Single(op.BranchAmps)));
                    break;
                case DcSweepResult dc:
                    Table(text, "dc", "level", dc.Levels, Columns(Real(dc.NodeVolts), Real(dc.BranchAmps)));
                    break;
                case AcResult ac:
                    Table(text, "ac", "hertz", ac.FrequenciesHertz, Columns(ac.NodeVolts, ac.BranchAmps));
                    break;
                case TransientResult t:
                    double[] times = [.. Enumerable.Range(0, TransientSamples)
                        .Select(i => t.TimesSeconds[0] + (t.TimesSeconds[^1] - t.TimesSeconds[0]) * i / (TransientSamples - 1))];
                    Table(text, "tran", "seconds", times, Columns(Real(t.NodeVolts), new Dictionary<string, IReadOnlyList<Complex>>())
                        .ConvertAll(c => (c.Name, (IReadOnlyList<Complex>)[.. times.Select(x => Sampling.At(t.TimesSeconds, c.Values, x))])));
                    break;
            }
        }

        return text.ToString();
    }

    public static IReadOnlyList<AnalysisResult> Read(string text)
    {
        var results = new List<AnalysisResult>();
        string[] lines = [.. text.Split('\n').Where(l => l.Length > 0 && l[0] != '#')];
        for (int at = 0; at < lines.Length;)
        {
            string kind = lines[at++];
            string[] head = lines[at++].Split(' ');
            var columns = head.Select(_ => new List<Complex>()).ToArray();
            while (at < lines.Length && (char.IsAsciiDigit(lines[at][0]) || lines[at][0] == '-'))
            {
                string[] cells = lines[at++].Split(' ');
                for (int i = 0; i < cells.Length; i++) columns[i].Add(Number(cells[i]));
            }

            Dictionary<string, IReadOnlyList<Complex>> volts = Pick("v("), amps = Pick("i(");
            IReadOnlyList<double> axis = [.. columns[0].Select(c => c.Real)];
            results.Add(kind switch
            {
                "op" => new OperatingPoint(0, volts.ToDictionary(v => v.Key, v => v.Value[0].Real), amps.ToDictionary(v => v.Key, v => v.Value[0].Real)),
                "dc" => new DcSweepResult("", axis, Parts(volts), Parts(amps)),
                "ac" => new AcResult(axis, volts, amps),
                _ => new TransientResult(axis, Parts(volts), Parts(amps)),
            });

            Dictionary<string, IReadOnlyList<Complex>> Pick(string prefix) => Enumerable.Range(0, head.Length)
                .Where(i => head[i].StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(i => head[i][2..^1], i => (IReadOnlyList<Complex>)columns[i]);
        }

        return results;
    }

    private static void Table(StringBuilder text, string kind, string axis, IReadOnlyList<double> points, List<(string Name, IReadOnlyList<Complex> Values)> columns)
    {
        text.Append(kind).Append('\n').AppendJoin(' ', columns.Select(c => c.Name).Prepend(axis).Where(n => n.Length > 0)).Append('\n');
        for (int i = 0; i < points.Count; i++)
        {
            IEnumerable<string> cells = columns.Select(c => Text(c.Values[i]));
            text.AppendJoin(' ', axis.Length > 0 ? cells.Prepend(Text(points[i])) : cells).Append('\n');
        }
    }

    private static List<(string Name, IReadOnlyList<Complex> Values)> Columns(
        IReadOnlyDictionary<string, IReadOnlyList<Complex>> volts, IReadOnlyDictionary<string, IReadOnlyList<Complex>> amps)
        => [.. volts.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => ($"v({v.Key})", v.Value)),
            .. amps.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => ($"i({a.Key})", a.Value))];

    private static Dictionary<string, IReadOnlyList<Complex>> Single(IReadOnlyDictionary<string, double> values)
        => values.ToDictionary(v => v.Key, v => (IReadOnlyList<Complex>)[v.Value]);

    private static Dictionary<string, IReadOnlyList<Complex>> Real(IReadOnlyDictionary<string, IReadOnlyList<double>> values)
        => values.ToDictionary(v => v.Key, v => (IReadOnlyList<Complex>)[.. v.Value.Select(x => (Complex)x)]);

    private static Dictionary<string, IReadOnlyList<double>> Parts(Dictionary<string, IReadOnlyList<Complex>> values)
        => values.ToDictionary(v => v.Key, v => (IReadOnlyList<double>)[.. v.Value.Select(c => c.Real)]);

    private static string Text(Complex value) => value.Imaginary == 0
        ? value.Real.ToString("R", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{value.Real:R},{value.Imaginary:R}");

    private static Complex Number(string cell)
    {
        double[] parts = [.. cell.Split(',').Select(p => double.Parse(p, CultureInfo.InvariantCulture))];
        return new Complex(parts[0], parts.Length > 1 ? parts[1] : 0);
    }
}
