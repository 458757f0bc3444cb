namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Sorts the statements of a deck: into subcircuits, by kind, commands of .control blocks aside.</summary>
internal sealed class DeckStatements(DeckProblems problems)
{
    private static readonly HashSet<string> IgnoredStatements = [".plot", ".width", ".title", ".four", ".probe", ".csparam"];

    private static readonly Dictionary<string, string> ForeignStatements = new()
    {
        [".noise"] = "noise analysis",
        [".tf"] = "transfer-function analysis",
        [".sens"] = "sensitivity analysis",
        [".pz"] = "pole-zero analysis",
        [".disto"] = "distortion analysis",
        [".pss"] = "periodic steady state",
        [".sp"] = "S-parameter analysis",
        [".if"] = "conditional netlists",
    };

    private static readonly HashSet<string> TopStatements =
        [".op", ".options", ".option", ".opt", ".save", ".print", ".dc", ".ac", ".tran", ".ic", ".nodeset", ".global", ".temp", ".meas", ".measure"];

    /// <summary>The deck itself, with its subcircuits below it.</summary>
    public SubcircuitSource Top { get; } = new("", null);

    /// <summary>Analyses, options and the like, in order.</summary>
    public List<DeckLine> Commands { get; } = [];

    /// <summary>Lines between .control and .endc.</summary>
    public List<DeckLine> ControlLines { get; } = [];

    /// <summary>Sorts statements.</summary>
    public void Sort(List<DeckLine> lines)
    {
        SubcircuitSource scope = Top;
        bool isControl = false;
        foreach (DeckLine line in lines)
        {
            string word = line.FirstWord;
            if (isControl && word != ".endc")
            {
                ControlLines.Add(line);
                continue;
            }

            try
            {
                switch (word)
                {
                    case ".control":
                        isControl = true;
                        problems.LeaveOut(line, 0, "commands between .control and .endc are kept but not run; put analyses into statements such as .op.");
                        break;
                    case ".endc":
                        isControl = false;
                        break;
                    case ".subckt":
                        scope = Open(new DeckCursor(line), scope);
                        break;
                    case ".ends":
                        if (scope == Top) throw new DeckSyntaxError(0, "found .ends, but no .subckt is open.");
                        scope = scope.Outer!;
                        break;
                    default:
                        Place(line, word, scope);
                        break;
                }
            }
            catch (DeckSyntaxError error)
            {
                problems.Error(line, error.Offset, error.Message);
            }
        }

        if (scope != Top) problems.Error(scope.Header!, 0, $".subckt {scope.Name} is never closed; expected .ends.");
    }

    private void Place(DeckLine line, string word, SubcircuitSource scope)
    {
        if (word.Length > 0 && word[0] != '.')
        {
            scope.Elements.Add(line);
            return;
        }

        switch (word)
        {
            case ".param" or ".parameters" or ".params":
                scope.ParameterLines.Add(line);
                break;
            case ".func":
                scope.Functions.Add(line);
                break;
            case ".model":
                scope.Models.Add(line);
                break;
            case var known when TopStatements.Contains(known):
                if (scope != Top) throw new DeckSyntaxError(0, $"found {word} inside .subckt {scope.Name}; move it out of the subcircuit.");
                Commands.Add(line);
                break;
            case var ignored when IgnoredStatements.Contains(ignored):
                problems.LeaveOut(line, 0, $"{word} is not used.");
                break;
            case var foreign when ForeignStatements.TryGetValue(foreign, out string? what):
                throw new DeckSyntaxError(0, $"{word} ({what}) is not known to the native engine; run the deck with --engine ngspice.");
            default:
                throw new DeckSyntaxError(0, $"found '{word}', expected an element or a statement such as .op, .dc, .tran, .ac, .param, .subckt or .end.");
        }
    }

    private SubcircuitSource Open(DeckCursor cursor, SubcircuitSource scope)
    {
        cursor.Next(".subckt");
        string name = cursor.Next("the subcircuit's name");
        var ports = new List<string>();
        while (!cursor.IsAtEnd && !cursor.IsAssignmentNext())
        {
            string word = DeckNodes.Read(cursor, "a port");
            if (word is "params:" or "params") break;
            ports.Add(word);
        }

        var source = new SubcircuitSource(name, scope) { Header = cursor.Line, Ports = ports };
        try
        {
            foreach ((string parameter, int nameOffset, string value, int valueOffset) in DeckAssignments.Read(cursor.Rest, cursor.Position))
            {
                ParameterScope.CheckName(parameter, nameOffset);
                source.Defaults.Add(new ParameterDefinition(parameter, value, cursor.Line, valueOffset));
            }
        }
        catch (DeckSyntaxError error)
        {
            // The subcircuit is kept, so that its body and its .ends give no errors of their own.
            problems.Error(cursor.Line, error.Offset, error.Message);
        }

        if (ports.Distinct().Count() < ports.Count) problems.Error(cursor.Line, 0, $".subckt {name} names a port twice.");
        if (!scope.Nested.TryAdd(name, source)) problems.Error(cursor.Line, 0, $".subckt {name} is defined twice.");
        return source;
    }
}
