using System.Text;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>
/// A deck for a simulator that reads decks itself: the author's own text, included files in their places, checked to hold nothing but a
/// circuit and its analyses.
/// </summary>
/// <remarks>
/// This is the only way to ngspice. The title is replaced, because ngspice takes some titles for orders; comments, the <c>.control</c> block
/// and statements that only print are left out, because a simulator runs some of them as commands; what else could run a command or reach a
/// file is refused. No name and no value is changed.
/// </remarks>
internal sealed class RefereeDeck
{
    private const string Title = "circuitsim";

    /// <summary>Text is bytes here: what a file holds reaches the simulator unchanged, whatever its encoding.</summary>
    internal static readonly Encoding Encoding = Encoding.Latin1;

    private static readonly HashSet<string> AnalysisWords = [".op", ".dc", ".tran", ".ac", ".noise", ".tf", ".sens", ".pz", ".disto", ".sp", ".pss"];

    private readonly IReadOnlyList<RefereeStatement> _statements;
    private readonly List<int> _analyses = [];

    private RefereeDeck(string path, IReadOnlyList<RefereeStatement> statements, RefereeReader reader)
    {
        (Path, _statements, LeftOut, Settings, Control) = (path, statements, reader.LeftOut, reader.Settings, reader.Control);
        for (int i = 0; i < statements.Count; i++)
            if (AnalysisWords.Contains(statements[i].FirstWord)) _analyses.Add(i);
    }

    /// <summary>What messages call it.</summary>
    internal string Path { get; }

    /// <summary>What of the text does not reach the simulator, one sentence each.</summary>
    internal IReadOnlyList<string> LeftOut { get; }

    /// <summary>Settings for before the deck is read, from folders that the user trusts.</summary>
    internal IReadOnlyList<string> Settings { get; }

    /// <summary>Commands of the deck's control block that the user allows.</summary>
    internal IReadOnlyList<string> Control { get; }

    /// <summary>The analyses in the order of the text: the statement of each.</summary>
    internal IReadOnlyList<RefereeStatement> Analyses => [.. _analyses.Select(i => _statements[i])];

    /// <summary>Number of statements, a measure of the circuit's size.</summary>
    internal int StatementCount => _statements.Count;

    /// <summary>Whether a diode or transistor may be in it, whose currents a simulator checks one by one.</summary>
    internal bool HasJunctions => _statements.Any(s => s.FirstWord[0] is 'd' or 'm' or 'q' or 'j' or 'z' or 'n' or 'a');

    /// <summary>Reads a deck from its text.</summary>
    /// <param name="text">The deck; its first line is the title.</param>
    /// <param name="path">What messages call it; files named by .include and .lib are looked for beside it.</param>
    /// <param name="trust">What the user trusts beyond the deck's folder.</param>
    /// <exception cref="InputFileException">The deck holds what could run a command or reach another file, or a file is missing.</exception>
    internal static RefereeDeck Parse(string text, string path, DeckTrust? trust = null)
    {
        var reader = new RefereeReader(path, trust ?? DeckTrust.None);
        return new RefereeDeck(path, reader.Read(text), reader);
    }

    /// <summary>Reads a deck from a file.</summary>
    /// <exception cref="InputFileException">The file cannot be read; or as for <see cref="Parse"/>.</exception>
    internal static RefereeDeck Read(string path, DeckTrust? trust = null) => Parse(RefereeReader.ReadFile(path, null, 0), path, trust);

    /// <summary>The text for one analysis.</summary>
    /// <param name="analysis">Index into <see cref="Analyses"/>; the others are left out.</param>
    /// <param name="before">Options that hold where the deck says nothing else.</param>
    /// <param name="after">Options that hold whatever the deck says: a simulator takes the last value.</param>
    /// <param name="keepsSaved">Whether <c>.save</c> statements stay; without them every vector comes back.</param>
    internal string ToText(int analysis, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after, bool keepsSaved)
    {
        var deck = new StringBuilder(Title).Append('\n');
        Options(deck, before);
        for (int i = 0; i < _statements.Count; i++)
        {
            RefereeStatement statement = _statements[i];
            if (AnalysisWords.Contains(statement.FirstWord) && i != _analyses[analysis]) continue;
            if (statement.FirstWord == ".save" && !keepsSaved) continue;
            foreach (string line in statement.Lines) deck.Append(line).Append('\n');
        }

        Options(deck, after);
        return deck.Append(".end\n").ToString();
    }

    /// <summary>The text with all its analyses and the commands of its control block, which write their last result to a file.</summary>
    /// <param name="result">Raw file for that result.</param>
    internal string ToControlledText(string result)
    {
        var deck = new StringBuilder(Title).Append('\n');
        foreach (string line in _statements.SelectMany(s => s.Lines)) deck.Append(line).Append('\n');
        deck.Append(".control\n");
        foreach (string command in Control) deck.Append(command).Append('\n');
        return deck.Append("set filetype=binary\nwrite ").Append(result).Append("\nquit\n.endc\n.end\n").ToString();
    }

    private static void Options(StringBuilder deck, IReadOnlyDictionary<string, string> options)
    {
        foreach ((string name, string value) in options) deck.Append(".options ").Append(name).Append(value.Length > 0 ? "=" + value : "").Append('\n');
    }
}
