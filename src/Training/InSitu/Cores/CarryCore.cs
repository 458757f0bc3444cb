namespace CircuitSim.Training.InSitu.Cores;

/// <summary>Weights of several digits with periodic carry.</summary>
/// <remarks>Digit d stands for weights up to limit/Bᵈ. Reads sum all digits; updates go to the last one; a digit that holds half its limit or more is emptied into the next higher.</remarks>
internal sealed class CarryCore : INeuralCore
{
    private readonly CrossbarCore[] _digits;
    private readonly CarryOptions _options;
    private readonly UpdateRule _calibrated;
    private readonly double[] _weights;
    private readonly double[] _carry;
    private readonly double[] _part;
    private readonly double[] _transposedPart;
    private long _updates;

    internal CarryCore(CrossbarCore[] digits, CarryOptions options, UpdateRule calibrated)
    {
        (_digits, _options, _calibrated) = (digits, options, calibrated);
        _weights = new double[digits[0].Weights.Length];
        _carry = new double[_weights.Length];
        _part = new double[OutputCount];
        _transposedPart = new double[InputCount];
    }

    public int InputCount => _digits[0].InputCount;

    public int OutputCount => _digits[0].OutputCount;

    public ReadOnlySpan<double> Weights => _weights;

    public string? Overdrive() => _digits[^1].Overdrive();

    internal IReadOnlyList<CrossbarCore> Digits => _digits;

    public void Program(ReadOnlySpan<double> weights)
    {
        _digits[0].Program(weights);
        Array.Clear(_carry);
        for (int d = 1; d < _digits.Length; d++) _digits[d].Program(_carry);
        Sum();
    }

    public void Read(ReadOnlySpan<double> x, Span<double> y)
    {
        y.Clear();
        foreach (CrossbarCore digit in _digits)
        {
            digit.Read(x, _part);
            for (int i = 0; i < y.Length; i++) y[i] += _part[i];
        }
    }

    public void ReadTransposed(ReadOnlySpan<double> p, Span<double> y)
    {
        y.Clear();
        foreach (CrossbarCore digit in _digits)
        {
            digit.ReadTransposed(p, _transposedPart);
            for (int j = 0; j < y.Length; j++) y[j] += _transposedPart[j];
        }
    }

    public void UpdateRankOne(ReadOnlySpan<double> p, ReadOnlySpan<double> x, double rate)
    {
        _digits[^1].UpdateRankOne(p, x, rate);
        CarryWhenDue();
    }

    public void Update(ReadOnlySpan<double> u, double rate)
    {
        _digits[^1].Update(u, rate);
        CarryWhenDue();
    }

    private void CarryWhenDue()
    {
        _updates++;
        long interval = _options.Frequency;
        for (int d = _digits.Length - 1; d > 0 && _updates % interval == 0; d--)
        {
            CarryUp(d);
            interval *= _options.Frequency;
        }

        Sum();
    }

    private void CarryUp(int d)
    {
        CrossbarCore low = _digits[d], high = _digits[d - 1];
        double least = 0.5 * low.WeightLimit;
        bool isAny = false;
        for (int k = 0; k < _carry.Length; k++)
        {
            double weight = low.Weights[k];
            _carry[k] = Math.Abs(weight) >= least ? weight : 0;
            isAny |= _carry[k] != 0;
        }

        if (!isAny) return;
        Change(low, -1);
        Change(high, 1);
    }

    private void Change(CrossbarCore digit, double sign)
    {
        switch (_options.Programming)
        {
            case CarryProgramming.Blind:
                digit.Update(_carry, sign);
                break;
            case CarryProgramming.Calibrated:
                digit.UpdateWith(_calibrated, _carry, sign);
                break;
            default:
                digit.Shift(_carry, sign);
                break;
        }
    }

    private void Sum()
    {
        Array.Clear(_weights);
        foreach (CrossbarCore digit in _digits)
        {
            ReadOnlySpan<double> part = digit.Weights;
            for (int k = 0; k < _weights.Length; k++) _weights[k] += part[k];
        }
    }
}
