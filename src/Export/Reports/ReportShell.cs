using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>What every report page has around its sections: head, title, contents, style and script.</summary>
internal static class ReportShell
{
    /// <summary>Writes the page.</summary>
    /// <returns>The figures on it.</returns>
    public static IReadOnlyList<NamedFigure> Write(
        TextWriter writer, string version, string title, string eyebrow, string heading, string lead,
        IReadOnlyList<(string Id, string Title, Action<ReportPage> Write)> sections)
    {
        string script = Resource("report.js"), style = Resource("report.css") + SvgFigure.StyleSheet;
        var page = new ReportPage(writer);
        page.Raw("<!DOCTYPE html>\n");
        page.Open("html", ("lang", "en"));
        WriteHead(page, version, title, style, script);
        page.Open("body");
        page.TextElement("a", "Skip to the verdict", ("class", "skip"), ("href", "#verdict"));
        page.Open("header", ("class", "masthead"));
        page.TextElement("p", eyebrow, ("class", "eyebrow"));
        page.TextElement("h1", heading);
        page.TextElement("p", lead, ("class", "lead"));
        page.Close();
        page.Open("div", ("class", "columns"));
        WriteContents(sections, page);
        page.Open("main");
        foreach ((string id, string name, Action<ReportPage> write) in sections)
        {
            page.Open("section", ("id", id), ("aria-labelledby", id + "-heading"));
            page.TextElement("h2", name, ("id", id + "-heading"));
            write(page);
            page.Close();
        }

        page.Close();
        page.Close();
        page.Raw($"<script>{script}</script>\n");
        page.Close();
        page.Close();
        return page.Figures;
    }

    private static void WriteHead(ReportPage page, string version, string title, string style, string script)
    {
        // The only script that may run is the one whose hash stands here, whatever a name in a user's file holds.
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        string policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
            + $"script-src 'sha256-{hash}'";
        page.Open("head");
        page.Element("meta", ("charset", "utf-8"));
        page.Element("meta", ("http-equiv", "Content-Security-Policy"), ("content", policy));
        page.Element("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        page.Element("meta", ("name", "color-scheme"), ("content", "light dark"));
        page.Element("meta", ("name", "generator"), ("content", "CircuitSim " + version));
        page.Element("link", ("rel", "icon"), ("href", "data:,"));
        page.TextElement("title", title);
        page.Raw($"<style>\n{style}</style>\n");
        page.Close();
    }

    private static void WriteContents(IReadOnlyList<(string Id, string Title, Action<ReportPage> Write)> sections, ReportPage page)
    {
        page.Open("nav", ("class", "contents"), ("aria-label", "Contents"));
        page.Open("ul");
        foreach ((string id, string name, _) in sections)
        {
            page.Open("li");
            page.TextElement("a", name, ("href", "#" + id));
            page.Close();
        }

        page.Close();
        page.Close();
    }

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("CircuitSim.Export.Reports." + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
