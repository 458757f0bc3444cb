using System.ComponentModel;
using System.Diagnostics;

namespace CircuitSim.Peers;

/// <summary>Scripts of peers beside this program's source, and how other programs are run.</summary>
internal static class PeerScript
{
    /// <summary>Path of a script of this folder.</summary>
    public static string Find(string name)
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            string path = Path.Combine(d.FullName, "benchmarks", "Peers", name);
            if (File.Exists(path)) return path;
        }

        throw new InvalidOperationException($"benchmarks/Peers/{name} is not above {AppContext.BaseDirectory}");
    }

    /// <summary>A python3 on the PATH that can import torch, or null.</summary>
    public static string? FindPython() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(d => Path.Combine(d, "python3"))
        .Where(File.Exists)
        .FirstOrDefault(p => Start(p, "-c \"import torch\"").Code == 0);

    /// <summary>Runs a program to its end; code −1 when there is none of that name.</summary>
    public static (int Code, string Output, string Errors) Start(string program, string arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, text, errors.Result);
        }
        catch (Win32Exception e)
        {
            return (-1, "", e.Message);
        }
    }
}
