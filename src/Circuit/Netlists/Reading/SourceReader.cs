using CircuitSim.Circuit.Netlists.Waveforms;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads what an independent source gives: DC, AC and a waveform, in any order.</summary>
internal static class SourceReader
{
    private static readonly HashSet<string> Words = ["dc", "ac", "pulse", "pwl", "sin", "exp", "sffm", "am", "trnoise", "trrandom", "external", "distof1", "distof2", "r", "td"];

    /// <summary>Reads the rest of the statement.</summary>
    /// <exception cref="DeckSyntaxError">Something is no source value.</exception>
    public static SourceValue Read(DeckCursor cursor, ParameterScope parameters)
    {
        double? dc = null;
        double magnitude = 0, phase = 0;
        Waveform? waveform = null;
        while (!cursor.IsAtEnd)
        {
            string word = cursor.Peek()!;
            switch (word)
            {
                case "dc":
                    cursor.Next("dc");
                    cursor.Accept("=");
                    dc = DeckValues.Read(cursor, parameters, "a DC value");
                    break;
                case "ac":
                    cursor.Next("ac");
                    cursor.Accept("=");
                    double[] ac = Numbers(cursor, parameters);
                    if (ac.Length > 2) throw cursor.Unexpected("at most a magnitude and a phase after ac");
                    magnitude = ac.Length > 0 ? ac[0] : 1;
                    phase = ac.Length > 1 ? ac[1] : 0;
                    break;
                case "pulse" or "pwl" or "sin" or "exp":
                    cursor.Next(word);
                    int at = cursor.WordStart;
                    if (waveform is not null) throw cursor.Unexpected("one waveform only");
                    waveform = Shape(word, Numbers(cursor, parameters), at);
                    break;
                default:
                    if (dc is not null || Words.Contains(word))
                    {
                        cursor.Next("");
                        throw cursor.Unexpected("dc, ac, pulse, pwl, sin or exp; for other sources run the deck with --engine ngspice");
                    }

                    dc = DeckValues.Read(cursor, parameters, "a DC value");
                    break;
            }
        }

        return new SourceValue { Dc = dc ?? (waveform is null ? 0 : null), AcMagnitude = magnitude, AcPhaseDegrees = phase, Waveform = waveform };
    }

    private static double[] Numbers(DeckCursor cursor, ParameterScope parameters)
    {
        var numbers = new List<double>();
        while (!cursor.IsAtEnd && !Words.Contains(cursor.Peek()!)) numbers.Add(DeckValues.Read(cursor, parameters, "a number"));
        return [.. numbers];
    }

    private static Waveform Shape(string word, double[] n, int at)
    {
        switch (word)
        {
            case "pulse":
                Expect(2, 7);
                if (Number(3) < 0 || Number(4) < 0 || Number(5) < 0 || Number(6) < 0) throw new DeckSyntaxError(at, "rise, fall, width and period of a pulse cannot be negative.");
                return new PulseWaveform(n[0], n[1], Number(2), Number(3), Number(4), Number(5), Number(6));
            case "sin":
                Expect(2, 6);
                return new SineWaveform(n[0], n[1], Number(2), Number(3), Number(4), Number(5));
            case "exp":
                Expect(2, 6);
                if (Number(3) < 0 || Number(5) < 0) throw new DeckSyntaxError(at, "time constants of an exponential cannot be negative.");
                return new ExponentialWaveform(n[0], n[1], Number(2), Number(3), Number(4), Number(5));
            default:
                if (n.Length == 0 || n.Length % 2 != 0) throw new DeckSyntaxError(at, $"pwl has {n.Length} numbers; it needs pairs of time and value.");
                try
                {
                    return new PiecewiseLinearWaveform([.. n.Chunk(2).Select(pair => (pair[0], pair[1]))]);
                }
                catch (ArgumentException error)
                {
                    throw new DeckSyntaxError(at, error.Message);
                }
        }

        double? Number(int index) => index < n.Length ? n[index] : null;

        void Expect(int least, int most)
        {
            if (n.Length < least || n.Length > most) throw new DeckSyntaxError(at, $"{word} has {n.Length} numbers; it takes {least} to {most}.");
        }
    }
}
