using CircuitSim.Training.InSitu.Cores;

namespace CircuitSim.Export.InSitu;

/// <summary>Accuracies on the breast-cancer set that T. Maram, R. Barnwal and B. Bindu print, one run each (arXiv 2304.11337, 2023, the table of section III).</summary>
public static class PublishedAccuracies
{
    private static readonly Dictionary<string, double[]> Percent = new()
    {
        ["dwmtj-sot-0k"] = [96.4, 97.8, 95.7],
        ["dwmtj-sot-300k"] = [97.1, 97.1, 97.1],
        ["dwmtj-sot-400k"] = [97.8, 97.8, 97.8],
        ["dwmtj-stt-0k"] = [96.4, 97.8, 97.8],
        ["dwmtj-stt-300k"] = [97.1, 96.4, 95.7],
        ["dwmtj-stt-400k"] = [96.4, 97.1, 97.8],
        ["taox"] = [95.7, 96.4, 97.1],
        ["enode"] = [96.4, 92.9, 92.9],
    };

    /// <summary>The printed accuracy.</summary>
    /// <param name="device">Name of the device technology.</param>
    /// <param name="mode">Mode.</param>
    /// <returns>Percent, or null for a device that is not in the paper.</returns>
    public static double? Find(string device, UpdateMode mode) => Percent.TryGetValue(device, out double[]? row) ? row[(int)mode] : null;
}
