using System.Text;

namespace CircuitSim.Export.Runs;

/// <summary>A work to cite, in plain text and for BibTeX.</summary>
public sealed record Citation
{
    /// <summary>Key of the entry, for example <c>ansari2018phax</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Kind of the entry: <c>article</c>, <c>inproceedings</c>, <c>manual</c> or <c>misc</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the run owes to it, one phrase.</summary>
    public required string Reason { get; init; }

    /// <summary>Authors, as "A. Author", in their order; empty when only a note is known.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>Title, or a whole reference when only that is known.</summary>
    public required string Title { get; init; }

    /// <summary>Where it appeared, by field of BibTeX in their order: journal, volume, pages, year, doi and the like.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; }

    /// <summary>The reference as one line of text.</summary>
    public required string Text { get; init; }

    /// <summary>The entry as BibTeX reads it, with a line feed at its end.</summary>
    /// <returns>The entry.</returns>
    public string ToBibTeX()
    {
        var entry = new StringBuilder($"@{Kind}{{{Key},\n");
        if (Authors.Count > 0) Field("author", string.Join(" and ", Authors));
        Field("title", $"{{{Title}}}");
        foreach ((string name, string value) in Fields) Field(name, value);
        return entry.Append("}\n").ToString();

        void Field(string name, string value) => entry.Append("  ").Append(name).Append(" = {").Append(Escape(value)).Append("},\n");
    }

    // The characters that TeX gives a meaning of their own; braces are ours.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            if (c is '&' or '%' or '$' or '#' or '_') escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
