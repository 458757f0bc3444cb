using System.Globalization;

namespace CircuitSim.Training.InSitu.Cores;

/// <summary>A layer's weights in one array of devices (offset) or two (balanced).</summary>
/// <remarks>
/// With s siemens of normalised conductance a unit of weight: balanced, g± = mid ± s·W and W = (g⁺ − g⁻)/2s, both devices get the
/// full request; one-sided, one device of the pair holds s·|W| above the lower end of the window, the other stays there; offset,
/// g = mid + s·W with a reference at mid. Source: CrossSim 2.0.
/// </remarks>
internal sealed class CrossbarCore : INeuralCore
{
    // A first batch of a fast training may ask for more than a device has here and there; half of an epoch is no training.
    private const double MostBeyondRange = 0.5;

    private readonly CoreOptions _options;
    private readonly DeviceArray _positive;
    private readonly DeviceArray? _negative;
    private readonly UpdateRecorder? _recorder;
    private readonly double[] _weights;
    private readonly double[] _request;
    private readonly double[] _counterRequest;
    private readonly double[] _positiveChange;
    private readonly double[] _negativeChange;
    private readonly double[] _input;
    private readonly double[] _error;

    internal CrossbarCore(
        int outputCount, int inputCount, double weightLimit, UpdateRule rule, CoreOptions options, ulong seed, string name, UpdateRecorder? recorder = null)
    {
        (OutputCount, InputCount, WeightLimit) = (outputCount, inputCount, weightLimit);
        (_options, _recorder) = (options, recorder);
        int count = outputCount * inputCount;
        _positive = new DeviceArray(count, rule, options, seed, $"{name}, positive array");
        _negative = options.Kind == CoreKind.Offset ? null : new DeviceArray(count, rule, options, seed, $"{name}, negative array");
        double window = 1 - rule.WindowLow;
        Middle = options.Kind == CoreKind.BalancedOneSided ? rule.WindowLow : 0.5 * (1 + rule.WindowLow);
        Scale = options.Kind == CoreKind.BalancedOneSided ? window / weightLimit : window / (2 * weightLimit);
        _weights = new double[count];
        _request = new double[count];
        _counterRequest = options.Kind == CoreKind.BalancedOneSided ? new double[count] : [];
        _positiveChange = recorder is null ? [] : new double[count];
        _negativeChange = recorder is null ? [] : new double[count];
        _input = new double[inputCount];
        _error = new double[outputCount];
    }

    public int InputCount { get; }

    public int OutputCount { get; }

    public ReadOnlySpan<double> Weights => _weights;

    public string? Overdrive()
    {
        double share = Math.Max(_positive.TakeShareBeyondRange(), _negative?.TakeShareBeyondRange() ?? 0);
        if (share > MostBeyondRange) return string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} % of the changes that were asked for go beyond the whole range of a device");
        return _positive.IsAtLimits && (_negative?.IsAtLimits ?? true) ? "every device is at an end of its range" : null;
    }

    /// <summary>Weight at the end of the window.</summary>
    internal double WeightLimit { get; }

    /// <summary>Normalised conductance of a device of weight zero.</summary>
    internal double Middle { get; }

    /// <summary>Normalised conductance of one device per unit of weight.</summary>
    internal double Scale { get; }

    internal DeviceArray Positive => _positive;

    /// <summary>The second array, or null when a reference stands for it.</summary>
    internal DeviceArray? Negative => _negative;

    /// <summary>Weight per normalised conductance of difference; a balanced pair moves both ways, so that it reads twice the change of one device.</summary>
    internal double ReadScale => _options.Kind == CoreKind.Balanced ? 1 / (2 * Scale) : 1 / Scale;

    public void Program(ReadOnlySpan<double> weights)
    {
        for (int k = 0; k < _weights.Length; k++) Set(k, weights[k]);
        Refresh();
    }

    /// <summary>Programs the weights that are to change, exactly; the others stay as they are.</summary>
    internal void Shift(ReadOnlySpan<double> changes, double sign)
    {
        for (int k = 0; k < _weights.Length; k++)
            if (changes[k] != 0) Set(k, _weights[k] + sign * changes[k]);
        Refresh();
    }

    public void Read(ReadOnlySpan<double> x, Span<double> y)
    {
        if (_options.Converters is not { } converters)
        {
            MatrixProducts.Multiply(_weights, x, y);
            return;
        }

        x.CopyTo(_input);
        converters.ForwardInput.Convert(_input);
        MatrixProducts.Multiply(_weights, _input, y);
        converters.ForwardOutput.Convert(y);
    }

    public void ReadTransposed(ReadOnlySpan<double> p, Span<double> y)
    {
        if (_options.Converters is not { } converters)
        {
            MatrixProducts.MultiplyTransposed(_weights, p, y);
            return;
        }

        p.CopyTo(_error);
        converters.BackwardInput.Convert(_error);
        MatrixProducts.MultiplyTransposed(_weights, _error, y);
        converters.BackwardOutput.Convert(y);
    }

    public void UpdateRankOne(ReadOnlySpan<double> p, ReadOnlySpan<double> x, double rate)
    {
        x.CopyTo(_input);
        p.CopyTo(_error);
        if (_options.Converters is { } converters)
        {
            converters.ColumnUpdate.Convert(_input);
            converters.RowUpdate.Convert(_error);
        }

        Array.Clear(_request);
        MatrixProducts.AddOuter(_error, _input, _request);
        Write(_request, rate);
    }

    public void Update(ReadOnlySpan<double> u, double rate) => Write(u, rate);

    /// <summary>Updates as if every pulse were calibrated to the state it meets.</summary>
    internal void UpdateWith(UpdateRule rule, ReadOnlySpan<double> u, double rate) => Write(u, rate, rule);

    private void Write(ReadOnlySpan<double> u, double rate, UpdateRule? rule = null)
    {
        double factor = Scale * rate;
        bool isRecorded = _recorder is { IsFull: false };
        Span<double> positive = isRecorded ? _positiveChange : default, negative = isRecorded ? _negativeChange : default;
        switch (_options.Kind)
        {
            case CoreKind.Offset:
                _positive.Update(u, factor, positive, rule);
                break;
            case CoreKind.BalancedOneSided:
                SplitBySign(u, factor);
                _positive.Update(_request, 1, positive, rule);
                _negative!.Update(_counterRequest, 1, negative, rule);
                break;
            default:
                _positive.Update(u, factor, positive, rule);
                _negative!.Update(u, -factor, negative, rule);
                break;
        }

        if (isRecorded) Record(u, factor);
        Refresh();
    }

    private void Set(int k, double weight)
    {
        bool isOneSided = _options.Kind == CoreKind.BalancedOneSided;
        double change = Scale * weight;
        _positive.Set(k, Middle + (isOneSided ? Math.Max(change, 0) : change));
        _negative?.Set(k, Middle + (isOneSided ? Math.Max(-change, 0) : -change));
    }

    // A change first takes back what the device of the other sign holds; the rest goes to the device of its own sign.
    private void SplitBySign(ReadOnlySpan<double> u, double factor)
    {
        ReadOnlySpan<double> positive = _positive.States, negative = _negative!.States;
        for (int k = 0; k < _request.Length; k++)
        {
            double wanted = factor * u[k];
            double held = Math.Max((wanted > 0 ? negative[k] : positive[k]) - Middle, 0), back = Math.Min(Math.Abs(wanted), held), rest = Math.Abs(wanted) - back;
            (_request[k], _counterRequest[k]) = wanted > 0 ? (rest, -back) : (-back, rest);
        }
    }

    private void Record(ReadOnlySpan<double> u, double factor)
    {
        for (int k = 0; k < _weights.Length && !_recorder!.IsFull; k++)
        {
            switch (_options.Kind)
            {
                case CoreKind.Offset: _recorder.Add(factor * u[k], _positiveChange[k]); break;
                case CoreKind.BalancedOneSided: _recorder.Add(factor * u[k], _positiveChange[k] - _negativeChange[k]); break;
                default: _recorder.Add(factor * u[k], 0.5 * (_positiveChange[k] - _negativeChange[k])); break;
            }
        }
    }

    private void Refresh()
    {
        ReadOnlySpan<double> positive = _positive.States;
        double scale = ReadScale;
        if (_negative is null)
        {
            for (int k = 0; k < _weights.Length; k++) _weights[k] = scale * (positive[k] - Middle);
            return;
        }

        ReadOnlySpan<double> negative = _negative.States;
        for (int k = 0; k < _weights.Length; k++) _weights[k] = scale * (positive[k] - negative[k]);
    }
}
