namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Looks through the commands between .control and .endc, which are not run, for those without which the results would be others.</summary>
internal static class ControlCommands
{
    private static readonly HashSet<string> AnalysisWords = ["op", "dc", "ac", "tran", "noise", "tf", "pz", "sens", "disto", "sp", "pss"];

    // They change the circuit, its parameters or what is run.
    private static readonly HashSet<string> ChangingWords = ["alter", "altermod", "alterparam", "source", "mc_source", "circbyline", "edit"];

    /// <summary>Refuses analyses that the deck's own statements do not ask for, and commands that change the circuit.</summary>
    /// <param name="lines">The commands.</param>
    /// <param name="analyses">Analyses of the deck's statements.</param>
    /// <param name="parameters">What expressions see.</param>
    /// <param name="problems">Receives errors.</param>
    public static void Check(IEnumerable<DeckLine> lines, IReadOnlyList<Analysis> analyses, ParameterScope parameters, DeckProblems problems)
    {
        foreach (DeckLine line in lines)
        {
            string word = line.FirstWord;
            if (ChangingWords.Contains(word))
                problems.Error(line, 0, $"{word} changes the circuit, and commands between .control and .endc are not run; write the change into the deck's statements, or run the deck with --engine ngspice --allow-control.");
            else if (AnalysisWords.Contains(word) && !IsAsked(line))
                problems.Error(line, 0, $"{word} is asked for between .control and .endc only, and commands there are not run; put it into a statement, .{Shortened(line.Text)}, or run the deck with --engine ngspice --allow-control.");
        }

        bool IsAsked(DeckLine line)
        {
            var commands = new DeckCommands(problems);
            try
            {
                commands.Read(new DeckCursor(new DeckLine(line.Path, line.Line, "." + line.Text)), parameters);
            }
            catch (DeckSyntaxError)
            {
                return false;
            }

            return commands.Analyses.TrueForAll(analyses.Contains);
        }
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
