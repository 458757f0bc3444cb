using CircuitSim.Mapping.Devices;

namespace CircuitSim.Export.Reports;

/// <summary>The devices of one crossbar before and after programming, for the report's figures; not part of <c>fidelity.json</c>.</summary>
/// <param name="Name">Which crossbar, for example <c>Layer 1</c>.</param>
/// <param name="Card">The device technology.</param>
/// <param name="Options">How the devices were programmed.</param>
/// <param name="TargetSiemens">What was wanted, siemens, inside the card's window.</param>
/// <param name="ProgrammedSiemens">What came out, siemens; as long.</param>
public sealed record ReportArray(
    string Name, DeviceCard Card, ProgrammingOptions Options, ReadOnlyMemory<double> TargetSiemens, ReadOnlyMemory<double> ProgrammedSiemens);
