using CircuitSim.Mapping.Devices;

namespace CircuitSim.Mapping;

/// <summary>Conductances of one layer: what the weights ask for and what the devices were programmed to.</summary>
public sealed record MappedLayer
{
    private readonly double[] _targetSiemens;
    private readonly double[] _programmedSiemens;

    internal MappedLayer(int wordLineCount, int bitLineCount, double[] targetSiemens, double[] programmedSiemens, int clippedCount)
    {
        WordLineCount = wordLineCount;
        BitLineCount = bitLineCount;
        _targetSiemens = targetSiemens;
        _programmedSiemens = programmedSiemens;
        ClippedCount = clippedCount;
    }

    /// <summary>Driven lines.</summary>
    public int WordLineCount { get; }

    /// <summary>Collected lines, one a neuron.</summary>
    public int BitLineCount { get; }

    /// <summary>Conductances that the weights ask for, siemens, row-major [wordLine, bitLine].</summary>
    public ReadOnlyMemory<double> TargetSiemens => _targetSiemens;

    /// <summary>Conductances of the programmed devices, siemens, row-major [wordLine, bitLine].</summary>
    public ReadOnlyMemory<double> ProgrammedSiemens => _programmedSiemens;

    /// <summary>Pulses, energy, stuck devices and errors of the array.</summary>
    public required ProgrammingReport Programming { get; init; }

    /// <summary>Free scale that mapping chose for each neuron, over the lowest one; 1 or more, length <see cref="BitLineCount"/>.</summary>
    public required ReadOnlyMemory<double> ScaleOverLowest { get; init; }

    /// <summary>Devices whose target lay outside the window and that were programmed to its nearest end.</summary>
    public int ClippedCount { get; }
}
