using System.Text.Json;

namespace CircuitSim.TestSupport;

/// <summary>A page in a headless Chromium, with pointer and keys.</summary>
public sealed class ChromiumPage
{
    private readonly Chromium _browser;
    private readonly string _session;

    internal ChromiumPage(Chromium browser, string session) => (_browser, _session) = (browser, session);

    /// <summary>What stands on the console: messages, exceptions that nobody caught, and what the browser itself complains of.</summary>
    public IReadOnlyList<string> Console =>
    [
        .. _browser.Events(_session, "Runtime.consoleAPICalled").Select(e => e.GetProperty("args").GetRawText()),
        .. _browser.Events(_session, "Runtime.exceptionThrown").Select(e => e.GetProperty("exceptionDetails").GetRawText()),
        .. _browser.Events(_session, "Log.entryAdded").Select(e => e.GetProperty("entry").GetProperty("text").GetString()!),
    ];

    /// <summary>Addresses that the page asked for after its own; data in addresses does not count.</summary>
    public IReadOnlyList<string> Requests =>
    [
        .. _browser.Events(_session, "Network.requestWillBeSent").Select(e => e.GetProperty("request").GetProperty("url").GetString()!)
            .Skip(1).Where(url => !url.StartsWith("data:", StringComparison.Ordinal)),
    ];

    public void Resize(int width, int height) => _browser.Send(
        _session, "Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });

    /// <summary>Shows the page as on screen or in print, for readers who prefer light or dark.</summary>
    public void Show(bool isDark, bool isPrint = false) => _browser.Send(_session, "Emulation.setEmulatedMedia", new
    {
        media = isPrint ? "print" : "screen",
        features = new[] { new { name = "prefers-color-scheme", value = isDark ? "dark" : "light" } },
    });

    /// <summary>Text that a JavaScript expression yields; a promise is waited for.</summary>
    public string Text(string expression)
    {
        JsonElement answer = _browser.Send(_session, "Runtime.evaluate", new { expression = $"Promise.resolve({expression}).then(String)", awaitPromise = true, returnByValue = true });
        if (answer.TryGetProperty("exceptionDetails", out JsonElement details)) throw new InvalidOperationException($"{expression}: {details.GetRawText()}");
        return answer.GetProperty("result").GetProperty("value").GetString()!;
    }

    /// <summary>Number that a JavaScript expression yields.</summary>
    public double Number(string expression) => double.Parse(Text(expression), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Moves the pointer over an element: to a share of its width and height.</summary>
    public void Point(string selector, double right = 0.5, double down = 0.5) => Mouse("mouseMoved", selector, right, down, 0);

    public void Click(string selector)
    {
        Mouse("mousePressed", selector, 0.5, 0.5, 1);
        Mouse("mouseReleased", selector, 0.5, 0.5, 0);
    }

    /// <summary>Draws a rectangle over an element with the button held.</summary>
    public void Drag(string selector, (double Right, double Down) from, (double Right, double Down) to)
    {
        Mouse("mousePressed", selector, from.Right, from.Down, 1);
        Mouse("mouseMoved", selector, to.Right, to.Down, 1);
        Mouse("mouseReleased", selector, to.Right, to.Down, 0);
    }

    public void Press(string key)
    {
        foreach (string type in new[] { "keyDown", "keyUp" }) _browser.Send(_session, "Input.dispatchKeyEvent", new { type, key });
    }

    private void Mouse(string type, string selector, double right, double down, int buttons)
    {
        string place = $"document.querySelector({JsonSerializer.Serialize(selector)})";
        // An element is brought into view once; what is pressed there must not move away.
        Text($"(e => {{ const r = e.getBoundingClientRect(); if (r.top < 0 || r.bottom > innerHeight || r.left < 0 || r.right > innerWidth) e.scrollIntoView({{ block: 'center', inline: 'center', behavior: 'instant' }}); }})({place})");
        string[] box = Text($"(r => [r.left, r.top, r.width, r.height].join(' '))({place}.getBoundingClientRect())").Split(' ');
        double[] numbers = [.. box.Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
        _browser.Send(_session, "Input.dispatchMouseEvent", new
        {
            type,
            x = numbers[0] + right * numbers[2],
            y = numbers[1] + down * numbers[3],
            button = type == "mouseMoved" && buttons == 0 ? "none" : "left",
            buttons,
            clickCount = type == "mouseMoved" ? 0 : 1,
        });
    }
}
