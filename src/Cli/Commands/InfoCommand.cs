using System.CommandLine;
using System.Text.Json;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Devices;
using CircuitSim.Training.Data;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim info</c>: version, engines found, and what ships.</summary>
internal static class InfoCommand
{
    internal static Command Create(CliContext context)
    {
        var command = new Verb("info", "Shows the version, the engines found on this machine, and the data sets, experiments, inverters, device cards and update tables that ship.",
            "info", "info --json");
        command.SetAction(parsed =>
        {
            NgspiceEngine? ngspice = NgspiceEngine.TryFind(context.SearchPath);
            string? ngspiceVersion = ngspice?.Version;
            if (parsed.GetValue(SharedOptions.Json)) WriteJson(context.Output, ngspiceVersion);
            else WriteText(context.Output, ngspiceVersion);
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteText(TextWriter output, string? ngspiceVersion)
    {
        string[] lines =
        [
            $"circuitsim   {ProgramVersion.Text}",
            $"engines      native; {ngspiceVersion ?? "ngspice not found on the PATH (Debian: apt-get install ngspice)"}; spicesharp {EngineChoice.SpiceSharpVersion ?? "not in this build (-p:SpiceSharp=true)"}",
            $"children     {NgspiceEngine.Confinement}",
            $"experiments  {string.Join(", ", ShippedExperiments.Names)}",
            $"data sets    {string.Join(", ", DataSets.EmbeddedNames)}",
            $"inverters    {string.Join(", ", InverterModel.ShippedNames)}",
            $"devices      {string.Join(", ", PublishedCards.All.Select(c => c.Name))}",
            $"in situ      {string.Join(", ", InSituDevices.Names)}",
        ];
        foreach (string line in lines) output.Write(line + "\n");
    }

    private static void WriteJson(TextWriter output, string? ngspiceVersion) => output.Write(JsonSerializer.Serialize(new
    {
        schemaVersion = 1,
        version = ProgramVersion.Text,
        engines = new object[]
        {
            new { name = NativeEngine.EngineName, version = ProgramVersion.Text, available = true },
            new { name = NgspiceEngine.EngineName, version = ngspiceVersion, available = ngspiceVersion is not null },
            new { name = "spicesharp", version = EngineChoice.SpiceSharpVersion, available = EngineChoice.SpiceSharpVersion is not null },
        },
        children = new { confined = NgspiceEngine.IsConfined, how = NgspiceEngine.Confinement },
        experiments = ShippedExperiments.Names,
        dataSets = DataSets.EmbeddedNames,
        inverters = InverterModel.ShippedNames,
        deviceCards = PublishedCards.All.Select(c => c.Name),
        inSituDevices = InSituDevices.Names,
    }, FidelityJson.Options) + "\n");
}
