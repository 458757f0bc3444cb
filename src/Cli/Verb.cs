using System.CommandLine;

namespace CircuitSim.Cli;

/// <summary>A verb of the program: its purpose in one sentence, and examples that its own help shows and that tests run.</summary>
internal sealed class Verb : Command
{
    internal Verb(string name, string purpose, params string[] examples)
        : base(name, purpose) => Examples = examples;

    /// <summary>Examples, without the program's name.</summary>
    internal IReadOnlyList<string> Examples { get; }

    /// <summary>Adds the examples to the description; the list of all verbs does without them.</summary>
    internal void ShowExamples() =>
        Description += "\n\nExamples:\n" + string.Join('\n', Examples.Select(e => $"  {CommandLine.ProgramName} {e}"));
}
