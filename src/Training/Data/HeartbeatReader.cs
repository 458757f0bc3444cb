using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.Data;

/// <summary>Reads labelled heartbeats of the MIT-BIH Arrhythmia Database as feature vectors from a table, gzip-compressed or plain.</summary>
/// <remarks>
/// Columns <c>split</c> (DS1, DS2 or paced), <c>aami</c> (N, S, V, F or Q), <c>rr_prev</c>, <c>rr_next</c> and <c>rr_mean10</c> (samples), <c>qrs_samples</c>,
/// <c>peak_uv</c>, <c>ptp_uv</c>, and the shape <c>m00</c> to <c>m23</c> (200 units a millivolt). Features: ln(rr_prev/rr_mean10), ln(rr_next/rr_mean10),
/// ln(qrs_samples), peak and peak-to-peak in millivolt, shape in millivolt. Paced records, beats of class Q (15 in both parts) and beats at the end of a
/// record, which have no neighbour, are left out; the source text counts them. Classes after ANSI/AAMI EC57.
/// </remarks>
internal static class HeartbeatReader
{
    private const int ShapeCount = 24;
    private const double UnitsPerMillivolt = 200, MicrovoltsPerMillivolt = 1000;

    private static readonly string[] Classes = ["N", "S", "V", "F"];

    internal static DataSplit Read(string path)
    {
        CsvTable table = CsvTable.Read(path);
        string[] names = ["split", "aami", "rr_prev", "rr_next", "rr_mean10", "qrs_samples", "peak_uv", "ptp_uv", .. Enumerable.Range(0, ShapeCount).Select(i => string.Create(CultureInfo.InvariantCulture, $"m{i:D2}"))];
        int[] columns = [.. names.Select(table.Column)];
        string[] missing = [.. names.Where((_, i) => columns[i] < 0)];
        if (missing.Length > 0) throw new InputFileException(path, $"has no column {string.Join(", ", missing)}; a table of beats has {string.Join(", ", names)}.", line: 1);

        var parts = new Dictionary<string, (List<double> Inputs, List<int> Labels)> { ["DS1"] = ([], []), ["DS2"] = ([], []) };
        int paced = 0, unclassified = 0, atEnds = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            string split = table.Text(row, columns[0]);
            if (split == "paced")
            {
                paced++;
                continue;
            }

            if (!parts.TryGetValue(split, out var part))
                throw new InputFileException(path, $"'{split}' in column 'split' is none of DS1, DS2 and paced.", table.Line(row), columns[0] + 1);
            string name = table.Text(row, columns[1]);
            int label = Array.IndexOf(Classes, name);
            if (label < 0 && name != "Q") throw new InputFileException(path, $"'{name}' in column 'aami' is none of N, S, V, F and Q.", table.Line(row), columns[1] + 1);
            if (label < 0) unclassified++;
            else if (columns[2..5].Any(c => table.Text(row, c).Length == 0)) atEnds++;
            else
            {
                part.Labels.Add(label);
                AddFeatures(table, row, columns, part.Inputs);
            }
        }

        string source = string.Create(CultureInfo.InvariantCulture,
            $"G. B. Moody, R. G. Mark, MIT-BIH Arrhythmia Database 1.0.0, PhysioNet, doi 10.13026/C2F305, ODC-By 1.0; A. L. Goldberger et al., PhysioNet, Circulation 101, 2000. Beats of DS1 train, of DS2 test; left out: {paced} beats of paced records, {unclassified} of class Q, {atEnds} at the end of a record.");
        string[] features = ["ln_rr_prev", "ln_rr_next", "ln_qrs", "peak_mv", "ptp_mv", .. names[^ShapeCount..]];
        return new DataSplit(Part("DS1"), Part("DS2"));

        DataSet Part(string split) => new("mitdb", features.Length, parts[split].Inputs.ToArray(), parts[split].Labels.ToArray(), Classes, source, features);
    }

    private static void AddFeatures(CsvTable table, int row, int[] columns, List<double> inputs)
    {
        double mean = Positive(4);
        inputs.Add(Math.Log(Positive(2) / mean));
        inputs.Add(Math.Log(Positive(3) / mean));
        inputs.Add(Math.Log(Positive(5)));
        inputs.Add(table.Number(row, columns[6]) / MicrovoltsPerMillivolt);
        inputs.Add(table.Number(row, columns[7]) / MicrovoltsPerMillivolt);
        for (int i = 0; i < ShapeCount; i++) inputs.Add(table.Number(row, columns[8 + i]) / UnitsPerMillivolt);

        double Positive(int which)
        {
            double value = table.Number(row, columns[which]);
            return value > 0 ? value : throw new InputFileException(table.Path, string.Create(CultureInfo.InvariantCulture, $"{value:R} in column '{table.Headers[columns[which]]}'; intervals and widths are positive."), table.Line(row), columns[which] + 1);
        }
    }
}
