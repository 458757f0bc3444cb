using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Networks;

namespace CircuitSim.Export.Runs;

/// <summary>The inverter of an experiment: a shipped one by name, or a characterised one by its file.</summary>
internal static class RunInverter
{
    internal static bool IsFile(string inverter) => inverter.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    internal static InverterModel Open(CircuitSettings circuit) =>
        IsFile(circuit.Inverter) ? InverterFile.Read(circuit.Inverter) : InverterModel.Find(circuit.Inverter)!;

    /// <summary>Changes when the name, or what the file holds, changes.</summary>
    internal static string Fingerprint(CircuitSettings circuit) =>
        IsFile(circuit.Inverter) ? InverterFile.Fingerprint(circuit.Inverter) : circuit.Inverter;

    /// <summary>Refuses an inverter of another supply, and one that no deck can hold, before anything is computed.</summary>
    internal static void Check(CircuitSettings circuit)
    {
        if (!IsFile(circuit.Inverter)) return;

        TabulatedInverter inverter = InverterFile.Read(circuit.Inverter);
        if (inverter.SupplyViolation(circuit.SupplyVolts) is string mismatch) throw new InputFileException(circuit.Inverter, mismatch);
        if (inverter.Definition is null)
            throw new InputFileException(circuit.Inverter, "holds a table only, which no deck can hold; put the inverter into a subcircuit with a port for each rail and characterise that one.");
    }
}
