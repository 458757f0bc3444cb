using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Mapping.Devices;

/// <summary>The programming of one array under way: draws device by device, and keeps the account.</summary>
internal sealed class ArrayProgramming
{
    // The device stands in the lower bits of an index, the attempt above them.
    private const int AttemptShift = 40;

    private readonly DeviceCard _card;
    private readonly ProgrammingOptions _options;
    private readonly ProgrammingError? _error;
    private readonly ConductanceDrift? _drift;
    private readonly ReadNoise? _noise;
    private readonly FaultRates? _faults;
    private readonly double _seconds;
    private readonly LevelRounder? _levels;
    private readonly ProgrammingExpectation _expectation;
    private readonly CounterRandom _programmingDraws, _roundingDraws, _driftDraws, _noiseDraws, _faultDraws, _stuckDraws;
    private int _count, _gaveUp, _stuckLow, _stuckHigh, _stuckAnywhere, _belowZero;
    private long _pulses;
    private double _squares, _expectedSquares, _expectedPulses;

    internal ArrayProgramming(DeviceCard card, ProgrammingOptions options, ulong seed, string array)
    {
        _card = card;
        _options = options;
        _faults = options.Faults is { Total: > 0 } faults ? faults : null;
        _error = options.Mode == ProgrammingMode.Ideal ? null : card.ProgrammingError;
        _drift = options.ReadSeconds is null ? null : card.Drift;
        _seconds = options.ReadSeconds ?? card.Drift?.FirstSeconds ?? 0;
        if (_drift is EmpiricalDrift measured && options.Mode == ProgrammingMode.OneShot)
        {
            // What was measured at the time of the read holds programming and relaxation in one.
            _error = measured.At(_seconds);
            _drift = null;
        }

        _noise = options.IncludeReadNoise ? card.ReadNoise : null;
        _levels = ProgrammingRules.Levels(card, options) is { } plan ? new LevelRounder(plan) : null;
        _expectation = new ProgrammingExpectation(card, options, _error, _drift, _noise, _faults, _seconds);
        _programmingDraws = new CounterRandom(seed, "programming of " + array);
        _roundingDraws = LevelRounder.Draws(seed, array);
        _driftDraws = new CounterRandom(seed, "drift of " + array);
        _noiseDraws = new CounterRandom(seed, "read noise of " + array);
        _faultDraws = new CounterRandom(seed, "faults of " + array);
        _stuckDraws = new CounterRandom(seed, "stuck conductance of " + array);
    }

    internal double Program(int device, double wanted)
    {
        ulong index = (ulong)device;
        ConductanceBin? bin = _levels is null ? null
            : _options.Rounding == LevelRounding.Nearest ? _levels.Nearest(wanted) : _levels.Stochastic(wanted, _roundingDraws.Uniform(index));
        double target = bin?.TargetSiemens ?? wanted;
        (double low, double high) = Acceptance(target, bin);

        double siemens;
        if (_faults is not null && Stuck(index) is double stuck)
        {
            siemens = stuck;
            CountPulses(stuck >= low && stuck <= high);
        }
        else
        {
            double programmed = Programmed(index, target, low, high);
            siemens = _drift is null ? programmed : _drift.Apply(target, programmed, _seconds, _driftDraws.Normal(index));
            if (_noise is not null) siemens += _noise.StandardDeviationSiemens(programmed, siemens, _seconds) * _noiseDraws.Normal(index);
            if (siemens < 0)
            {
                siemens = 0;
                _belowZero++;
            }
        }

        _count++;
        _squares += (siemens - wanted) * (siemens - wanted);
        (double expectedPulses, double expectedSquare) = _expectation.Of(wanted, target, low, high);
        _expectedPulses += expectedPulses;
        _expectedSquares += expectedSquare;
        return siemens;
    }

    internal ProgrammingReport Report() => new()
    {
        DeviceCount = _count,
        Pulses = _pulses,
        ExpectedPulses = _expectedPulses,
        EnergyJoules = _options.Mode == ProgrammingMode.Ideal ? null : _pulses * _card.PulseEnergyJoules,
        GaveUpCount = _gaveUp,
        StuckLow = _stuckLow,
        StuckHigh = _stuckHigh,
        StuckAnywhere = _stuckAnywhere,
        BelowZeroCount = _belowZero,
        RmsErrorSiemens = _count == 0 ? 0 : Math.Sqrt(_squares / _count),
        ExpectedRmsErrorSiemens = _count == 0 ? 0 : Math.Sqrt(_expectedSquares / _count),
        Assumptions = ProgrammingAssumptions.Of(_card, _options),
    };

    /// <summary>Pulses, mean and standard deviation at the read that the laws let expect of one level.</summary>
    internal (double Pulses, double Mean, double Deviation) Expect(ConductanceBin bin)
    {
        (double low, double high) = Acceptance(bin.TargetSiemens, bin);
        return _expectation.AtLevel(bin.TargetSiemens, low, high);
    }

    private double Programmed(ulong index, double target, double low, double high)
    {
        if (_error is null) return target;
        if (_options.Mode == ProgrammingMode.OneShot)
        {
            _pulses++;
            return _error.Draw(target, _programmingDraws, index);
        }

        double siemens = target;
        for (int attempt = 1; attempt <= _options.MaximumPulses; attempt++)
        {
            _pulses++;
            siemens = _error.Draw(target, _programmingDraws, index | (ulong)attempt << AttemptShift);
            if (siemens >= low && siemens <= high) return siemens;
        }

        _gaveUp++;
        return siemens;
    }

    // A stuck device takes the pulses all the same: it is found out when the last one has changed nothing.
    private void CountPulses(bool isInWindow)
    {
        if (_options.Mode == ProgrammingMode.Ideal) return;
        bool isGivenUp = _options.Mode == ProgrammingMode.Verify && !isInWindow;
        _pulses += isGivenUp ? _options.MaximumPulses : 1;
        if (isGivenUp) _gaveUp++;
    }

    private double? Stuck(ulong index)
    {
        double u = _faultDraws.Uniform(index) - _faults!.StuckLow;
        if (u < 0)
        {
            _stuckLow++;
            return _card.MinimumSiemens;
        }

        if ((u -= _faults.StuckHigh) < 0)
        {
            _stuckHigh++;
            return _card.MaximumSiemens;
        }

        if (u - _faults.StuckAnywhere >= 0) return null;
        _stuckAnywhere++;
        return _stuckDraws.Uniform(index, _card.MinimumSiemens, _card.MaximumSiemens);
    }

    private (double Low, double High) Acceptance(double target, ConductanceBin? bin)
    {
        if (_options.Mode != ProgrammingMode.Verify) return (double.NegativeInfinity, double.PositiveInfinity);
        double? halfWidth = _options.AcceptanceSiemens ?? _options.AcceptanceRelative * target;
        return halfWidth is double half ? (target - half, target + half) : (bin!.LowSiemens, bin.HighSiemens);
    }
}
