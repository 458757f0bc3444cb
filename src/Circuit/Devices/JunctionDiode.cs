namespace CircuitSim.Circuit.Devices;

/// <summary>Current and charge of a junction diode without its series resistance, with the pieces that SPICE has: forward, reverse, breakdown.</summary>
internal sealed class JunctionDiode
{
    private readonly DiodeModel _model;
    private readonly double _area, _saturation, _thermal;
    private readonly double? _breakdown;

    public JunctionDiode(DiodeModel model, double area)
    {
        _model = model;
        _area = area;
        _saturation = model.SaturationAmps * area;
        _thermal = model.EmissionCoefficient * PhysicalConstants.ThermalVolts;
        if (model.BreakdownVolts is { } volts) _breakdown = MatchedBreakdown(volts);
    }

    /// <summary>Saturation current, amperes.</summary>
    public double SaturationAmps => _saturation;

    /// <summary>Emission coefficient times kT/q, volts.</summary>
    public double ThermalVolts => _thermal;

    /// <summary>True when it stores any charge.</summary>
    public bool HasCharge => _model.JunctionFarads > 0 || _model.TransitSeconds > 0;

    /// <summary>Current from anode to cathode without gmin.</summary>
    public double Amps(double volts, out double siemens)
    {
        if (volts >= -3 * _thermal)
        {
            double e = Math.Exp(volts / _thermal);
            siemens = _saturation * e / _thermal;
            return _saturation * (e - 1);
        }

        if (_breakdown is { } breakdown && volts < -breakdown)
        {
            double e = Math.Exp(-(breakdown + volts) / _thermal);
            siemens = _saturation * e / _thermal;
            return -_saturation * e;
        }

        double ratio = 3 * _thermal / (volts * Math.E), cube = ratio * ratio * ratio;
        siemens = _saturation * 3 * cube / volts;
        return -_saturation * (1 + cube);
    }

    /// <summary>Charge: depletion and diffusion.</summary>
    public double Coulombs(double volts, double amps, double siemens, out double farads)
    {
        double charge = JunctionCharge.Coulombs(
            volts, _model.JunctionFarads * _area, _model.JunctionVolts, _model.GradingCoefficient, _model.ForwardFraction, out double depletion);
        farads = depletion + _model.TransitSeconds * siemens;
        return charge + _model.TransitSeconds * amps;
    }

    /// <summary>The voltage at which the breakdown exponential must begin so that the current at the given voltage is the given one.</summary>
    private double MatchedBreakdown(double volts)
    {
        // As ngspice has it, the current at breakdown is that of the device whatever its area.
        double thermal = PhysicalConstants.ThermalVolts, current = _model.BreakdownAmps;
        if (current < _saturation * volts / thermal) return volts;
        double matched = volts - _thermal * Math.Log(1 + current / _saturation);
        for (int i = 0; i < 25; i++)
        {
            matched = volts - _thermal * Math.Log(current / _saturation + 1 - matched / thermal);
            double reached = _saturation * (Math.Exp((volts - matched) / _thermal) - 1 + matched / thermal);
            // SPICE's reltol: the fit decides a model voltage, and both engines must stop at the same step.
            if (Math.Abs(reached - current) <= 1e-3 * current) break;
        }

        return matched;
    }
}
