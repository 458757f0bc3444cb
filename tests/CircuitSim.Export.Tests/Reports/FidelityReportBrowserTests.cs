using System.Text.RegularExpressions;

namespace CircuitSim.Export.Tests.Reports;

/// <summary>The page in a browser: what its script does.</summary>
public sealed partial class FidelityReportBrowserTests
{
    // Clicks a heading twice, moves the pointer over one figure of each kind, and writes what it saw into the page.
    private const string Robot = """
        <script>
        addEventListener("load", async () => {
          const seen = [];
          const table = document.querySelector("#worst-nodes table");
          const head = [...table.tHead.rows[0].cells].find((h) => h.textContent.startsWith("Difference"));
          const column = () => [...table.tBodies[0].rows].map((r) => r.cells[head.cellIndex].textContent).join(" ");
          head.querySelector("button").click();
          seen.push("rising " + head.ariaSort + ": " + column());
          head.querySelector("button").click();
          seen.push("falling " + head.ariaSort + ": " + column());
          const point = async (name, element, x, y) => {
            const box = element.getBoundingClientRect();
            const tip = document.getElementById("tip");
            // A heat map decodes its picture when the pointer first comes, so the first move may find nothing yet.
            for (let attempt = 0; attempt < 10; attempt++) {
              element.dispatchEvent(new PointerEvent("pointermove",
                { bubbles: true, clientX: box.left + x * box.width, clientY: box.top + y * box.height }));
              if (!tip.hidden) break;
              await new Promise((done) => setTimeout(done, 200));
            }
            seen.push(name + ": " + (tip.hidden ? "nothing" : tip.textContent.replaceAll("\n", " / ")));
          };
          const inner = (selector) => document.querySelector(selector);
          await point("line", inner("#training svg.figure-line .axes .grid"), 0.5, 0);
          await point("scatter", inner("#layers svg.figure-scatter"), 0.55, 0.4);
          await point("bar", inner("#layers svg.figure-histogram .bar"), 0.5, 0.5);
          await point("cell", inner("#accuracy svg.figure-confusion .cell-right"), 0.5, 0.5);
          await point("heat", inner("#heat-maps svg.figure-heat .cells"), 0.005, 0.0005);
          await point("outside", inner("h1"), 0.5, 0.5);
          const report = document.createElement("pre");
          report.id = "seen";
          report.textContent = seen.join("\n");
          document.body.append(report);
        });
        </script>
        """;

    [SkippableFact]
    [Trait("Kind", "property")]
    public void The_page_runs_without_a_word_on_the_console()
    {
        Chromium.SkipUnlessInstalled();

        (string dom, string console) = Chromium.Open(SyntheticFidelity.Page());

        Assert.Equal("", console);
        Assert.Contains("<th scope=\"col\" class=\"number\"><button type=\"button\">Difference (mV)</button></th>", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("<title>behavioural", dom, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void A_foreign_script_is_stopped_by_the_policy()
    {
        Chromium.SkipUnlessInstalled();
        string page = SyntheticFidelity.Page().Replace("</body>", Robot + "</body>", StringComparison.Ordinal);

        (string dom, string console) = Chromium.Open(page);

        Assert.Contains("Content Security Policy", console, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"seen\"", dom, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void Tables_sort_and_figures_show_values_under_the_pointer()
    {
        Chromium.SkipUnlessInstalled();
        string page = Policy().Replace(SyntheticFidelity.Page(), "").Replace("</body>", Robot + "</body>", StringComparison.Ordinal);

        (string dom, string console) = Chromium.Open(page);

        Assert.Equal("", console);
        string[] seen = Seen().Match(dom).Groups[1].Value.Split('\n');
        Assert.Equal(8, seen.Length);
        Assert.StartsWith("rising ascending: −22.6 −22.0 −21.4 ", seen[0], StringComparison.Ordinal);
        Assert.StartsWith("falling descending: 22.3 21.7 21.1 ", seen[1], StringComparison.Ordinal);
        // The grid runs from epoch 1 to 100, so its middle is nearest to epoch 50 or 51.
        Assert.Matches("^line: Epoch 5[01].00 / phax: 0\\.[0-9]+ / unconstrained tanh network: 0\\.[0-9]+$", seen[2]);
        Assert.Matches("^scatter: Behavioural .* mV / Difference .* mV$", seen[3]);
        Assert.Matches("^bar: .* to .* mV: [0-9]+$", seen[4]);
        Assert.Equal("cell: true 0, chosen 0: 17 of 20", seen[5]);
        double siemens = SyntheticFidelity.Matrices().Conductances[0].Values.Span[0];
        Match heat = HeatText().Match(seen[6]);
        Assert.True(heat.Success, seen[6]);
        // The picture has 255 levels over less than 1 µS, and the text three digits.
        TestSupport.Close.Numbers(siemens, double.Parse(heat.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 1.0 / 254);
        Assert.Equal("outside: nothing", seen[7]);
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>\n")]
    private static partial Regex Policy();

    [GeneratedRegex("<pre id=\"seen\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Seen();

    [GeneratedRegex("^heat: word line 1, bit line 1 / about ([0-9.]+) µS$")]
    private static partial Regex HeatText();
}
