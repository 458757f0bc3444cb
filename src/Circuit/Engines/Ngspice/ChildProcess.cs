using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>Starts a simulator in a folder of its own, waits for it and ends it when time is up or the caller cancels.</summary>
/// <param name="executable">The program.</param>
/// <param name="engine">What messages call it.</param>
/// <param name="left">Time that it still has.</param>
/// <param name="timeout">The limit that messages name.</param>
/// <param name="cancellationToken">Ends the program.</param>
internal sealed class ChildProcess(string executable, string engine, TimeSpan left, TimeSpan timeout, CancellationToken cancellationToken)
{
    // What a program needs to be started at all; everything else of our environment stays here.
    private static readonly string[] Inherited = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "SystemDrive", "PATHEXT"];

    /// <summary>Runs the program to its end.</summary>
    /// <param name="folder">Folder of this run alone: the program runs in it and takes it for the user's home.</param>
    /// <param name="arguments">Command line.</param>
    /// <returns>What it wrote to standard output and standard error.</returns>
    /// <exception cref="EngineException">It cannot be started, timed out or was ended by a signal.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public string Run(string folder, IReadOnlyList<string> arguments)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var log = new StringBuilder();
        using var process = new Process { StartInfo = Start(folder, [executable, .. arguments]) };
        process.OutputDataReceived += (_, e) => Append(log, e.Data);
        process.ErrorDataReceived += (_, e) => Append(log, e.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw new EngineException(engine, $"'{executable}' cannot be started: {error.Message}. Install it or name its path.", error);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (cancellationToken.Register(() => Kill(process)))
        {
            if (left <= TimeSpan.Zero || !process.WaitForExit(left))
            {
                Kill(process);
                process.WaitForExit();
                throw EngineException.TimedOut(engine, timeout);
            }

            // Waiting without a limit also waits for the last lines of output.
            process.WaitForExit();
        }

        cancellationToken.ThrowIfCancellationRequested();
        // 128 and more: ended by a signal, with results half written.
        if (process.ExitCode >= 128)
            throw new EngineException(engine, $"the program crashed (exit code {process.ExitCode}). Its last words: {NgspiceLog.Tail(log.ToString())}");
        lock (log) return log.ToString();
    }

    private static ProcessStartInfo Start(string folder, IReadOnlyList<string> command)
    {
        string[] reads = [.. command.Where(c => c.StartsWith('/') && File.Exists(c)).Select(c => Path.GetDirectoryName(c)!).Where(r => r != folder)];
        command = Confinement.Present.Command(folder, reads, command);
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.WorkingDirectory = folder;
        foreach (string name in start.Environment.Keys.Except(Inherited, StringComparer.OrdinalIgnoreCase).ToArray()) start.Environment.Remove(name);
        foreach (string name in new[] { "HOME", "USERPROFILE", "TMPDIR", "TMP", "TEMP" }) start.Environment[name] = folder;
        start.Environment["LC_ALL"] = "C";
        foreach (string argument in command.Skip(1)) start.ArgumentList.Add(argument);
        return start;
    }

    private static void Append(StringBuilder log, string? line)
    {
        if (line is null) return;
        lock (log) log.Append(line).Append('\n');
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }
}
