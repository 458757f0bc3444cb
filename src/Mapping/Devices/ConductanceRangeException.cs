using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>A weight asks for a conductance that the device cannot be programmed to.</summary>
public sealed class ConductanceRangeException : CircuitSimException
{
    /// <summary>Creates the error for the first such device.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="wordLine">Word-line index from 0.</param>
    /// <param name="bitLine">Bit-line index from 0.</param>
    /// <param name="siemens">Conductance asked for, siemens.</param>
    /// <param name="card">The device card.</param>
    /// <param name="count">How many devices of the network are outside the window.</param>
    public ConductanceRangeException(int layer, int wordLine, int bitLine, double siemens, DeviceCard card, int count)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"Device (layer {layer + 1}, word line {wordLine + 1}, bit line {bitLine + 1}) needs {siemens:G6} S, but card '{card.Name}' offers {card.MinimumSiemens:G6} to {card.MaximumSiemens:G6} S; {count} devices are outside. Lower the conductance ratio, or ask for clipping (device: {{ out_of_range: clip }}), which the report counts."))
    {
        Layer = layer;
        WordLine = wordLine;
        BitLine = bitLine;
        Siemens = siemens;
        Count = count;
    }

    /// <summary>Layer index from 0.</summary>
    public int Layer { get; }

    /// <summary>Word-line index from 0.</summary>
    public int WordLine { get; }

    /// <summary>Bit-line index from 0.</summary>
    public int BitLine { get; }

    /// <summary>Conductance asked for, siemens.</summary>
    public double Siemens { get; }

    /// <summary>How many devices of the network are outside the window.</summary>
    public int Count { get; }
}
