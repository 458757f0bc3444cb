using System.Text;
using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Netlists;

/// <summary>Writes model parameters; those at their defaults are left out.</summary>
internal static class ModelText
{
    private static readonly DiodeModel DefaultDiode = new() { Name = "" };
    private static readonly MosfetModel DefaultMosfet = new() { Name = "" };
    private static readonly MosfetGeometry DefaultGeometry = new();

    /// <summary>Kind and parameters of a diode model.</summary>
    public static string Write(DiodeModel m)
    {
        DiodeModel d = DefaultDiode;
        return "d(" + Parameters(
            ("is", m.SaturationAmps, d.SaturationAmps), ("n", m.EmissionCoefficient, d.EmissionCoefficient), ("rs", m.SeriesOhms, d.SeriesOhms),
            ("cjo", m.JunctionFarads, d.JunctionFarads), ("vj", m.JunctionVolts, d.JunctionVolts), ("m", m.GradingCoefficient, d.GradingCoefficient),
            ("fc", m.ForwardFraction, d.ForwardFraction), ("tt", m.TransitSeconds, d.TransitSeconds), ("bv", m.BreakdownVolts, null),
            ("ibv", m.BreakdownAmps, d.BreakdownAmps)) + ")";
    }

    /// <summary>Kind and parameters of a MOSFET model.</summary>
    public static string Write(MosfetModel m)
    {
        MosfetModel d = DefaultMosfet;
        return (m.IsPChannel ? "pmos(" : "nmos(") + Parameters(
            ("level", 1, null), ("vto", m.ThresholdVolts, d.ThresholdVolts), ("kp", m.TransconductanceAmpsPerSquareVolt, m.OxideMetres is null ? d.TransconductanceAmpsPerSquareVolt : null),
            ("gamma", m.BodyFactorRootVolts, d.BodyFactorRootVolts), ("phi", m.SurfacePotentialVolts, d.SurfacePotentialVolts),
            ("lambda", m.ChannelModulationPerVolt, d.ChannelModulationPerVolt), ("rd", m.DrainOhms, d.DrainOhms), ("rs", m.SourceOhms, d.SourceOhms),
            ("is", m.BulkSaturationAmps, d.BulkSaturationAmps), ("js", m.BulkSaturationAmpsPerSquareMetre, d.BulkSaturationAmpsPerSquareMetre),
            ("cbd", m.BulkDrainFarads, null), ("cbs", m.BulkSourceFarads, null), ("cj", m.JunctionFaradsPerSquareMetre, d.JunctionFaradsPerSquareMetre),
            ("mj", m.BottomGradingCoefficient, d.BottomGradingCoefficient), ("cjsw", m.SidewallFaradsPerMetre, d.SidewallFaradsPerMetre),
            ("mjsw", m.SidewallGradingCoefficient, d.SidewallGradingCoefficient), ("pb", m.JunctionVolts, d.JunctionVolts),
            ("fc", m.ForwardFraction, d.ForwardFraction), ("cgso", m.GateSourceFaradsPerMetre, d.GateSourceFaradsPerMetre),
            ("cgdo", m.GateDrainFaradsPerMetre, d.GateDrainFaradsPerMetre), ("cgbo", m.GateBulkFaradsPerMetre, d.GateBulkFaradsPerMetre), ("tox", m.OxideMetres, null),
            ("ld", m.LateralDiffusionMetres, d.LateralDiffusionMetres)) + ")";
    }

    /// <summary>Sizes of a transistor, with a blank before each.</summary>
    public static string Geometry(MosfetGeometry g)
    {
        MosfetGeometry d = DefaultGeometry;
        string text = Parameters(
            ("w", g.WidthMetres, null), ("l", g.LengthMetres, null), ("ad", g.DrainSquareMetres, d.DrainSquareMetres), ("as", g.SourceSquareMetres, d.SourceSquareMetres),
            ("pd", g.DrainPerimeterMetres, d.DrainPerimeterMetres), ("ps", g.SourcePerimeterMetres, d.SourcePerimeterMetres));
        return " " + text;
    }

    private static string Parameters(params ReadOnlySpan<(string Name, double? Value, double? Default)> parameters)
    {
        var text = new StringBuilder();
        foreach ((string name, double? value, double? standard) in parameters)
        {
            if (value is not { } v || v == standard) continue;
            if (text.Length > 0) text.Append(' ');
            text.Append(name).Append('=').Append(SpiceNumber.Format(v));
        }

        return text.ToString();
    }
}
