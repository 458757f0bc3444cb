using System.Text;

namespace CircuitSim.Cli;

/// <summary>The process's own streams, as the command line wants them: an output whose closing is noticed, an error stream that may fail.</summary>
internal static class StandardStreams
{
    private const int OutputNumber = 1, ErrorNumber = 2;
    private const string OpenFiles = "/proc/self/fd";

    /// <summary>Where results go. Text is buffered; the command line flushes it.</summary>
    internal static TextWriter Output()
    {
        const int BufferBytes = 1 << 16;
        return new StreamWriter(new ResultStream(Open()), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferBytes);

        // The console's own stream says nothing when the reader of a pipe has gone, and all of a long result would be made for nobody.
        static Stream? Open()
        {
            if (IsOurOwn(OutputNumber)) return null;
            if (!IsPipe(OutputNumber)) return Console.OpenStandardOutput();
            return new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(OutputNumber, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        }
    }

    /// <summary>Where progress, warnings and errors go; what cannot be written there is dropped.</summary>
    internal static TextWriter Error() => IsOurOwn(ErrorNumber) ? TextWriter.Null : Console.IsErrorRedirected ? new DroppingWriter(Console.Error) : Console.Error;

    private static bool IsPipe(int number) => Target(number)?.StartsWith("pipe:", StringComparison.Ordinal) == true;

    /// <summary>True when the number was closed as the process began, and a pipe of the runtime's own has taken it: a pipe of which the process holds both ends.</summary>
    private static bool IsOurOwn(int number)
    {
        if (!IsPipe(number)) return false;
        string target = Target(number)!;
        bool isRead = false, isWritten = false;
        foreach (string path in Directory.GetFiles(OpenFiles))
        {
            if (!int.TryParse(Path.GetFileName(path), out int other) || Target(other) != target) continue;
            if (CanWrite(other)) isWritten = true;
            else isRead = true;
        }

        return isRead && isWritten;
    }

    private static string? Target(int number)
    {
        try
        {
            return OperatingSystem.IsLinux() ? new FileInfo($"{OpenFiles}/{number}").LinkTarget : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool CanWrite(int number)
    {
        const int AccessMode = 3;
        try
        {
            string flags = File.ReadLines($"/proc/self/fdinfo/{number}").First(l => l.StartsWith("flags:", StringComparison.Ordinal));
            return (Convert.ToInt64(flags["flags:".Length..].Trim(), 8) & AccessMode) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has been closed since.
            return false;
        }
    }
}
