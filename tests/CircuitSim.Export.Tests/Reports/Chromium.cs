using System.Diagnostics;

namespace CircuitSim.Export.Tests.Reports;

/// <summary>A headless Chromium, if one is on this machine.</summary>
internal static class Chromium
{
    private static readonly string? Program = Find();

    public static void SkipUnlessInstalled() => Skip.If(Program is null, "needs chromium on the PATH (Debian: apt-get install chromium)");

    /// <summary>Opens a page and returns what its scripts made of it, and what they wrote to the console.</summary>
    public static (string Dom, string Console) Open(string page)
    {
        string folder = Directory.CreateTempSubdirectory("circuitsim-report").FullName;
        try
        {
            string file = Path.Combine(folder, "report.html");
            File.WriteAllText(file, page);
            var start = new ProcessStartInfo(Program!) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in new[]
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--enable-logging=stderr",
                "--user-data-dir=" + Path.Combine(folder, "profile"), "--window-size=1440,900", "--virtual-time-budget=10000", "--dump-dom",
                new Uri(file).AbsoluteUri,
            })
            {
                start.ArgumentList.Add(argument);
            }

            using Process browser = Process.Start(start)!;
            Task<string> errors = browser.StandardError.ReadToEndAsync();
            string dom = browser.StandardOutput.ReadToEnd();
            browser.WaitForExit();
            string[] console = [.. errors.Result.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal))];
            return (dom, string.Join('\n', console));
        }
        finally
        {
            Delete(folder);
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A helper process of the browser may write into its profile a little longer; the folder is a temporary one.
        }
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
