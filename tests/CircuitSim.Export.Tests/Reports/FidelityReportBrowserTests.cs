using System.Globalization;
using System.Text.RegularExpressions;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.Reports;

/// <summary>The page in a browser: what its script does, and whether it can be read.</summary>
[Trait("Kind", "property")]
public sealed partial class FidelityReportBrowserTests : IClassFixture<Chromium>
{
    private readonly Chromium _browser;

    public FidelityReportBrowserTests(Chromium browser) => _browser = browser;

    [SkippableFact]
    public void The_page_says_nothing_on_the_console_and_asks_for_nothing()
    {
        ChromiumPage page = Open();

        Assert.Equal(SyntheticFidelity.Figures().Count, page.Number("document.querySelectorAll('figure > svg.figure').length"));
        Assert.Equal("", page.Text("[...document.querySelectorAll('svg.figure')].filter(f => f.getBoundingClientRect().height < 80).map(f => f.ariaLabel).join('; ')"));
        page.Point("#heat-maps .frame", 0.3, 0.3);
        page.Show(isDark: true);
        page.Show(isDark: false, isPrint: true);
        Assert.Empty(page.Console);
        Assert.Empty(page.Requests);
    }

    [SkippableFact]
    public void A_foreign_script_is_stopped_by_the_policy()
    {
        Chromium.SkipUnlessInstalled();
        string html = SyntheticFidelity.Page().Replace("</body>", "<script>document.body.id = 'taken'; fetch('https://example.org');</script></body>", StringComparison.Ordinal);

        ChromiumPage page = _browser.Open(html);

        Assert.Equal("", page.Text("document.body.id"));
        Assert.Contains(page.Console, line => line.Contains("Content Security Policy", StringComparison.Ordinal));
        Assert.Empty(page.Requests);
    }

    [SkippableFact]
    public void Tables_sort_by_number_and_say_so()
    {
        ChromiumPage page = Open();
        const string head = "#worst-nodes th:last-child";

        page.Click(head + " button");
        Assert.Equal("ascending", page.Text($"document.querySelector('{head}').ariaSort"));
        Assert.Equal("−22.6 −22.0 −21.4", page.Text(FirstDifferences));
        page.Click(head + " button");
        Assert.Equal("descending", page.Text($"document.querySelector('{head}').ariaSort"));
        Assert.Equal("22.3 21.7 21.1", page.Text(FirstDifferences));
        page.Click("#worst-nodes th button");
        Assert.Equal("null", page.Text($"document.querySelector('{head}').ariaSort"));
    }

    [SkippableFact]
    public void Figures_show_values_under_the_pointer()
    {
        ChromiumPage page = Open();

        // The grid runs from epoch 1 to 100, so its middle is nearest to epoch 50 or 51.
        Assert.Matches("^Epoch 5[01].00 / phax: 0\\.[0-9]+ / unconstrained tanh network: 0\\.[0-9]+$", Tip(page, "#training svg.figure-line .axes .grid", 0.5, 0));
        Assert.Matches("^Behavioural .* mV / Difference .* mV$", Tip(page, "#layers svg.figure-scatter .points", 0.5, 0.5));
        Assert.Matches("^.* to .* mV: [0-9]+$", Tip(page, "#layers svg.figure-histogram .bar:nth-of-type(12)", 0.5, 0.9));
        Assert.Equal("true 0, chosen 0: 17 of 20", Tip(page, "#accuracy svg.figure-confusion .cell-right", 0.5, 0.5));
        Match heat = HeatText().Match(Tip(page, "#heat-maps .frame", 0.005, 0.001));
        Assert.True(heat.Success);
        // The picture has 255 levels over less than 1 µS, and the text three digits.
        double siemens = SyntheticFidelity.Matrices().Conductances[0].Values.Span[0];
        Close.Numbers(siemens, double.Parse(heat.Groups[1].Value, CultureInfo.InvariantCulture), 1.0 / 254);
        Assert.Equal("nothing", Tip(page, "h1", 0.5, 0.5));
    }

    [SkippableFact]
    public void A_heat_map_is_zoomed_by_pointer_buttons_and_keys()
    {
        ChromiumPage page = Open();
        string Box() => page.Text("document.querySelector('#heat-maps .view').getAttribute('viewBox')");

        page.Drag("#heat-maps .frame", (0.25, 0.5), (0.75, 1));
        // 394 word lines and 100 bit lines; a pointer is placed to the pixel.
        double[] box = [.. Box().Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        Close.Lists([25, 197, 50, 197], box, 2);
        Assert.Matches("^word lines 19[0-9] to 39[0-4], bit lines 2[5-7] to 7[4-6]$", page.Text("document.querySelector('#heat-maps .tools span').textContent"));
        Assert.True(page.Number("document.querySelector('#heat-maps svg .rows text').textContent") >= 197);
        Assert.Contains("word line 19", Tip(page, "#heat-maps .frame", 0.01, 0.003), StringComparison.Ordinal);

        page.Click("#heat-maps .tools button:nth-of-type(3)");
        Assert.Equal("0 0 100 394", Box());
        page.Click("#heat-maps .tools button");
        Assert.Equal("25 99 50 197", Box());
        page.Text("document.querySelector('#heat-maps svg.figure').focus({ preventScroll: true })");
        page.Press("0");
        Assert.Equal("0 0 100 394", Box());
        foreach (string key in new[] { "ArrowRight", "ArrowRight", "ArrowDown" }) page.Press(key);
        Assert.StartsWith("word line 2, bit line 2, about ", page.Text("document.querySelector('.spoken').textContent"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Lines_of_a_chart_are_read_with_the_keyboard_and_hidden_by_their_legend()
    {
        ChromiumPage page = Open();

        page.Text("document.querySelector('#figure-training-loss svg').focus({ preventScroll: true })");
        page.Press("ArrowRight");
        page.Press("ArrowRight");
        Assert.StartsWith("Epoch 2.00, phax: ", page.Text("document.querySelector('.spoken').textContent"), StringComparison.Ordinal);
        page.Click("#figure-training-loss .key text");
        Assert.Equal("false", page.Text("document.querySelector('#figure-training-loss .key').ariaPressed"));
        Assert.Equal("none", page.Text("getComputedStyle(document.querySelector('#figure-training-loss .marks path')).display"));
        Assert.DoesNotContain("phax", Tip(page, "#training svg.figure-line .axes .grid", 0.5, 0), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Engines_are_shown_and_hidden_everywhere_at_once()
    {
        ChromiumPage page = Open();
        const string shown = "[...document.querySelectorAll('[data-engine=ngspice]')].filter(e => getComputedStyle(e).display !== 'none').length";
        double all = page.Number(shown);

        Assert.True(all > 10, $"{all} parts of ngspice");
        page.Click("input[value=ngspice]");
        Assert.Equal(0, page.Number(shown));
        page.Click("input[value=ngspice]");
        Assert.Equal(all, page.Number(shown));
    }

    [SkippableFact]
    public void Colours_follow_the_system_until_the_reader_chooses()
    {
        ChromiumPage page = Open();
        string Paper() => page.Text("getComputedStyle(document.body).backgroundColor");
        void Choose(string name) => page.Text($"(s => {{ s.value = '{name}'; s.dispatchEvent(new Event('change')); }})(document.querySelector('.theme select'))");
        string light = Paper();

        page.Show(isDark: true);
        string dark = Paper();
        Assert.NotEqual(light, dark);
        Choose("light");
        Assert.Equal(light, Paper());
        page.Show(isDark: false);
        Choose("dark");
        Assert.Equal(dark, Paper());
        page.Show(isDark: true, isPrint: true);
        Assert.Equal(light, Paper());
        page.Show(isDark: false);
        Choose("system");
        Assert.Equal(light, Paper());
    }

    [SkippableTheory]
    [InlineData(390, 10)]
    [InlineData(768, 10)]
    [InlineData(1440, 11)]
    public void Nothing_runs_over_the_edge_and_no_text_is_tiny(int width, double smallestPixels)
    {
        ChromiumPage page = Open(width);

        Assert.Equal(width, page.Number("document.documentElement.scrollWidth"));
        Assert.Equal("", page.Text($$"""
            [...document.querySelectorAll('svg.figure text')].map(t => [t, parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().d, t.textContent])
              .filter(([t, size]) => !t.closest('[transform]') && size < {{smallestPixels.ToString(CultureInfo.InvariantCulture)}}).map(([, size, text]) => text + ' ' + size).join('; ')
            """));
        // With the fonts that the browser has: every word of a figure lies within it.
        Assert.Equal("", page.Text("""
            [...document.querySelectorAll('svg.figure')].flatMap(f => { const r = f.getBoundingClientRect();
              return [...f.querySelectorAll('text')].filter(t => { const b = t.getBoundingClientRect();
                return b.left < r.left - 1 || b.right > r.right + 1 || b.top < r.top - 1 || b.bottom > r.bottom + 1; })
                .map(t => f.parentNode.id + ': ' + t.textContent); }).join('; ')
            """));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_word_stands_out_from_its_ground(bool isDark)
    {
        ChromiumPage page = Open();
        page.Show(isDark);

        // Contrast of WCAG 2.2, at least 4.5 to 1 (success criterion 1.4.3); words of confusion cells are held against their own cells.
        Assert.Equal("", page.Text("""
            (() => {
              const parse = (text) => { const n = (text.match(/[\d.]+/g) ?? []).map(Number); return { rgb: n.slice(0, 3), a: n.length > 3 ? n[3] : 1 }; };
              const over = (top, alpha, below) => top.map((v, i) => v * alpha + below[i] * (1 - alpha));
              const light = (rgb) => { const [r, g, b] = rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
              const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.a > 0) return c.rgb; } return [255, 255, 255]; };
              const bad = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const e = walker.currentNode.parentElement, style = getComputedStyle(e);
                if (!walker.currentNode.textContent.trim() || ['SCRIPT', 'STYLE', 'title', 'desc'].includes(e.tagName) || !e.getClientRects().length || e.id === 'tip') continue;
                let below = ground(e);
                const isFigure = e instanceof SVGElement, ink = parse(isFigure ? style.fill : style.color), alpha = ink.a * (isFigure ? Number(style.fillOpacity) : 1);
                if (e.matches('.on-strong, .on-weak')) {
                  const cell = e.previousElementSibling, fill = getComputedStyle(cell);
                  below = over(parse(fill.fill).rgb, Number(fill.fillOpacity), below);
                }
                const [a, b] = [light(over(ink.rgb, alpha, below)), light(below)].sort((p, q) => q - p);
                const ratio = (a + 0.05) / (b + 0.05);
                if (ratio < 4.5) bad.push(e.tagName + '.' + e.getAttribute('class') + ' ' + ratio.toFixed(2) + ' ' + walker.currentNode.textContent.slice(0, 30));
              }
              return [...new Set(bad)].slice(0, 20).join('\n');
            })()
            """));
    }

    private const string FirstDifferences =
        "[...document.querySelectorAll('#worst-nodes tbody tr')].slice(0, 3).map(r => r.cells[r.cells.length - 1].textContent).join(' ')";

    private ChromiumPage Open(int width = 1440)
    {
        Chromium.SkipUnlessInstalled();
        return _browser.Open(SyntheticFidelity.Page(), width);
    }

    // A heat map decodes its picture when the pointer first comes, so the first move may find nothing yet.
    private static string Tip(ChromiumPage page, string selector, double right, double down)
    {
        string text = "nothing";
        for (int attempt = 0; attempt < 10 && text == "nothing"; attempt++)
        {
            page.Point(selector, right, down);
            text = page.Text("(t => t.hidden ? 'nothing' : t.textContent.replaceAll('\\n', ' / '))(document.getElementById('tip'))");
        }

        return text;
    }

    [GeneratedRegex("^word line 1, bit line 1 / about ([0-9.]+) µS$")]
    private static partial Regex HeatText();
}
