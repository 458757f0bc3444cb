using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>Absolute derivatives of one crossbar while they are summed over samples.</summary>
internal sealed class SensitivitySum(CrossbarSpec spec)
{
    private readonly double[] _absolute = new double[spec.ConductanceSiemens.Length], _signed = new double[spec.ConductanceSiemens.Length];
    private readonly double[] _wordLines = new double[spec.WordLineCount], _bitLines = new double[spec.BitLineCount], _gates = new double[spec.BitLineCount];
    private double _squares, _wordSegment, _bitSegment, _source;

    /// <summary>Adds one sample.</summary>
    internal void Add(CrossbarGradientSum sample, ReadOnlySpan<double> perGate)
    {
        ReadOnlySpan<double> g = spec.ConductanceSiemens.Span;
        for (int i = 0; i < _absolute.Length; i++)
        {
            double perLog = g[i] * sample.PerSiemens[i];
            _absolute[i] += Math.Abs(perLog);
            _signed[i] += perLog;
            _squares += perLog * perLog;
        }

        AddAbsolute(sample.PerWordLineOhm, _wordLines);
        AddAbsolute(sample.PerBitLineOhm, _bitLines);
        AddAbsolute(perGate, _gates);
        _wordSegment += Math.Abs(sample.PerWordLineSegmentOhm);
        _bitSegment += Math.Abs(sample.PerBitLineSegmentOhm);
        _source += Math.Abs(sample.PerSourceOhm);
    }

    internal void Add(SensitivitySum other)
    {
        DenseKernels.AddScaled(1, other._absolute, _absolute);
        DenseKernels.AddScaled(1, other._signed, _signed);
        DenseKernels.AddScaled(1, other._wordLines, _wordLines);
        DenseKernels.AddScaled(1, other._bitLines, _bitLines);
        DenseKernels.AddScaled(1, other._gates, _gates);
        _squares += other._squares;
        _wordSegment += other._wordSegment;
        _bitSegment += other._bitSegment;
        _source += other._source;
    }

    internal CrossbarSensitivity Mean(int sampleCount) => new()
    {
        PerLogSiemens = Mean(_absolute, sampleCount),
        SignedPerLogSiemens = Mean(_signed, sampleCount),
        SpreadPerLogSiemens = Math.Sqrt(_squares / sampleCount),
        PerWordLineOhm = Mean(_wordLines, sampleCount),
        PerBitLineOhm = Mean(_bitLines, sampleCount),
        PerWordLineSegmentOhm = _wordSegment / sampleCount,
        PerBitLineSegmentOhm = _bitSegment / sampleCount,
        PerSourceOhm = _source / sampleCount,
        PerGateVolt = Mean(_gates, sampleCount),
    };

    private static void AddAbsolute(ReadOnlySpan<double> values, double[] sums)
    {
        for (int i = 0; i < sums.Length; i++) sums[i] += Math.Abs(values[i]);
    }

    private static double[] Mean(double[] sums, int count) => [.. sums.Select(s => s / count)];
}
