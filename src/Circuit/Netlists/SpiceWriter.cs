using System.Globalization;
using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Expressions;
using CircuitSim.Circuit.Netlists.Dialects;

namespace CircuitSim.Circuit.Netlists;

/// <summary>Writes a netlist as a deck: deterministic, invariant culture, <c>\n</c> at line ends only.</summary>
/// <remarks>
/// Simulators keep few digits of a number inside an expression, ngspice 39 eleven of them; numbers that need more are written as
/// parameters, which they keep whole.
/// </remarks>
public sealed class SpiceWriter
{
    private readonly TextWriter _output;
    private readonly SpiceDialect _dialect;
    private readonly Dictionary<double, string> _longNumbers = [];

    private SpiceWriter(TextWriter output, SpiceDialect dialect) => (_output, _dialect) = (output, dialect);

    /// <summary>Writes the whole deck, from title to end.</summary>
    /// <param name="netlist">The netlist.</param>
    /// <param name="output">Receives the text; not closed.</param>
    /// <param name="dialect">The simulator that shall read it; ngspice when null.</param>
    /// <exception cref="ArgumentException">The title or a comment holds a line break, or a name holds a blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="Errors.InvalidDesignException">The netlist holds what the dialect has no form for.</exception>
    public static void Write(Netlist netlist, TextWriter output, SpiceDialect? dialect = null)
    {
        ArgumentNullException.ThrowIfNull(netlist);
        new SpiceWriter(output, dialect ?? SpiceDialect.Ngspice).WriteDeck(netlist);
    }

    /// <summary>The whole deck as a text.</summary>
    /// <param name="netlist">The netlist.</param>
    /// <param name="dialect">The simulator that shall read it; ngspice when null.</param>
    /// <returns>The deck, from title to end.</returns>
    /// <exception cref="ArgumentException">The title or a comment holds a line break, or a name holds a blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="Errors.InvalidDesignException">The netlist holds what the dialect has no form for.</exception>
    public static string ToText(Netlist netlist, SpiceDialect? dialect = null)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(netlist, text, dialect);
        return text.ToString();
    }

    private void WriteDeck(Netlist netlist)
    {
        Lines(_dialect.Begin(OneLine(netlist.Title)));
        foreach (string comment in netlist.HeaderComments) Line(_dialect.Comment(OneLine(comment)));
        CollectLongNumbers(netlist);
        foreach ((double value, string name) in _longNumbers) Line(_dialect.Parameter(name, value));
        if (netlist.Options.Count > 0) Lines(_dialect.Options(netlist));
        if (netlist.GlobalNodes.Count > 0) Lines(_dialect.Global(netlist.GlobalNodes));
        WriteModels(netlist);
        Lines(_dialect.Verbatim([.. netlist.VerbatimLines.Select(OneLine)]));
        foreach (SubcircuitDefinition definition in netlist.Subcircuits)
        {
            Line(_dialect.BeginSubcircuit(Word(definition.Name), definition.Ports.Select(Word)));
            foreach (Element element in definition.Elements) WriteElement(element);
            Line(_dialect.EndSubcircuit(definition.Name));
        }

        foreach (Element element in netlist.Elements) WriteElement(element);
        if (netlist.InitialVolts.Count > 0) Lines(_dialect.InitialVolts(Checked(netlist.InitialVolts)));
        if (netlist.GuessedVolts.Count > 0) Lines(_dialect.GuessedVolts(Checked(netlist.GuessedVolts)));
        for (int i = 0; i < netlist.Analyses.Count; i++) Lines(_dialect.Analysis(netlist.Analyses[i], i));
        foreach (Measure measure in netlist.Measures) Lines(_dialect.Measure(measure with { Name = Word(measure.Name) }));
        Lines(_dialect.Saved(netlist));
        Lines(_dialect.End);
    }

    private void WriteElement(Element element)
    {
        Word(element.Name);
        foreach (string node in element.Nodes) Word(node);
        switch (element)
        {
            case Memristor m:
                Line(_dialect.Source(m.Name, m.Plus, m.Minus, false, Text(m.Law.Expression(m.Plus, m.Minus))));
                break;
            case BehaviouralSource b:
                Line(_dialect.Source(b.Name, b.Plus, b.Minus, b.IsVoltage, Text(b.Value)));
                break;
            case EkvMosfet m:
                WriteTransistor(m);
                break;
            default:
                if (References(element) is string reference) Word(reference);
                Lines(_dialect.Element(element));
                break;
        }
    }

    /// <summary>Name of another thing that an element refers to.</summary>
    private static string? References(Element element) => element switch
    {
        CurrentControlledCurrentSource f => f.Control,
        CurrentControlledVoltageSource h => h.Control,
        Diode d => d.Model.Name,
        Mosfet m => m.Model.Name,
        SubcircuitCall x => x.Subcircuit,
        _ => null,
    };

    private string Text(Expression expression) => ExpressionText.Write(expression.Root, InExpression, _dialect.Expressions);

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
        Line(_dialect.Source(transistor.Name, from, to, false,
            $"{InExpression(model.SpecificCurrentAmps)}*({Charge(forward)}-{Charge($"{pinchOff}-{drain}")})"));

        string Charge(string bias) => _dialect.Expressions.PowerOf($"({_dialect.Expressions.NaturalLogarithm}(1+exp(({bias})/{twoThermal})))", "2");

        string Bias(string node) => node == transistor.Bulk ? "0" : model.IsPChannel ? $"v({transistor.Bulk},{node})" : $"v({node},{transistor.Bulk})";
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
        double kept = double.Parse(value.ToString($"E{_dialect.ExpressionDigits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        // Below this the digits that are dropped are rounding anyway.
        if (Math.Abs(kept - value) <= 4e-16 * Math.Abs(value)) return;
        _longNumbers.TryAdd(value, string.Create(CultureInfo.InvariantCulture, $"digits_{_longNumbers.Count + 1}"));
    }

    private string InExpression(double value) => _longNumbers.TryGetValue(value, out string? name) ? _dialect.ParameterUse(name) : SpiceNumber.Format(value);

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
            if (written.TryAdd(name, model)) Lines(_dialect.Model(Word(name), text));
            else if (!written[name].Equals(model)) throw new ArgumentException($"Two different models are called '{name}'; give each a name of its own.", nameof(netlist));
        }
    }

    private static IReadOnlyDictionary<string, double> Checked(IReadOnlyDictionary<string, double> volts)
    {
        foreach (string node in volts.Keys) Word(node);
        return volts;
    }

    private static string Word(string word)
    {
        foreach (char c in word)
            if (char.IsWhiteSpace(c) || c is '=' or '(' or ')' or ',' or ';') throw new ArgumentException($"'{word}' cannot be a name in a deck: it holds '{c}'.", nameof(word));
        return word.Length > 0 ? word : throw new ArgumentException("A name in a deck cannot be empty.", nameof(word));
    }

    private static string OneLine(string text)
        => text.AsSpan().IndexOfAny('\n', '\r') < 0 ? text : throw new ArgumentException($"'{text}' holds a line break; a title or comment is one line.", nameof(text));

    private void Lines(IEnumerable<string> lines)
    {
        foreach (string line in lines) Line(line);
    }

    private void Line(string text)
    {
        foreach (string piece in _dialect.Fold(text))
        {
            _output.Write(piece);
            _output.Write('\n');
        }
    }
}
