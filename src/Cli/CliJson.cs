using System.Text.Encodings.Web;
using System.Text.Json;

namespace CircuitSim.Cli;

/// <summary>How the program prints JSON.</summary>
internal static class CliJson
{
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
