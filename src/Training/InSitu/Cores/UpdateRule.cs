using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Errors;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Training.InSitu.Cores;

/// <summary>From a requested change of conductance to the real one, in conductances normalised to the upper end of the window.</summary>
/// <remarks>
/// With A the mean step over the device's range, n = request/A average pulses (not rounded) change a device at state w by
/// n·m(w) + √n·e(u, w): the mean scales with n, the noise as a random walk. Source: CrossSim 2.0. Immutable; thread-safe.
/// </remarks>
internal sealed class UpdateRule
{
    // In numeric mode devices reach ten times their lowest conductance and have no room beyond the window.
    private const double NumericLow = 0.1;

    private readonly DeviceLookup[] _devices;
    private readonly bool _isMulti;
    private readonly bool _hasNoise;
    private readonly bool _isCalibrated;
    private readonly bool _isVectorized;

    private UpdateRule(InSituDevice device, CoreOptions options)
    {
        IReadOnlyList<UpdateTable> tables = options.Tables(device);
        double low = tables.Min(t => t.MinimumConductance), high = tables.Max(t => t.MaximumConductance), range = high - low;
        UnitSiemens = low + options.WindowHigh * range;
        _isMulti = options.Mode == UpdateMode.Multi;
        _hasNoise = !options.IgnoreNoise;
        _isCalibrated = options.IgnoreNonlinearity;
        _isVectorized = _isMulti && options.Lookup == MultiLookup.CrossSimVectorized;
        IsNumeric = options.Mode == UpdateMode.Numeric;
        WindowLow = IsNumeric ? NumericLow : (low + options.WindowLow * range) / UnitSiemens;
        (LimitLow, LimitHigh) = IsNumeric ? (NumericLow, 1) : (low / UnitSiemens, high / UnitSiemens);
        _devices = IsNumeric ? [] : [.. tables.Select(t => new DeviceLookup(t, UnitSiemens))];
        if (_isVectorized) RequireSameGrid(device);
    }

    /// <summary>Upper end of the window, which normalised conductance 1 stands for, siemens.</summary>
    internal double UnitSiemens { get; }

    /// <summary>Lower end of the window, normalised.</summary>
    internal double WindowLow { get; }

    /// <summary>Lowest conductance of any device, normalised.</summary>
    internal double LimitLow { get; }

    /// <summary>Highest conductance of any device, normalised.</summary>
    internal double LimitHigh { get; }

    internal bool IsNumeric { get; }

    internal bool NeedsDraw => !IsNumeric && _hasNoise;

    /// <summary>Tables that devices draw from, 1 when all have the same.</summary>
    internal int TableCount => Math.Max(1, _devices.Length);

    internal static UpdateRule Create(InSituDevice device, CoreOptions options)
    {
        options.Check();
        return new UpdateRule(device, options);
    }

    /// <summary>The same rule with the mean change made what is requested, for calibrated carries.</summary>
    internal static UpdateRule CreateCalibrated(InSituDevice device, CoreOptions options) => Create(device, options with { IgnoreNonlinearity = true });

    /// <summary>Hard limits of a device with a given table.</summary>
    internal (double Low, double High) Limits(int table) =>
        IsNumeric || _isVectorized ? (LimitLow, LimitHigh) : (_devices[table].Low, _devices[table].Low + _devices[table].Range);

    /// <summary>Real change of a device at a state, before it is limited.</summary>
    /// <param name="request">Requested change.</param>
    /// <param name="state">Conductance before it.</param>
    /// <param name="table">Table of the device.</param>
    /// <param name="u">Draw, uniform in 0 to 1.</param>
    /// <returns>The change.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Change(double request, double state, int table, double u)
    {
        if (IsNumeric || request == 0) return request;
        if (_isVectorized) return ChangeVectorized(request, state, table, u);
        DeviceLookup device = _devices[table];
        PulseLookup pulse = request > 0 ? device.Up : device.Down;
        double wanted = request / device.Range;
        int at = device.States.Locate((state - device.Low) / device.Range, out double share);
        double mean = pulse.Mean(at, share), average = _isMulti ? pulse.WholeStep : pulse.WindowStep;
        return device.Range * Total(wanted, mean, average, _hasNoise ? pulse.Noise(at, share, u) : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Total(double wanted, double mean, double average, double noise)
    {
        double n = wanted / average;
        if (!_isCalibrated) return n * mean + Math.Sqrt(n) * noise;
        double calibrated = wanted / mean;
        return wanted + Math.Sqrt(calibrated > 0 && double.IsFinite(calibrated) ? calibrated : n) * noise;
    }

    private double ChangeVectorized(double request, double state, int table, double u)
    {
        if (state < WindowLow || state > 1) return 0;
        DeviceLookup device = _devices[table];
        bool isUp = request > 0;
        PulseLookup pulse = isUp ? device.Up : device.Down;
        int states = device.States.Count, count = _devices.Length;
        double x = Math.Clamp((state - device.Low) / device.Range, 0, 1) * (states - 1) + 0.5, y = u * (device.Probabilities.Count - 1) + 0.5;

        // Flat arrays [state, table] and [probability, state, table]: fractions of the places spill into the index of the table and of the state.
        long flatMean = (long)(count * x + table), flatNoise = (long)(y * states * count + count * x + table);
        flatMean = Math.Min(flatMean, (long)states * count - 1);
        flatNoise = Math.Min(flatNoise, (long)device.Probabilities.Count * states * count - 1);
        double mean = Read(flatMean, 0), noise = _hasNoise ? Read(flatNoise % ((long)states * count), (int)(flatNoise / ((long)states * count)), isNoise: true) : 0;
        return device.Range * Total(request / device.Range, mean / device.Range, pulse.WholeStep, noise / device.Range);

        double Read(long flat, int probability, bool isNoise = false)
        {
            DeviceLookup other = _devices[(int)(flat % count)];
            PulseLookup from = isUp ? other.Up : other.Down;
            int at = (int)(flat / count);
            return other.Range * (isNoise ? from.Noises[at * other.Probabilities.Count + probability] : from.Means[at]);
        }
    }

    private void RequireSameGrid(InSituDevice device)
    {
        bool isSame = _devices.All(d => d.States.IsUniform && d.Probabilities.IsUniform
            && d.States.Count == _devices[0].States.Count && d.Probabilities.Count == _devices[0].Probabilities.Count);
        if (isSame) return;
        throw new InvalidDesignException($"Device '{device.Name}'",
            ["The look-up of CrossSim's vectorised path needs full tables with equal numbers of points and equal steps of conductance and probability; these differ. Name a folder of full tables, or use the look-up per device."]);
    }
}
