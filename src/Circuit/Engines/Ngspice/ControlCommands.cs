using System.Text.RegularExpressions;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>The commands that a user's own <c>.control</c> block may keep: those that stay within the simulator and its folder.</summary>
internal static partial class ControlCommands
{
    private static readonly HashSet<string> Kept =
    [
        "op", "dc", "ac", "tran", "noise", "tf", "sens", "pz", "disto", "sp", "run", "resume", "reset", "step", "stop", "alter", "altermod", "alterparam", "save",
        "let", "unlet", "set", "unset", "setplot", "setscale", "settype", "destroy", "linearize", "compose", "define", "undefine", "fft", "psd", "fourier", "spec", "deriv",
        "meas", "measure", "print", "echo", "display", "listing", "show", "showmod", "status", "rusage", "option", "strcmp", "write", "wrdata", "wrs2p",
        "if", "else", "elseif", "end", "while", "dowhile", "repeat", "foreach", "break", "continue", "label", "goto",
    ];

    // They draw, ask a person, or end the run before its results are written.
    private static readonly HashSet<string> Dropped = ["plot", "iplot", "asciiplot", "hardcopy", "gnuplot", "quit", "exit", "version", "help"];

    private static readonly HashSet<string> Writing = ["write", "wrdata", "wrs2p"];

    /// <summary>Why a line of a block is refused; null when it is not.</summary>
    internal static string? Refusal(string line)
    {
        if (line.IndexOfAny(['`', ';', '!']) is int at and >= 0 && !(line[at] == '!' && at + 1 < line.Length && line[at + 1] == '='))
            return $"holds '{line[at]}', with which ngspice runs other commands";
        string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        string command = words[0].ToLowerInvariant();
        if (Dropped.Contains(command)) return null;
        if (!Kept.Contains(command)) return $"runs '{command}', which is no command that a deck may keep";
        if (Writing.Contains(command) && words.Length > 1 && !PlainFile().IsMatch(words[1])) return $"writes '{words[1]}', which is no plain file name";
        foreach (Match match in Redirection().Matches(line))
            if (!PlainFile().IsMatch(match.Groups[1].Value)) return $"sends text to or takes it from '{match.Groups[1].Value}', which is no plain file name";
        return null;
    }

    /// <summary>Whether a line is left out without a word.</summary>
    internal static bool IsDropped(string line) => Dropped.Contains(line.Split([' ', '\t'], 2)[0].ToLowerInvariant());

    [GeneratedRegex(@"^[\w.+=()*\-]+$")]
    private static partial Regex PlainFile();

    [GeneratedRegex(@"[<>]+&?\s*(\S*)")]
    private static partial Regex Redirection();
}
