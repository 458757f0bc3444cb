using System.Diagnostics;

namespace CircuitSim.Peers;

/// <summary>Runs PyTorch scripts that stand beside the benchmarks.</summary>
internal static class PeerPython
{
    /// <summary>A python3 on the PATH that can import torch, or null.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(d => Path.Combine(d, "python3"))
        .Where(File.Exists)
        .FirstOrDefault(p => Start(p, "-c \"import torch\"").Code == 0);

    public static (int Code, string Output, string Errors) Start(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text, errors.Result);
    }

    /// <summary>Path of a script in the sources.</summary>
    public static string Script(string name)
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            string path = Path.Combine(d.FullName, "benchmarks", "Peers", name);
            if (File.Exists(path)) return path;
        }

        throw new InvalidOperationException($"benchmarks/Peers/{name} is not above " + AppContext.BaseDirectory);
    }
}
