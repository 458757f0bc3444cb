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

    private RefereeDeck(string path, IReadOnlyList<RefereeStatement> statements, IReadOnlyList<string> leftOut)
    {
        (Path, _statements, LeftOut) = (path, statements, leftOut);
        for (int i = 0; i < statements.Count; i++)
            if (AnalysisWords.Contains(statements[i].FirstWord)) _analyses.Add(i);
    }

    /// <summary>What messages call it.</summary>
    internal string Path { get; }

    /// <summary>What of the text does not reach the simulator, one sentence each.</summary>
    internal IReadOnlyList<string> LeftOut { get; }

    /// <summary>The analyses in the order of the text: the statement of each.</summary>
    internal IReadOnlyList<RefereeStatement> Analyses => [.. _analyses.Select(i => _statements[i])];

    /// <summary>Number of statements, a measure of the circuit's size.</summary>
    internal int StatementCount => _statements.Count;

    /// <summary>Whether a diode or transistor may be in it, whose currents a simulator checks one by one.</summary>
    internal bool HasJunctions => _statements.Any(s => s.FirstWord[0] is 'd' or 'm' or 'q' or 'j' or 'z' or 'n' or 'a');

    /// <summary>Reads a deck from its text.</summary>
    /// <param name="text">The deck; its first line is the title.</param>
    /// <param name="path">What messages call it; files named by .include and .lib are looked for beside it.</param>
    /// <exception cref="InputFileException">The deck holds what could run a command or reach another file, or a file is missing.</exception>
    internal static RefereeDeck Parse(string text, string path)
    {
        var reader = new RefereeReader();
        return new RefereeDeck(path, reader.Read(text, path), reader.LeftOut);
    }

    /// <summary>Reads a deck from a file.</summary>
    /// <exception cref="InputFileException">The file cannot be read; or as for <see cref="Parse"/>.</exception>
    internal static RefereeDeck Read(string path) => Parse(RefereeReader.ReadFile(path, null, 0), path);

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

    private static void Options(StringBuilder deck, IReadOnlyDictionary<string, string> options)
    {
        foreach ((string name, string value) in options) deck.Append(".options ").Append(name).Append(value.Length > 0 ? "=" + value : "").Append('\n');
    }
}
