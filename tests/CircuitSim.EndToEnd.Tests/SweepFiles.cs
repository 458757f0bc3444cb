namespace CircuitSim.EndToEnd.Tests;

/// <summary>A sweep small enough for tests, and what it left.</summary>
internal static class SweepFiles
{
    /// <summary>Writes an experiment of quickly trained, badly programmed chips.</summary>
    internal static string WriteExperiment(string path, string sweep, string device = "", string more = "")
    {
        File.WriteAllText(path, $$"""
            name: quick
            data:    { set: iris }
            network: { layers: [4, 3, 3] }
            train:   { epochs: 2 }
            device:  { card: generic, spread_percent: 1.0, programming: one_shot, faults: { stuck_low: 0.01, stuck_high: 0.01 }{{device}} }
            circuit: { segment_ohms: 2.5, mismatch: { threshold_mv_um: 1.0, current_factor_percent_um: 1.0 } }
            check:   { samples: 6, against: [behavioural] }
            export:  { samples: [0] }
            sweep:   {{sweep}}
            {{more}}
            """);
        return path;
    }

    /// <summary>Every file that results are made of, by name; the journal is in the order in which chips were finished and is no result.</summary>
    internal static SortedDictionary<string, string> Results(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, file);
            if (name != "journal.jsonl") files[name] = Convert.ToHexString(File.ReadAllBytes(file));
        }

        return files;
    }
}
