using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads <c>.measure</c> statements from behind their first word.</summary>
/// <param name="cursor">Where to read.</param>
/// <param name="parameters">What expressions see.</param>
/// <param name="earlier">Measures of the statements before, which later ones may name.</param>
internal sealed class MeasureReader(DeckCursor cursor, ParameterScope parameters, IReadOnlyList<Measure> earlier)
{
    private static readonly Dictionary<string, MeasureEdge> Edges = new()
    {
        ["cross"] = MeasureEdge.Cross,
        ["rise"] = MeasureEdge.Rise,
        ["fall"] = MeasureEdge.Fall,
    };

    private bool _isAc;

    /// <summary>Reads the statement.</summary>
    /// <param name="unsupported">Why it cannot be evaluated here, when it is known to ngspice but not to us.</param>
    /// <returns>The measure, or null when it is of a form that is not supported.</returns>
    /// <exception cref="DeckSyntaxError">The statement is wrong.</exception>
    public Measure? Read(out string unsupported)
    {
        string analysis = cursor.Next("tran, dc or ac");
        MeasuredAnalysis? kind = analysis switch
        {
            "tran" => MeasuredAnalysis.Tran,
            "dc" => MeasuredAnalysis.Dc,
            "ac" => MeasuredAnalysis.Ac,
            "op" or "sp" or "noise" => null,
            _ => throw cursor.Unexpected("tran, dc or ac"),
        };
        string name = cursor.Next("the name of the measure");
        if (name[0] is '=' or '{' or '\'' or '"') throw cursor.Unexpected("the name of the measure");
        string what = cursor.Next("find, when, trig, avg, min, max, pp, rms, integ or param");
        unsupported = kind is null ? $".measure {analysis} {name}" : what is "deriv" or "derivative" or "err" or "err1" or "err2" or "err3" ? $".measure {analysis} {name} {what}" : "";
        if (unsupported.Length > 0) return null;
        _isAc = kind == MeasuredAnalysis.Ac;
        var measure = new Measure { Name = name, Analysis = kind!.Value, Kind = MeasureKind.Find };
        measure = what switch
        {
            "find" => Window(Find(measure)),
            "when" => Window(measure with { Kind = MeasureKind.When, Event = Condition() }),
            "param" => measure with { Kind = MeasureKind.Expression, Value = Formula(measure) },
            "trig" => measure with { Kind = MeasureKind.Interval, Event = Mark(), Target = Target() },
            _ when MeasureText.Statistics.TryGetValue(what, out MeasureKind statistic) => Window(measure with { Kind = statistic, Vector = Vector() }),
            _ => throw cursor.Unexpected("find, when, trig, avg, min, max, min_at, max_at, pp, rms or integ"),
        };
        cursor.ExpectEnd();
        return measure;
    }

    /// <summary>An expression of parameters and of measures that stand above it.</summary>
    private Expression Formula(Measure measure)
    {
        cursor.Expect("=");
        string text = cursor.TakeRest();
        int offset = cursor.WordStart;
        if (text.Length == 0) throw new DeckSyntaxError(offset, "the line ends here, expected an expression.");
        Expression formula = parameters.Bind(text, offset, [.. earlier.Where(m => m.Analysis == measure.Analysis).Select(m => m.Name)]);
        if (formula.Nodes.Count + formula.Sources.Count > 0)
            throw new DeckSyntaxError(offset, "param takes parameters and measures of statements above; measure voltages and currents with find first.");
        return formula;
    }

    private Measure Find(Measure measure)
    {
        MeasureVector vector = Vector();
        MeasureEvent place = cursor.Accept("when") ? Condition() : new MeasureEvent { At = Value("at") };
        return measure with { Vector = vector, Event = place };
    }

    private MeasureEvent Target()
    {
        cursor.Expect("targ");
        return Mark();
    }

    /// <summary>vector=level or vector=vector, then what chooses among crossings.</summary>
    private MeasureEvent Condition()
    {
        MeasureVector vector = Vector();
        cursor.Expect("=");
        string next = cursor.Peek() ?? "";
        bool isLevel = next.Length == 0 || next[0] is '{' or '\'' || SpiceNumber.TryParse(next, out _);
        var found = new MeasureEvent { Vector = vector };
        return Choice(isLevel ? found with { Level = DeckValues.Read(cursor, parameters, "a level or a vector") } : found with { Other = Vector() });
    }

    /// <summary>at=place, or vector val=level and what chooses among crossings.</summary>
    private MeasureEvent Mark()
    {
        if (cursor.Peek() == "at") return new MeasureEvent { At = Value("at") };
        MeasureVector vector = Vector();
        return Choice(new MeasureEvent { Vector = vector, Level = Value("val") });
    }

    private MeasureEvent Choice(MeasureEvent found)
    {
        while (cursor.Peek() is { } word)
        {
            if (word == "td")
            {
                found = found with { Delay = Value("td") };
            }
            else if (Edges.TryGetValue(word, out MeasureEdge edge))
            {
                cursor.Next(word);
                cursor.Expect("=");
                found = found with { Edge = edge, Occurrence = cursor.Accept("last") ? 0 : Occurrence() };
            }
            else
            {
                break;
            }
        }

        return found;
    }

    private int Occurrence()
    {
        double count = DeckValues.Read(cursor, parameters, "the number of a crossing, or last");
        return count >= 1 && count <= int.MaxValue && count == Math.Floor(count) ? (int)count : throw cursor.Unexpected("the number of a crossing from 1, or last");
    }

    private Measure Window(Measure measure)
    {
        while (cursor.Peek() is "from" or "to")
            measure = cursor.Peek() == "from" ? measure with { From = Value("from") } : measure with { To = Value("to") };
        return measure;
    }

    private double Value(string name)
    {
        cursor.Expect(name);
        cursor.Expect("=");
        return DeckValues.Read(cursor, parameters, $"a value for {name}");
    }

    private MeasureVector Vector()
    {
        string word = cursor.Next("a vector such as v(out)");
        int at = cursor.WordStart;
        if (word[0] is '=' or '{' or '\'' or '"') throw cursor.Unexpected("a vector such as v(out)");
        if (!cursor.IsParenthesisNext()) return new MeasureVector('v', 'r', DeckNodes.Normalise(word));
        string[] nodes = [.. cursor.Parenthesised("a node or source").Split(',', StringSplitOptions.TrimEntries).Select(n => word[0] == 'v' ? DeckNodes.Normalise(n) : ElementNames.FromNgspice(n))];
        char part = word[1..] switch { "" => 'r', "r" => 'r', "i" => 'i', "m" => 'm', "p" => 'p', "db" => 'd', _ => '?' };
        if (word[0] is not ('v' or 'i') || part == '?' || nodes.Length > (word[0] == 'v' ? 2 : 1) || nodes.Any(n => n.Length == 0 || n.AsSpan().IndexOfAny(" =({") >= 0))
            throw new DeckSyntaxError(at, $"found '{word}(…)', expected v(node), v(node,node) or i(source); for expressions run the deck with --engine ngspice.");
        if (word.Length > 1 && !_isAc) throw new DeckSyntaxError(at, $"{word} is a part of a phasor; only .measure ac has those.");
        return new MeasureVector(word[0], part, string.Join(',', nodes));
    }
}
