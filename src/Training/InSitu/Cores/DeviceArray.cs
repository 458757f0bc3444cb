using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Training.InSitu.Cores;

/// <summary>An array of devices that is programmed in parallel. Conductances are normalised to the upper end of the window.</summary>
/// <remarks>Draws depend on seed, array, update and device only. Not thread-safe: it holds the conductances.</remarks>
internal sealed class DeviceArray
{
    private const int FewestAtLimits = 16;

    private readonly UpdateRule _rule;
    private readonly CounterRandom _draws;
    private readonly CounterRandom _rounding;
    private readonly int[] _table;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly double[] _state;
    private readonly int _levels;
    private readonly bool _hasStochasticLevels;
    private ulong _updates;
    private long _asked, _beyond;

    internal DeviceArray(int count, UpdateRule rule, CoreOptions options, ulong seed, string name)
    {
        _rule = rule;
        _draws = new CounterRandom(seed, $"in-situ updates of {name}");
        _rounding = new CounterRandom(seed, $"in-situ level rounding of {name}");
        (_levels, _hasStochasticLevels) = (options.Levels, options.HasStochasticLevels);
        _table = new int[count];
        _low = new double[count];
        _high = new double[count];
        _state = new double[count];
        var tables = new CounterRandom(seed, $"in-situ devices of {name}");
        for (int i = 0; i < count; i++)
        {
            _table[i] = rule.TableCount > 1 ? tables.Below((ulong)i, rule.TableCount) : 0;
            (_low[i], _high[i]) = rule.Limits(_table[i]);
        }
    }

    internal int Count => _state.Length;

    /// <summary>Conductances, normalised.</summary>
    internal ReadOnlySpan<double> States => _state;

    /// <summary>Whether every device is at an end of its range; never with two levels, which are those ends, nor for a handful of devices, which may all be wanted there.</summary>
    internal bool IsAtLimits
    {
        get
        {
            if (_levels == 2 || _state.Length < FewestAtLimits) return false;
            for (int i = 0; i < _state.Length; i++)
                if (_state[i] > _low[i] && _state[i] < _high[i]) return false;
            return true;
        }
    }

    /// <summary>Share of the changes asked for since the last call that are larger than the whole range of their device; 0 when none was asked for.</summary>
    internal double TakeShareBeyondRange()
    {
        double share = _asked > 0 ? (double)_beyond / _asked : 0;
        (_asked, _beyond) = (0, 0);
        return share;
    }

    /// <summary>Programs one device exactly, within its hard limits.</summary>
    internal void Set(int index, double state) => _state[index] = Math.Clamp(state, _low[index], _high[index]);

    /// <summary>Programs every device to the same conductance exactly, within its hard limits.</summary>
    internal void Fill(double state)
    {
        for (int i = 0; i < _state.Length; i++) Set(i, state);
    }

    /// <summary>Asks every device for a change.</summary>
    /// <param name="request">Requested changes.</param>
    /// <param name="factor">What each is multiplied with.</param>
    /// <param name="real">Receives the real changes before they are limited; empty when nobody wants them.</param>
    /// <param name="rule">The rule to use instead of the array's own, or null.</param>
    internal void Update(ReadOnlySpan<double> request, double factor, Span<double> real = default, UpdateRule? rule = null)
    {
        rule ??= _rule;
        bool needsDraw = rule.NeedsDraw;
        ulong first = _updates++ * (ulong)_state.Length;
        for (int i = 0; i < _state.Length; i++)
        {
            double wanted = factor * request[i], state = _state[i];
            double u = needsDraw && wanted != 0 ? _draws.Uniform(first + (ulong)i) : 0;
            if (wanted != 0) _asked++;
            if (!(Math.Abs(wanted) <= _high[i] - _low[i])) _beyond++;
            double change = rule.Change(wanted, state, _table[i], u);
            if (real.Length > 0) real[i] = change;
            double next = state + change;
            if (_levels > 0 && wanted != 0) next = Rounded(next, first + (ulong)i);
            _state[i] = Math.Min(Math.Max(next, _low[i]), _high[i]);
        }
    }

    private double Rounded(double state, ulong draw)
    {
        double perStep = (_levels - 1) / (_rule.LimitHigh - _rule.LimitLow), place = (state - _rule.LimitLow) * perStep;
        double level = _hasStochasticLevels ? Math.Floor(place + _rounding.Uniform(draw)) : Math.Round(place);
        return _rule.LimitLow + Math.Clamp(level, 0, _levels - 1) / perStep;
    }
}
