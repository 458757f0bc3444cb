using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace CircuitSim.TestSupport;

/// <summary>A headless Chromium of a test's own, driven by the DevTools protocol; tests that want one are skipped, saying so, where it is not installed.</summary>
public sealed class Chromium : IDisposable
{
    private static readonly string? Program = Find();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process? _process;
    private readonly ClientWebSocket _socket = new();
    private readonly TemporaryFolder _folder = new();
    private readonly List<JsonElement> _events = [];
    private int _lastId;

    /// <summary>Starts the browser; does nothing where it is not installed.</summary>
    public Chromium()
    {
        if (Program is null) return;
        _process = Process.Start(new ProcessStartInfo(Program,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run", "--hide-scrollbars",
            "--remote-debugging-port=0", "--user-data-dir=" + _folder.File("profile"), "about:blank",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        const string announcement = "DevTools listening on ";
        string? line;
        do line = _process.StandardError.ReadLine();
        while (line is not null && !line.StartsWith(announcement, StringComparison.Ordinal));
        if (line is null) throw new InvalidOperationException("Chromium ended before it listened.");
        // Whatever else it says must not fill the pipe.
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        using var patience = new CancellationTokenSource(Patience);
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        _socket.ConnectAsync(new Uri(line[announcement.Length..]), patience.Token).GetAwaiter().GetResult();
    }

    public static void SkipUnlessInstalled() => Xunit.Skip.If(Program is null, "needs chromium on the PATH (Debian: apt-get install chromium)");

    /// <summary>Opens a page from its text, in a window of the given size.</summary>
    public ChromiumPage Open(string html, int width = 1440, int height = 900)
    {
        string file = _folder.File($"page{_lastId}.html");
        File.WriteAllText(file, html);
        string target = Send(null, "Target.createTarget", new { url = "about:blank" }).GetProperty("targetId").GetString()!;
        string session = Send(null, "Target.attachToTarget", new { targetId = target, flatten = true }).GetProperty("sessionId").GetString()!;
        var page = new ChromiumPage(this, session);
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network" }) Send(session, domain + ".enable", new { });
        Send(session, "Emulation.setFocusEmulationEnabled", new { enabled = true });
        page.Resize(width, height);
        Send(session, "Page.navigate", new { url = new Uri(file).AbsoluteUri });
        WaitFor(session, "Page.loadEventFired");
        return page;
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
        }

        try
        {
            _folder.Dispose();
        }
        catch (IOException)
        {
            // A helper process of the browser may write into its profile a little longer; the folder is a temporary one.
        }
    }

    /// <summary>Sends a command and returns its result; events that come before it are kept.</summary>
    internal JsonElement Send(string? session, string method, object parameters)
    {
        int id = ++_lastId;
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(session is null
            ? new Dictionary<string, object> { ["id"] = id, ["method"] = method, ["params"] = parameters }
            : new Dictionary<string, object> { ["id"] = id, ["method"] = method, ["params"] = parameters, ["sessionId"] = session });
        using var patience = new CancellationTokenSource(Patience);
        _socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, patience.Token).GetAwaiter().GetResult();
        JsonElement answer = ReadUntil(m => m.TryGetProperty("id", out JsonElement answered) && answered.GetInt32() == id);
        return answer.TryGetProperty("result", out JsonElement result) ? result : throw new InvalidOperationException($"{method}: {answer.GetRawText()}");
    }

    /// <summary>Events of a page so far, by name.</summary>
    internal IEnumerable<JsonElement> Events(string session, string method) =>
        _events.Where(e => IsEvent(e, session, method)).Select(e => e.GetProperty("params"));

    private static bool IsEvent(JsonElement message, string session, string method) =>
        message.TryGetProperty("method", out JsonElement name) && name.GetString() == method
        && message.TryGetProperty("sessionId", out JsonElement owner) && owner.GetString() == session;

    private void WaitFor(string session, string method)
    {
        if (!Events(session, method).Any()) ReadUntil(m => IsEvent(m, session, method));
    }

    private JsonElement ReadUntil(Func<JsonElement, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            using var message = new MemoryStream();
            byte[] buffer = new byte[1 << 16];
            WebSocketReceiveResult part;
            do
            {
                part = _socket.ReceiveAsync(new ArraySegment<byte>(buffer), patience.Token).GetAwaiter().GetResult();
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);

            using JsonDocument document = JsonDocument.Parse(message.ToArray());
            JsonElement read = document.RootElement.Clone();
            if (read.TryGetProperty("method", out _)) _events.Add(read);
            if (isWanted(read)) return read;
        }
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
