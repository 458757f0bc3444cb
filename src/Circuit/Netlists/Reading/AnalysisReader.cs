using System.Globalization;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads the statements of analyses, from behind their first word.</summary>
internal static class AnalysisReader
{
    /// <summary>Reads source, start, stop and step, once or twice.</summary>
    /// <exception cref="DeckSyntaxError">A word is wrong, a step leads nowhere, or there are too many points.</exception>
    public static DcSweepAnalysis Sweeps(DeckCursor cursor, ParameterScope parameters, DeckLimits limits)
    {
        SourceSweep inner = Sweep(cursor, parameters);
        SourceSweep? outer = cursor.IsAtEnd ? null : Sweep(cursor, parameters);
        cursor.ExpectEnd();
        // Beyond 2^53 a double counts in steps, which is no matter here.
        CheckPoints(Points(inner) * (outer is null ? 1 : Points(outer)), cursor, limits, "the sweep has {0:G} points");
        return new DcSweepAnalysis(inner, outer);

        static double Points(SourceSweep sweep) => Math.Floor((sweep.Stop - sweep.Start) / sweep.Step) + 1;
    }

    private static SourceSweep Sweep(DeckCursor cursor, ParameterScope parameters)
    {
        string source = ElementNames.FromNgspice(cursor.Next("a source to sweep"));
        string letter = source[(source.LastIndexOf('.') + 1)..];
        if (letter.Length == 0 || letter[0] is not ('v' or 'i')) throw cursor.Unexpected("an independent voltage or current source; for other sweeps run the deck with --engine ngspice");
        double start = DeckValues.Read(cursor, parameters, "the first level");
        double stop = DeckValues.Read(cursor, parameters, "the last level");
        double step = DeckValues.Read(cursor, parameters, "the step");
        if (step == 0 || (stop - start) / step < 0) throw new DeckSyntaxError(cursor.WordStart, "the step does not lead from the first level to the last.");
        return new SourceSweep(source, start, stop, step);
    }

    /// <summary>Reads step, stop, start, largest step and uic.</summary>
    /// <exception cref="DeckSyntaxError">A word is wrong, or a time is out of order.</exception>
    public static TransientAnalysis Transient(DeckCursor cursor, ParameterScope parameters, DeckLimits limits)
    {
        double step = Positive("the printing step"), stop = Positive("the end");
        double start = 0;
        double? maximum = null;
        bool usesInitial = false;
        if (!cursor.IsAtEnd && cursor.Peek() != "uic") start = DeckValues.Read(cursor, parameters, "the time from which to print");
        if (start < 0 || start >= stop) throw new DeckSyntaxError(cursor.WordStart, "printing must start between 0 and the end.");
        if (!cursor.IsAtEnd && cursor.Peek() != "uic") maximum = Positive("the largest step");
        if (cursor.Accept("uic")) usesInitial = true;
        cursor.ExpectEnd();
        CheckPoints(stop / Math.Min(step, maximum ?? step), cursor, limits, "the analysis has {0:G} steps");
        return new TransientAnalysis(step, stop, start, maximum, usesInitial);

        double Positive(string expected)
        {
            double value = DeckValues.Read(cursor, parameters, expected);
            return value > 0 ? value : throw new DeckSyntaxError(cursor.WordStart, $"{expected} must be above 0 s.");
        }
    }

    /// <summary>Reads spacing, number of points, first and last frequency.</summary>
    /// <exception cref="DeckSyntaxError">A word is wrong, or frequencies are out of order.</exception>
    public static AcAnalysis Ac(DeckCursor cursor, ParameterScope parameters, DeckLimits limits)
    {
        FrequencySpacing spacing = cursor.Next("dec, oct or lin") switch
        {
            "dec" => FrequencySpacing.Decade,
            "oct" => FrequencySpacing.Octave,
            "lin" => FrequencySpacing.Linear,
            _ => throw cursor.Unexpected("dec, oct or lin"),
        };
        double count = DeckValues.Read(cursor, parameters, "a number of points");
        if (!(count >= 1) || count > int.MaxValue || count != Math.Floor(count)) throw cursor.Unexpected("a whole number of points");
        double start = DeckValues.Read(cursor, parameters, "the first frequency");
        double stop = DeckValues.Read(cursor, parameters, "the last frequency");
        if (!(start > 0) || !(stop >= start)) throw new DeckSyntaxError(cursor.WordStart, "frequencies must be above 0 Hz, the last not below the first.");
        if (stop / start > 1e30) throw new DeckSyntaxError(cursor.WordStart, "the sweep spans more than thirty decades.");
        cursor.ExpectEnd();
        double spans = spacing switch { FrequencySpacing.Decade => Math.Log10(stop / start), FrequencySpacing.Octave => Math.Log2(stop / start), _ => 1 };
        CheckPoints(count * Math.Max(1, spans), cursor, limits, "the sweep has {0:G} points");
        return new AcAnalysis(spacing, (int)count, start, stop);
    }

    private static void CheckPoints(double points, DeckCursor cursor, DeckLimits limits, string text)
    {
        if (!(points <= limits.Points))
            throw new DeckSyntaxError(cursor.WordStart, string.Format(CultureInfo.InvariantCulture, text, points) + $"; at most {limits.Points} are allowed, raise the limit with --limit points=N.");
    }
}
