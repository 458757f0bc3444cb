using System.Globalization;
using System.Text;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Netlists.Dialects;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>The deck that a run hands to ngspice: the netlist and commands that write one raw file an analysis.</summary>
internal static class NgspiceDeck
{
    /// <summary>Name of the raw file of an analysis.</summary>
    public static string RawName(int analysis) => string.Create(CultureInfo.InvariantCulture, $"result{analysis}.raw");

    /// <summary>
    /// ngspice checks the currents of diodes and MOSFETs one by one; below these tolerances their rounding never passes, and it would
    /// iterate without end.
    /// </summary>
    private static EngineOptions Attainable(Netlist netlist, EngineOptions options)
    {
        bool hasJunctions = netlist.Elements.Concat(netlist.Subcircuits.SelectMany(s => s.Elements)).Any(e => e is Diode or Mosfet);
        if (!options.IsTight || !hasJunctions) return options;
        return options with
        {
            RelativeTolerance = Math.Max(options.RelativeTolerance, 1e-10),
            VoltageToleranceVolts = Math.Max(options.VoltageToleranceVolts, 1e-12),
            CurrentToleranceAmps = Math.Max(options.CurrentToleranceAmps, 1e-15),
        };
    }

    /// <summary>A transient controls its steps by reltol; at 1e-12 it would take millions of them.</summary>
    private static string TransientTolerances(EngineOptions options)
        => $"option reltol={SpiceNumber.Format(options.TransientRelativeTolerance)}\noption vntol=1e-9\noption abstol=1e-15\noption chgtol=1e-20\noption trtol=1\n";

    private static string DirectTolerances(EngineOptions options)
        => $"option reltol={SpiceNumber.Format(options.RelativeTolerance)}\noption vntol={SpiceNumber.Format(options.VoltageToleranceVolts)}\n"
            + $"option abstol={SpiceNumber.Format(options.CurrentToleranceAmps)}\n";

    /// <summary>Writes the deck.</summary>
    /// <exception cref="EngineException">An analysis has no command.</exception>
    public static string Write(Netlist netlist, IReadOnlyList<Analysis> analyses, EngineOptions options)
    {
        options = Attainable(netlist, options);
        var merged = new Dictionary<string, string>(netlist.Options);
        if (options.IsTight || options != EngineOptions.Default)
        {
            Set("reltol", options.RelativeTolerance);
            Set("vntol", options.VoltageToleranceVolts);
            Set("abstol", options.CurrentToleranceAmps);
            Set("gmin", options.MinimumConductanceSiemens);
            Set("itl1", options.MaximumIterations);
        }

        string body = SpiceWriter.ToText(netlist with { Analyses = [], SavedVectors = [], Measures = [], Options = merged });
        var deck = new StringBuilder(body, 0, body.Length - ".end\n".Length, body.Length + 256);
        deck.Append(".control\nset filetype=binary\n");
        for (int i = 0; i < analyses.Count; i++)
        {
            if (options.IsTight) deck.Append(analyses[i] is TransientAnalysis ? TransientTolerances(options) : DirectTolerances(options));
            deck.Append(SpiceDialect.Command(analyses[i])).Append("\nwrite ").Append(RawName(i)).Append('\n');
        }

        return deck.Append("quit\n.endc\n.end\n").ToString();

        void Set(string name, double value)
        {
            // A deck's own value holds against the defaults, not against tight options.
            if (options.IsTight || !merged.ContainsKey(name)) merged[name] = SpiceNumber.Format(value);
        }
    }
}
