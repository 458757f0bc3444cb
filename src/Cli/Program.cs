using CircuitSim.Circuit.Engines.NgspiceWasm;
using CircuitSim.Cli;

var context = new CliContext
{
    Output = StandardStreams.Output(),
    Error = StandardStreams.Error(),
    Input = Console.OpenStandardInput(),
    IsErrorTerminal = !Console.IsErrorRedirected,
    IsOutputTerminal = !Console.IsOutputRedirected,
    SearchPath = Environment.GetEnvironmentVariable("PATH"),
    DataFolder = Environment.GetEnvironmentVariable("CIRCUITSIM_DATA"),
    EecircuitFolder = Environment.GetEnvironmentVariable("CIRCUITSIM_EECIRCUIT") ?? NodePackages.Find(NgspiceWasmEngine.PackageName, AppContext.BaseDirectory),
    WantsColour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
};
return await CommandLine.RunAsync(args, context);
