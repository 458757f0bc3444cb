using CircuitSim.TestSupport;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Training.Tests.InSitu;

/// <summary>The published update tables, which are not in the repository; tests that want them are skipped, saying so, without them.</summary>
internal static class FullTables
{
    private const string Source = "github.com/sandialabs/cross-sim-data, commit 2ebec1f (BSD 3-Clause, Sandia National Laboratories 2022)";
    private const string WallSource = "S. Liu et al., Appl. Phys. Lett. 118, 202405 (2021); " + Source;

    /// <summary>Folder below the table folder, name, label, source and remark of each technology, in the order of the published table.</summary>
    internal static IReadOnlyList<(string Folder, string Name, string Label, string Source, string? Note)> Technologies { get; } =
    [
        ("DWMTJ_SOT_0K", "dwmtj-sot-0k", "DWMTJ SOT 0 K", WallSource, null),
        ("DWMTJ_SOT_300K", "dwmtj-sot-300k", "DWMTJ SOT 300 K", WallSource, null),
        ("DWMTJ_SOT_400K", "dwmtj-sot-400k", "DWMTJ SOT 400 K", WallSource, null),
        ("DWMTJ_STT_0K", "dwmtj-stt-0k", "DWMTJ STT 0 K", WallSource, null),
        ("DWMTJ_STT_300K", "dwmtj-stt-300k", "DWMTJ STT 300 K", WallSource, null),
        ("DWMTJ_STT_400K", "dwmtj-stt-400k", "DWMTJ STT 400 K", WallSource, null),
        ("TaOx", "taox", "TaOx", "C. H. Bennett et al., IEEE IRPS 2019, doi 10.1109/IRPS.2019.8720596; " + Source,
            "The table of the single device was not to be had: device 1 of the medium set stands for it in standard mode."),
        ("ENODe", "enode", "ENODe", "Y. Li et al., Front. Neurosci. 15, 636127 (2021); " + Source,
            "Conductances of the nine devices are in an unstated unit; only ratios to the range matter."),
    ];

    internal static string Folder(string relative) =>
        Path.GetDirectoryName(Repository.SharedFile($"data/crosssim-luts/{relative}/{UpdateTableReader.IncreasingFile}"))!;

    internal static InSituDevice Device(string folder, string name)
    {
        string summary = Repository.SharedFile("data/crosssim-luts/lut-summary.csv");
        return InSituDevices.ReadFolder(Path.Combine(Path.GetDirectoryName(summary)!, folder), name);
    }
}
