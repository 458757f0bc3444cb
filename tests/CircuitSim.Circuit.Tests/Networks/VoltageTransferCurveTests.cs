using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Networks;

public sealed class VoltageTransferCurveTests
{
    private const double Supply = 0.5;
    private const double Load = 1 / 0.9e6;

    // Obtained by sweeping the exported B-source inverter in ngspice 39 with reltol=1e-12 vntol=1e-15; printed to 12 decimals.
    public static TheoryData<double, double, double, double, double> Fixture => new()
    {
        { -0.25, 0.249969332858, 0.249549901925, 0.249917203183, 0.248786233527 },
        { -0.10, 0.245980381913, 0.244851552812, 0.238939378700, 0.235790139270 },
        { -0.05, 0.226689945987, 0.224265535774, 0.167145933715, 0.157627616916 },
        { -0.02, 0.152372693363, 0.146085016826, -0.054561421494, -0.049790626470 },
        { 0.00, 0, 0, -0.185771954108, -0.176851699117 },
        { 0.02, -0.152372693363, -0.146085016826, -0.225387473943, -0.221281071818 },
        { 0.05, -0.226689945987, -0.224265535774, -0.242004762292, -0.239882576277 },
        { 0.10, -0.245980381913, -0.244851552812, -0.248521181547, -0.247404065902 },
        { 0.25, -0.249969332858, -0.249549901925, -0.249988641572, -0.249569188886 },
    };

    [Theory]
    [Trait("Kind", "peer")]
    [MemberData(nameof(Fixture))]
    public void Solve_agrees_with_ngspice(double input, double sym, double symLoaded, double phax, double phaxLoaded)
    {
        // Half a unit of the printed digits, 5e-13 V, and ngspice's own 2.5e-13 V.
        const double tolerance = 8e-13;

        Close.Numbers(sym, VoltageTransferCurve.Solve(InverterModel.EkvSym, Supply, input), tolerance);
        Close.Numbers(symLoaded, VoltageTransferCurve.Solve(InverterModel.EkvSym, Supply, input, Load), tolerance);
        Close.Numbers(phax, VoltageTransferCurve.Solve(InverterModel.EkvPhax90, Supply, input), tolerance);
        Close.Numbers(phaxLoaded, VoltageTransferCurve.Solve(InverterModel.EkvPhax90, Supply, input, Load), tolerance);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("ekv-sym", 0.5, 0)]
    [InlineData("ekv-sym", 0.5, 1 / 0.9e6)]
    [InlineData("ekv-phax90", 0.5, 0)]
    [InlineData("ekv-phax90", 0.5, 6e-6)]
    [InlineData("ekv-phax90", 0.8, 1e-6)]
    public void The_table_follows_the_device_equations_and_their_slope(string name, double supply, double load)
    {
        InverterModel inverter = InverterModel.Find(name)!;
        VoltageTransferCurve curve = VoltageTransferCurve.Characterize(inverter, supply, load);

        double worst = 0, worstSlope = 0;
        for (int i = 0; i <= 7919; i++)
        {
            double input = supply * (i / 7919.0 - 0.5);
            double expected = VoltageTransferCurve.Solve(inverter, supply, input, load);
            InverterCurrent current = inverter.OutputCurrent(input, expected, supply);
            double expectedSlope = -current.PerInputVolt / (current.PerOutputVolt - load);
            worst = Math.Max(worst, Math.Abs(curve.OutputVolts(input, out double slope) - expected));
            worstSlope = Math.Max(worstSlope, Math.Abs(slope - expectedSlope));
        }

        // Characterize refines to 1e-10 V half-way between points, where a cubic's error is largest; the promise is 1e-9 V.
        Assert.InRange(worst, 0, 2e-10);
        Assert.InRange(curve.InterpolationErrorVolts, 0, 1e-10);

        // A spline's slope is a power of the step less accurate: 1e-10 V over a step of about 1e-4 V.
        Assert.InRange(worstSlope, 0, 3e-6);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_slope_is_the_derivative_of_the_interpolant()
    {
        VoltageTransferCurve curve = VoltageTransferCurve.Characterize(InverterModel.EkvPhax90, Supply);

        for (int i = 0; i < 400; i++)
        {
            double input = -0.26 + 0.52 * (i + 0.37) / 400;
            curve.OutputVolts(input, out double slope);
            const double h = 1e-6;
            double difference = (curve.OutputVolts(input + h) - curve.OutputVolts(input - h)) / (2 * h);

            // Rounding 1e-16/h = 1e-10, curvature h²·f'''/6 with f''' up to 3e4, and jumps of f''' between intervals.
            Close.Numbers(slope, difference, 5e-8);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_symmetric_inverter_is_odd()
    {
        VoltageTransferCurve curve = VoltageTransferCurve.Characterize(InverterModel.EkvSym, Supply);

        // Twice the interpolation error.
        for (int i = 0; i <= 100; i++) Close.Numbers(-curve.OutputVolts(0.0025 * i), curve.OutputVolts(-0.0025 * i), 2e-10);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Beyond_the_rails_the_curve_goes_on_as_a_line()
    {
        VoltageTransferCurve curve = VoltageTransferCurve.Characterize(InverterModel.EkvPhax90, Supply);
        double edge = curve.OutputVolts(0.25, out double slope);

        double beyond = curve.OutputVolts(0.35, out double slopeBeyond);

        // Rounding of a handful of operations on numbers below 1.
        Close.Numbers(edge + 0.1 * slope, beyond, 1e-14);
        Close.Numbers(slope, slopeBeyond, 1e-14);
    }

    [Theory]
    [Trait("Kind", "peer")]
    [InlineData("ekv-sym", 0, 0, -0.247958, 0, 34.121, 260.1)]
    [InlineData("ekv-sym", 1 / 0.9e6, 0, -0.247392, 0, 32.528, 240.7)]
    [InlineData("ekv-phax90", 0, -0.00074, -0.24784, -0.02676, 34.083, 272.4)]
    [InlineData("ekv-phax90", 1 / 0.9e6, -0.00113, -0.24684, -0.02670, 31.505, 230.0)]
    public void FitTanh_gives_the_coefficients_of_the_reference(
        string name, double load, double c1, double c2, double c3, double c4, double cascadeGain)
    {
        VoltageTransferCurve curve = VoltageTransferCurve.Characterize(InverterModel.Find(name)!, Supply, load);

        VoltageTransferCurveFit fit = curve.FitTanh();
        VoltageTransferCurveFit cascade = curve.FitCascadeTanh(curve);

        // One unit of the last digit that the reference prints (c2 of ekv-sym has one digit more).
        Close.Numbers(c1, fit.OffsetVolts, 1e-5, what: "c1");
        Close.Numbers(c2, fit.AmplitudeVolts, 1e-5, what: "c2");
        Close.Numbers(c3, fit.CentreVolts, 1e-5, what: "c3");
        Close.Numbers(c4, fit.GainPerVolt, 1e-3, what: "c4");
        Close.Numbers(cascadeGain, cascade.GainPerVolt, 0.1, what: "c4 of the cascade");
        Assert.InRange(fit.ResidualVolts, 2e-3, 3e-3);
        Assert.True(cascade.AmplitudeVolts > 0);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void FitTanh_returns_an_exact_tanh_unchanged()
    {
        VoltageTransferCurveFit fit = VoltageTransferCurveFit.Of(0.5, v => -0.0012 - 0.2483 * Math.Tanh((v + 0.0235) * 31.7581));

        // The stopping rule: steps below 1e-12 relative; convergence is quadratic from there.
        Close.Numbers(-0.0012, fit.OffsetVolts, 1e-12);
        Close.Numbers(-0.2483, fit.AmplitudeVolts, 1e-12);
        Close.Numbers(-0.0235, fit.CentreVolts, 1e-12);
        Close.Numbers(31.7581, fit.GainPerVolt, 1e-9);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Characterize_lists_every_value_out_of_range()
    {
        InvalidDesignException error = Assert.Throws<InvalidDesignException>(
            () => VoltageTransferCurve.Characterize(InverterModel.EkvSym, 0, double.NaN));

        Assert.Equal(2, error.Violations.Count);
    }
}
