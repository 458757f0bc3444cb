using System.Globalization;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Differences of one signal of one layer while they are gathered.</summary>
internal sealed class SignalSum(int layer, SignalKind signal, double budget)
{
    private int _count, _beyond, _worstSample;
    private double _squares, _worst = -1, _engineValue, _circuitValue;
    private string _worstName = "";

    private string Unit => signal == SignalKind.BitLineCurrent ? "A" : "V";

    internal bool IsBeyond => _beyond > 0;

    /// <summary>Place on the way through the circuit: layers in turn, and in a layer from its sources to its outputs.</summary>
    internal (int Layer, int Step) Order => (layer, signal switch
    {
        SignalKind.Source => 0,
        SignalKind.WordLine => 1,
        SignalKind.BitLine => 2,
        SignalKind.BitLineCurrent => 3,
        SignalKind.Gate => 4,
        SignalKind.InvertedOutput => 5,
        SignalKind.RestoredOutput => 6,
        _ => 7,
    });

    internal void Add(string name, int sample, double engineValue, double circuitValue)
    {
        double difference = Math.Abs(engineValue - circuitValue);
        if (!double.IsFinite(difference))
            throw new EngineException(NativeEngine.EngineName, string.Create(CultureInfo.InvariantCulture, $"'{name}' of sample {sample} is {engineValue:R} {Unit} in one solution and {circuitValue:R} {Unit} in ours; they cannot be compared."));
        _count++;
        _squares += difference * difference;
        if (difference > budget) _beyond++;
        if (difference <= _worst) return;
        (_worst, _worstName, _worstSample, _engineValue, _circuitValue) = (difference, name, sample, engineValue, circuitValue);
    }

    internal SignalDifference ToDifference() => new()
    {
        Layer = layer,
        Signal = signal,
        Unit = Unit,
        Count = _count,
        Rms = Math.Sqrt(_squares / _count),
        Worst = _worst,
        WorstName = _worstName,
        WorstSample = _worstSample,
        Budget = budget,
        BeyondCount = _beyond,
    };

    internal Divergence ToDivergence() => new()
    {
        Layer = layer,
        Signal = signal,
        Name = _worstName,
        Sample = _worstSample,
        Unit = Unit,
        EngineValue = _engineValue,
        CircuitValue = _circuitValue,
        Budget = budget,
    };
}
