using System.CommandLine;

namespace CircuitSim.Cli;

/// <summary>Options that mean the same for every verb.</summary>
internal static class SharedOptions
{
    internal static Option<bool> Verbose { get; } = new("--verbose") { Description = "Say more on the error stream; stack traces too.", Recursive = true };

    internal static Option<bool> Quiet { get; } = new("--quiet") { Description = "Say nothing but results and errors.", Recursive = true };

    internal static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON document instead of text.", Recursive = true };

    internal static Option<string?> Output { get; } = new("--output") { Description = "Folder for the results (default: runs/<name>).", HelpName = "DIR" };

    internal static Option<string?> Data { get; } = new("--data") { Description = "Folder with data sets that do not ship (default: CIRCUITSIM_DATA).", HelpName = "DIR" };

    internal static Option<bool> Force { get; } = new("--force") { Description = "Replace results of another experiment in the same folder." };

    internal static Option<bool> MixWidths { get; } = new("--mix-widths")
    {
        Description = "Continue results that were computed with vector units of another width; last digits differ, and results name both.",
    };

    internal static Option<bool> AllowUnjudged { get; } = new("--allow-unjudged")
    {
        Description = "End with 0 although a limit could not be judged, for example because no simulator is at hand.",
    };

    internal static Option<string[]> Trust { get; } = new("--trust")
    {
        Description = "Folder that you trust, such as a process design kit: decks may include files and library sections from it, and use its compact models and compatibility mode in ngspice. May be given several times.",
        HelpName = "DIR",
        DefaultValueFactory = _ => [],
    };

    internal static Option<ulong?> Seed { get; } = new("--seed") { Description = "Seed of every random draw, instead of the experiment's.", HelpName = "N" };
}
