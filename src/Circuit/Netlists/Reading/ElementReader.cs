using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads the elements of one scope.</summary>
internal sealed class ElementReader(DeckBuilder builder, SubcircuitScope scope)
{
    // What ngspice puts in the place of 0 ohm.
    private const double SmallestOhms = 1e-3;

    /// <summary>Reads one element.</summary>
    /// <exception cref="DeckSyntaxError">The statement is wrong, or the element is unknown.</exception>
    public Element Read(DeckCursor cursor)
    {
        string name = cursor.Next("an element");
        return name[0] switch
        {
            'r' => Resistor(name, cursor),
            'c' => Capacitor(name, cursor),
            'l' => Inductor(name, cursor),
            'v' => new VoltageSource(name, Node(cursor), Node(cursor), SourceReader.Read(cursor, scope.Parameters)),
            'i' => new CurrentSource(name, Node(cursor), Node(cursor), SourceReader.Read(cursor, scope.Parameters)),
            'e' or 'g' => VoltageControlled(name, cursor),
            'f' or 'h' => CurrentControlled(name, cursor),
            'b' => Behavioural(name, cursor),
            'd' => Diode(name, cursor),
            'm' => Mosfet(name, cursor),
            'x' => Call(name, cursor),
            _ => throw new DeckSyntaxError(0, $"element {name} of kind '{name[0]}' is not known to the native engine; run the deck with --engine ngspice."),
        };
    }

    private static string Node(DeckCursor cursor) => DeckNodes.Read(cursor);

    private Resistor Resistor(string name, DeckCursor cursor)
    {
        string plus = Node(cursor), minus = Node(cursor);
        double ohms = NamedValue(cursor, "r", "a resistance in ohms");
        if (ohms == 0)
        {
            builder.Warn(cursor, FormattableString.Invariant($"{name} has 0 ohm and is taken as {SmallestOhms:R} ohm, as ngspice does; join the nodes or use a voltage source of 0 V."));
            ohms = SmallestOhms;
        }

        // As in ngspice a negative resistance is an element like any other; it is rarely meant.
        if (ohms < 0) builder.Warn(cursor, FormattableString.Invariant($"{name} has a negative resistance, {ohms:R} ohm; it delivers power."));
        cursor.ExpectEnd();
        return new Resistor(name, plus, minus, ohms);
    }

    private Capacitor Capacitor(string name, DeckCursor cursor)
    {
        string plus = Node(cursor), minus = Node(cursor);
        double farads = NamedValue(cursor, "c", "a capacitance in farads");
        if (farads < 0) throw new DeckSyntaxError(cursor.WordStart, "capacitance is negative; it must be 0 or above.");
        return new Capacitor(name, plus, minus, farads, InitialCondition(cursor));
    }

    private Inductor Inductor(string name, DeckCursor cursor)
    {
        string plus = Node(cursor), minus = Node(cursor);
        double henries = NamedValue(cursor, "l", "an inductance in henries");
        if (henries < 0) throw new DeckSyntaxError(cursor.WordStart, "inductance is negative; it must be 0 or above.");
        return new Inductor(name, plus, minus, henries, InitialCondition(cursor));
    }

    private Element VoltageControlled(string name, DeckCursor cursor)
    {
        string plus = Node(cursor), minus = Node(cursor);
        if (cursor.IsAssignmentNext())
        {
            string key = cursor.Next("a gain or an expression"), own = name[0] == 'e' ? "vol" : "cur";
            if (key != "value" && key != own) throw cursor.Unexpected($"value= or {own}= with an expression");
            cursor.Expect("=");
            return new BehaviouralSource(name, plus, minus, name[0] == 'e', Expression(cursor));
        }

        string first = Node(cursor);
        if (first is "poly" or "table" or "laplace")
            throw new DeckSyntaxError(cursor.WordStart, $"'{first}' is not known to the native engine; write the source as B with v= or i=, or run the deck with --engine ngspice.");
        string second = Node(cursor);
        double gain = DeckValues.Read(cursor, scope.Parameters, "a gain");
        cursor.ExpectEnd();
        return name[0] == 'e'
            ? new VoltageControlledVoltageSource(name, plus, minus, first, second, gain)
            : new VoltageControlledCurrentSource(name, plus, minus, first, second, gain);
    }

    private Element CurrentControlled(string name, DeckCursor cursor)
    {
        string plus = Node(cursor), minus = Node(cursor), control = cursor.Next("a voltage source");
        control = ElementNames.FromNgspice(control);
        if (control[(control.LastIndexOf('.') + 1)..] is not ['v', ..]) throw cursor.Unexpected("the name of a voltage source");
        double gain = DeckValues.Read(cursor, scope.Parameters, "a gain");
        cursor.ExpectEnd();
        return name[0] == 'f'
            ? new CurrentControlledCurrentSource(name, plus, minus, control, gain)
            : new CurrentControlledVoltageSource(name, plus, minus, control, gain);
    }

    private BehaviouralSource Behavioural(string name, DeckCursor cursor)
    {
        string plus = Node(cursor), minus = Node(cursor);
        string kind = cursor.Next("v= or i=");
        if (kind is not ("v" or "i")) throw cursor.Unexpected("v= or i=");
        cursor.Expect("=");
        return new BehaviouralSource(name, plus, minus, kind == "v", Expression(cursor));
    }

    private Expression Expression(DeckCursor cursor)
    {
        string text = cursor.TakeRest();
        if (text.Length == 0) throw new DeckSyntaxError(cursor.WordStart, "the line ends here, expected an expression.");
        return scope.Parameters.Bind(text, cursor.WordStart);
    }

    private Diode Diode(string name, DeckCursor cursor)
    {
        string anode = Node(cursor), cathode = Node(cursor);
        string model = cursor.Next("a diode model");
        int at = cursor.WordStart;
        (DeckLine line, string unique, ParameterScope home) = DeckBuilder.FindModel(model, at, scope, "d");
        double area = 1;
        if (!cursor.IsAtEnd) area = NamedValue(cursor, "area", "an area factor");
        if (area <= 0) throw new DeckSyntaxError(cursor.WordStart, "area factor must be above 0.");
        cursor.ExpectEnd();
        return new Diode(name, anode, cathode, builder.Model(line, unique, () => ModelReader.Diode(line, unique, home)), area);
    }

    private Mosfet Mosfet(string name, DeckCursor cursor)
    {
        string drain = Node(cursor), gate = Node(cursor), source = Node(cursor), bulk = Node(cursor);
        string word = cursor.Next("a MOSFET model");
        (DeckLine line, string unique, ParameterScope home) = DeckBuilder.FindModel(word, cursor.WordStart, scope, "nmos", "pmos");
        bool isPChannel = ModelReader.Head(line).Kind == "pmos";
        MosfetModel model = builder.Model(line, unique, () => ModelReader.Mosfet(line, unique, isPChannel, home));
        var geometry = new MosfetGeometry();
        foreach ((string key, int keyOffset, string text, int offset) in DeckAssignments.Read(cursor.Rest, cursor.Position))
        {
            double value = scope.Parameters.Evaluate(text, offset);
            if (!(value >= 0)) throw new DeckSyntaxError(offset, $"{key} is {text}; it cannot be negative.");
            geometry = key switch
            {
                "w" => geometry with { WidthMetres = value },
                "l" => geometry with { LengthMetres = value },
                "ad" => geometry with { DrainSquareMetres = value },
                "as" => geometry with { SourceSquareMetres = value },
                "pd" => geometry with { DrainPerimeterMetres = value },
                "ps" => geometry with { SourcePerimeterMetres = value },
                _ => throw new DeckSyntaxError(keyOffset, $"parameter '{key}' of a MOSFET is not known to the native engine; expected w, l, ad, as, pd or ps."),
            };
        }

        if (geometry.WidthMetres == 0 || geometry.LengthMetres <= 2 * model.LateralDiffusionMetres)
            throw new DeckSyntaxError(0, $"{name} has no channel left: width must be above 0 and length above twice ld.");
        return new Mosfet(name, drain, gate, source, bulk, model, geometry);
    }

    private SubcircuitCall Call(string name, DeckCursor cursor)
    {
        var words = new List<(string Word, int Offset)>();
        while (!cursor.IsAtEnd && !cursor.IsAssignmentNext())
        {
            string word = DeckNodes.Read(cursor, "a node or a subcircuit's name");
            if (word is "params:" or "params") break;
            words.Add((word, cursor.WordStart));
        }

        if (words.Count == 0) throw new DeckSyntaxError(cursor.Line.Text.Length, "the line ends here, expected nodes and a subcircuit's name.");
        (string subcircuit, int at) = words[^1];
        SubcircuitSource source = scope.Source.Find(subcircuit)
            ?? throw new DeckSyntaxError(at, $"subcircuit '{subcircuit}' is not defined; expected the name of a .subckt.");
        if (words.Count - 1 != source.Ports.Count)
            throw new DeckSyntaxError(at, $"subcircuit {subcircuit} has {source.Ports.Count} ports, but {words.Count - 1} nodes are given.");
        var given = new Dictionary<string, ParameterDefinition>();
        foreach ((string key, int keyOffset, string value, int valueOffset) in DeckAssignments.Read(cursor.Rest, cursor.Position))
            if (!given.TryAdd(key, new ParameterDefinition(key, value, cursor.Line, valueOffset))) throw new DeckSyntaxError(keyOffset, $"parameter '{key}' is given twice.");
        return new SubcircuitCall(name, [.. words.SkipLast(1).Select(w => w.Word)], builder.Instantiate(source, scope, given));
    }

    /// <summary>A value that may have its name and an equals sign before it.</summary>
    private double NamedValue(DeckCursor cursor, string key, string expected)
    {
        if (cursor.IsAssignmentNext())
        {
            if (cursor.Next(key) != key) throw cursor.Unexpected($"{expected}, as in 1k or {key}=1k");
            cursor.Expect("=");
        }

        return DeckValues.Read(cursor, scope.Parameters, expected);
    }

    private double? InitialCondition(DeckCursor cursor)
    {
        if (cursor.IsAtEnd) return null;
        if (cursor.Next("ic=") != "ic") throw cursor.Unexpected("ic=value or the end of the line");
        cursor.Expect("=");
        double value = DeckValues.Read(cursor, scope.Parameters, "an initial condition");
        cursor.ExpectEnd();
        return value;
    }
}
