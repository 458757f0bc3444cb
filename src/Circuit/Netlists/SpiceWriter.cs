using System.Globalization;
using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists;

/// <summary>Writes a netlist as an ngspice deck: deterministic, invariant culture, <c>\n</c> at line ends only.</summary>
/// <remarks>
/// ngspice 39 keeps eleven digits of a number inside a B source; numbers that need more are written as parameters, which it
/// keeps whole.
/// </remarks>
public sealed class SpiceWriter
{
    private const int WrappedWords = 8;

    private readonly TextWriter _output;
    private readonly Dictionary<double, string> _longNumbers = [];

    private SpiceWriter(TextWriter output) => _output = output;

    /// <summary>Writes the whole deck, from title to <c>.end</c>.</summary>
    /// <param name="netlist">The netlist.</param>
    /// <param name="output">Receives the text; not closed.</param>
    /// <exception cref="ArgumentException">The title or a comment holds a line break, or a name holds a blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static void Write(Netlist netlist, TextWriter output) => new SpiceWriter(output).WriteDeck(netlist);

    /// <summary>The whole deck as a text.</summary>
    /// <param name="netlist">The netlist.</param>
    /// <returns>The deck, from title to <c>.end</c>.</returns>
    /// <exception cref="ArgumentException">The title or a comment holds a line break, or a name holds a blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static string ToText(Netlist netlist)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(netlist, text);
        return text.ToString();
    }

    private void WriteDeck(Netlist netlist)
    {
        Line(OneLine(netlist.Title));
        foreach (string comment in netlist.HeaderComments) Line("* " + OneLine(comment));
        CollectLongNumbers(netlist);
        foreach ((double value, string name) in _longNumbers) Line($".param {name}={SpiceNumber.Format(value)}");
        if (netlist.Options.Count > 0)
            Wrapped(".options", netlist.Options.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => o.Value.Length == 0 ? o.Key : $"{o.Key}={o.Value}"));
        if (netlist.GlobalNodes.Count > 0) Wrapped(".global", netlist.GlobalNodes);
        WriteModels(netlist);
        foreach (string line in netlist.VerbatimLines) Line(OneLine(line));
        foreach (SubcircuitDefinition definition in netlist.Subcircuits)
        {
            Line($".subckt {Word(definition.Name)} {Words(definition.Ports)}");
            foreach (Element element in definition.Elements) WriteElement(element);
            Line(".ends");
        }

        foreach (Element element in netlist.Elements) WriteElement(element);
        WriteVolts(".ic", netlist.InitialVolts);
        WriteVolts(".nodeset", netlist.GuessedVolts);
        foreach (Analysis analysis in netlist.Analyses) Line("." + Command(analysis));
        foreach (Measure measure in netlist.Measures) Line(MeasureText.Write(measure with { Name = Word(measure.Name) }));
        if (netlist.SavedVectors.Count > 0) Wrapped(".save", netlist.SavedVectors);
        Line(".end");
    }

    private void WriteVolts(string head, IReadOnlyDictionary<string, double> volts)
    {
        if (volts.Count > 0) Wrapped(head, volts.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"v({Word(v.Key)})={SpiceNumber.Format(v.Value)}"));
    }

    private void WriteElement(Element element)
    {
        string head = $"{Word(element.Name)} {Words(element.Nodes)}";
        switch (element)
        {
            case Resistor r:
                Line($"{head} {SpiceNumber.Format(r.Ohms)}");
                break;
            case VoltageSource v:
                Line($"{head} {Text(v.Value)}");
                break;
            case CurrentSource i:
                Line($"{head} {Text(i.Value)}");
                break;
            case Capacitor c:
                Line($"{head} {SpiceNumber.Format(c.Farads)}{InitialCondition(c.InitialVolts)}");
                break;
            case Inductor l:
                Line($"{head} {SpiceNumber.Format(l.Henries)}{InitialCondition(l.InitialAmps)}");
                break;
            case VoltageControlledVoltageSource e:
                Line($"{head} {SpiceNumber.Format(e.Gain)}");
                break;
            case VoltageControlledCurrentSource g:
                Line($"{head} {SpiceNumber.Format(g.Gain)}");
                break;
            case CurrentControlledCurrentSource f:
                Line($"{head} {Word(f.Control)} {SpiceNumber.Format(f.Gain)}");
                break;
            case CurrentControlledVoltageSource h:
                Line($"{head} {Word(h.Control)} {SpiceNumber.Format(h.Gain)}");
                break;
            case Diode d:
                // ngspice 39 drops a model that only diodes with a bare area use.
                Line($"{head} {Word(d.Model.Name)}{(d.Area == 1 ? "" : " area=" + SpiceNumber.Format(d.Area))}");
                break;
            case Mosfet m:
                Line($"{head} {Word(m.Model.Name)}{ModelText.Geometry(m.Geometry)}");
                break;
            case Memristor m:
                Line($"{head} i={ExpressionText.Write(m.Law.Expression(m.Plus, m.Minus).Root, InExpression)}");
                break;
            case BehaviouralSource b:
                string expression = ExpressionText.Write(b.Value.Root, InExpression);
                // E and G hold an expression too, under other names and in quotes.
                Line(b.Name[0] is 'e' or 'g' ? $"{head} {(b.IsVoltage ? "vol" : "cur")}='{expression}'" : $"{head} {(b.IsVoltage ? "v" : "i")}={expression}");
                break;
            case EkvMosfet m:
                WriteTransistor(m);
                break;
            case SubcircuitCall x:
                Line($"{head} {Word(x.Subcircuit)}");
                break;
            default:
                throw new ArgumentException($"Element {element.Name} of type {element.GetType().Name} has no form in a deck.", nameof(element));
        }
    }

    private void WriteTransistor(EkvMosfet transistor)
    {
        EkvParameters model = transistor.Model;
        // An n-channel current flows from drain to source and voltages count from the bulk; for a p-channel both are turned round.
        string from = model.IsPChannel ? transistor.Source : transistor.Drain, to = model.IsPChannel ? transistor.Drain : transistor.Source;
        string drain = Bias(transistor.Drain), source = Bias(transistor.Source), gate = Bias(transistor.Gate);
        string lowering = transistor.Source == transistor.Bulk ? drain : $"({drain}+{source})";
        string pinchOff = $"({gate}-{InExpression(model.ThresholdVolts)}+{InExpression(model.BarrierLowering)}*{lowering})/{InExpression(model.SlopeFactor)}";
        string forward = transistor.Source == transistor.Bulk ? pinchOff : $"{pinchOff}-{source}";
        string twoThermal = InExpression(2 * model.ThermalVolts);
        Line($"{Word(transistor.Name)} {Word(from)} {Word(to)} I={InExpression(model.SpecificCurrentAmps)}*"
            + $"((ln(1+exp(({forward})/{twoThermal})))^2-(ln(1+exp(({pinchOff}-{drain})/{twoThermal})))^2)");

        string Bias(string node) => node == transistor.Bulk ? "0" : model.IsPChannel ? $"V({transistor.Bulk},{node})" : $"V({node},{transistor.Bulk})";
    }

    private void CollectLongNumbers(Netlist netlist)
    {
        foreach (Element element in netlist.Subcircuits.SelectMany(s => s.Elements).Concat(netlist.Elements))
        {
            if (element is BehaviouralSource b)
            {
                foreach (ExpressionNode.Number number in b.Value.Root.All().OfType<ExpressionNode.Number>()) Collect(number.Value);
            }
            else if (element is Memristor r)
            {
                foreach (ExpressionNode.Number number in r.Law.Expression(r.Plus, r.Minus).Root.All().OfType<ExpressionNode.Number>()) Collect(number.Value);
            }
            else if (element is EkvMosfet m)
            {
                Collect(m.Model.ThresholdVolts);
                Collect(m.Model.BarrierLowering);
                Collect(m.Model.SlopeFactor);
                Collect(m.Model.SpecificCurrentAmps);
                Collect(2 * m.Model.ThermalVolts);
            }
        }
    }

    private void Collect(double value)
    {
        double kept = double.Parse(value.ToString("E10", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        // Below this the digits that ngspice drops are rounding anyway.
        if (Math.Abs(kept - value) <= 4e-16 * Math.Abs(value)) return;
        _longNumbers.TryAdd(value, string.Create(CultureInfo.InvariantCulture, $"digits_{_longNumbers.Count + 1}"));
    }

    private string InExpression(double value) => _longNumbers.TryGetValue(value, out string? name) ? $"{{{name}}}" : SpiceNumber.Format(value);

    /// <summary>An analysis as a command: its statement without the dot.</summary>
    internal static string Command(Analysis analysis) => analysis switch
    {
        OperatingPointAnalysis => "op",
        DcSweepAnalysis dc => $"dc {Text(dc.Inner)}{(dc.Outer is null ? "" : " " + Text(dc.Outer))}",
        TransientAnalysis t => $"tran {SpiceNumber.Format(t.StepSeconds)} {SpiceNumber.Format(t.StopSeconds)} {SpiceNumber.Format(t.StartSeconds)}"
            + (t.MaximumStepSeconds is { } maximum ? " " + SpiceNumber.Format(maximum) : "") + (t.UsesInitialConditions ? " uic" : ""),
        AcAnalysis a => $"ac {(a.Spacing == FrequencySpacing.Decade ? "dec" : a.Spacing == FrequencySpacing.Octave ? "oct" : "lin")} "
            + string.Create(CultureInfo.InvariantCulture, $"{a.PointCount} {SpiceNumber.Format(a.StartHertz)} {SpiceNumber.Format(a.StopHertz)}"),
        _ => throw new ArgumentException($"Analysis {analysis.GetType().Name} has no form in a deck.", nameof(analysis)),
    };

    private static string Text(SourceSweep sweep)
        => $"{Word(sweep.Source)} {SpiceNumber.Format(sweep.Start)} {SpiceNumber.Format(sweep.Stop)} {SpiceNumber.Format(sweep.Step)}";

    private static string Text(SourceValue value)
    {
        var parts = new List<string>();
        if (value.Dc is { } dc) parts.Add((value.AcMagnitude != 0 || value.Waveform is not null ? "dc " : "") + SpiceNumber.Format(dc));
        if (value.AcMagnitude != 0) parts.Add($"ac {SpiceNumber.Format(value.AcMagnitude)} {SpiceNumber.Format(value.AcPhaseDegrees)}");
        if (value.Waveform is not null) parts.Add(value.Waveform.DeckText);
        return string.Join(' ', parts);
    }

    private static string InitialCondition(double? value) => value is { } v ? $" ic={SpiceNumber.Format(v)}" : "";

    private void WriteModels(Netlist netlist)
    {
        var written = new Dictionary<string, object>();
        foreach (Element element in netlist.Subcircuits.SelectMany(s => s.Elements).Concat(netlist.Elements))
        {
            (string name, object model, string text) = element switch
            {
                Diode d => (d.Model.Name, d.Model, ModelText.Write(d.Model)),
                Mosfet m => (m.Model.Name, (object)m.Model, ModelText.Write(m.Model)),
                _ => ("", "", ""),
            };
            if (name.Length == 0) continue;
            if (written.TryAdd(name, model)) Line($".model {Word(name)} {text}");
            else if (!written[name].Equals(model)) throw new ArgumentException($"Two different models are called '{name}'; give each a name of its own.", nameof(netlist));
        }
    }

    private void Wrapped(string head, IEnumerable<string> words)
    {
        bool isFirst = true;
        foreach (string[] chunk in words.Chunk(WrappedWords))
        {
            Line($"{(isFirst ? head : "+")} {string.Join(' ', chunk)}");
            isFirst = false;
        }
    }

    private static string Words(IEnumerable<string> words) => string.Join(' ', words.Select(Word));

    private static string Word(string word)
    {
        foreach (char c in word)
            if (char.IsWhiteSpace(c) || c is '=' or '(' or ')' or ',' or ';') throw new ArgumentException($"'{word}' cannot be a name in a deck: it holds '{c}'.", nameof(word));
        return word.Length > 0 ? word : throw new ArgumentException("A name in a deck cannot be empty.", nameof(word));
    }

    private static string OneLine(string text)
        => text.AsSpan().IndexOfAny('\n', '\r') < 0 ? text : throw new ArgumentException($"'{text}' holds a line break; a title or comment is one line.", nameof(text));

    private void Line(string text)
    {
        _output.Write(text);
        _output.Write('\n');
    }
}
