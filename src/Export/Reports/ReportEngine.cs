using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Short names of engines, by which the page's script shows and hides what belongs to one.</summary>
internal static class ReportEngine
{
    private static readonly (string Start, string Name)[] Known =
    [
        ("behavioural", "behavioural"), ("circuit", "circuit"), ("native", "native engine"), ("ngspice", "ngspice"), ("spicesharp", "spicesharp"),
    ];

    /// <summary>The engine that a name in a document means, for example <c>ngspice</c> for <c>ngspice-39</c>; null when it is none.</summary>
    public static string? Of(string name) => Array.Find(Known, k => name.StartsWith(k.Start, StringComparison.OrdinalIgnoreCase)).Name;

    /// <summary>The attribute that marks a part of the page, or none.</summary>
    public static (string Name, MarkupValue Value)[] Mark(string? engine) => engine is null ? [] : [("data-engine", engine)];
}
