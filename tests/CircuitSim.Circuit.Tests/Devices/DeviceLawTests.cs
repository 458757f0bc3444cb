using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Expressions;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Devices;

public sealed class DeviceLawTests
{
    public static TheoryData<string> Laws => ["sinh", "polynomial", "poole-frenkel"];

    [Theory]
    [Trait("Kind", "property")]
    [MemberData(nameof(Laws))]
    public void A_memristor_law_and_its_expression_give_the_same_current_and_slope(string name)
    {
        MemristorLaw law = Law(name);
        CompiledExpression expression = CompiledExpression.Compile(law.Expression("a", "b"));
        var gradient = new double[1];
        foreach (double volts in new[] { -0.5, -0.1, 1e-3, 0.2, 0.7 })
        {
            double amps = law.Amps(volts, out double siemens);

            // Each side rounds a handful of operations.
            Close.Numbers(expression.Evaluate([volts], gradient), amps, 0, 1e-14, $"{name} at {volts} V");
            Close.Numbers(gradient[0], siemens, 0, 1e-13, $"{name} slope at {volts} V");
        }
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(-3.0)]
    [InlineData(0.2)]
    [InlineData(0.44)]
    [InlineData(0.9)]
    public void Junction_capacitance_is_the_slope_of_the_charge(double volts)
    {
        const double Step = 1e-6;
        double up = JunctionCharge.Coulombs(volts + Step, 1e-12, 0.9, 0.4, 0.5, out _);
        double down = JunctionCharge.Coulombs(volts - Step, 1e-12, 0.9, 0.4, 0.5, out _);

        JunctionCharge.Coulombs(volts, 1e-12, 0.9, 0.4, 0.5, out double farads);

        // A central difference of step 1e-6 keeps about nine digits.
        Close.Numbers((up - down) / (2 * Step), farads, 0, 1e-8);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Junction_charge_is_continuous_where_the_straight_line_begins()
    {
        double below = JunctionCharge.Coulombs(0.45 - 1e-12, 1e-12, 0.9, 0.4, 0.5, out double faradsBelow);
        double above = JunctionCharge.Coulombs(0.45 + 1e-12, 1e-12, 0.9, 0.4, 0.5, out double faradsAbove);

        // 2e-12 V times a capacitance near 1 pF.
        Close.Numbers(below, above, 1e-23);
        Close.Numbers(faradsBelow, faradsAbove, 0, 1e-11);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(1.5, 0.3, -0.4)]
    [InlineData(1.5, 2.5, -0.4)]
    [InlineData(1.5, 1.0, 0.2)]
    [InlineData(0.2, 1.0, 0.0)]
    public void Level_1_derivatives_match_central_differences(double gate, double drain, double bulk)
    {
        var model = new MosfetModel
        {
            Name = "n",
            ThresholdVolts = 0.6,
            BodyFactorRootVolts = 0.5,
            SurfacePotentialVolts = 0.7,
            ChannelModulationPerVolt = 0.05,
        };
        const double Step = 1e-6;

        MosfetChannel channel = new MosfetLevel1(model, 1e-3).Evaluate(gate, drain, bulk);

        // A central difference of step 1e-6 on milliamperes keeps about nine digits.
        Close.Numbers((Amps(gate + Step, drain, bulk) - Amps(gate - Step, drain, bulk)) / (2 * Step), channel.PerGate, 1e-11, 1e-7);
        Close.Numbers((Amps(gate, drain + Step, bulk) - Amps(gate, drain - Step, bulk)) / (2 * Step), channel.PerDrain, 1e-11, 1e-7);
        Close.Numbers((Amps(gate, drain, bulk + Step) - Amps(gate, drain, bulk - Step)) / (2 * Step), channel.PerBulk, 1e-11, 1e-7);

        double Amps(double g, double d, double b) => new MosfetLevel1(model, 1e-3).Evaluate(g, d, b).Amps;
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(-1, 0.5)]
    [InlineData(-0.5, 0.5)]
    [InlineData(-0.2, 0.5)]
    [InlineData(-0.2, 0.01)]
    [InlineData(0.01, 0.01)]
    [InlineData(0.4, 0.5)]
    [InlineData(0.9, 0.3)]
    public void Derivatives_of_gate_capacitances_are_those_of_the_capacitances(double over, double drain)
    {
        const double Step = 1e-7;
        (MeyerCapacitance source, MeyerCapacitance sink, MeyerCapacitance bulk) = MeyerCapacitance.Evaluate(1, over, drain, 0.7);

        Check(source, c => c.Source.Farads);
        Check(sink, c => c.Drain.Farads);
        Check(bulk, c => c.Bulk.Farads);
        // All of the oxide in accumulation and at a drain that equals the source, half of it where only the bulk is left to lose its part.
        Assert.InRange(source.Farads + sink.Farads + bulk.Farads, 0.5 - 1e-12, 1 + 1e-12);

        void Check(MeyerCapacitance c, Func<(MeyerCapacitance Source, MeyerCapacitance Drain, MeyerCapacitance Bulk), double> pick)
        {
            // A central difference of step 1e-7 on numbers of order 1 keeps about eight digits; curvature is below 1e4.
            Close.Numbers((pick(At(over + Step, drain)) - pick(At(over - Step, drain))) / (2 * Step), c.PerOver, 1e-6);
            Close.Numbers((pick(At(over, drain + Step)) - pick(At(over, drain - Step))) / (2 * Step), c.PerDrain, 1e-6);
        }

        static (MeyerCapacitance Source, MeyerCapacitance Drain, MeyerCapacitance Bulk) At(double o, double d) => MeyerCapacitance.Evaluate(1, o, d, 0.7);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_diode_carries_its_breakdown_current_at_its_breakdown_voltage()
    {
        var diode = new JunctionDiode(new DiodeModel { Name = "z", BreakdownVolts = 5.1, BreakdownAmps = 1e-3 }, 1);

        double amps = diode.Amps(-5.1, out _);

        // The match stops at a part in a thousand, as in SPICE.
        Close.Numbers(-1e-3, amps, 0, 2e-3);
    }

    private static MemristorLaw Law(string name) => name switch
    {
        "sinh" => new SinhMemristorLaw(4e-5, 3),
        "polynomial" => new PolynomialMemristorLaw(1e-4, 3e-6, 1.1e-5),
        _ => new PooleFrenkelMemristorLaw(2e-6, 0.05),
    };

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(0.5)]
    [InlineData(0.33)]
    public void The_charge_of_a_junction_is_the_integral_of_its_capacitance_however_small_the_voltage(double grading)
    {
        foreach (double volts in new[] { 1e-20, 1e-9, 7.9e-4, 8.1e-4, 0.1, -0.3, -5 })
        {
            double charge = JunctionCharge.Coulombs(volts, 1e-12, 0.8, grading, 0.5, out double farads);
            double exact = Integral(volts);

            // Gauss-Legendre with ten points on a smooth function.
            Close.Numbers(exact, charge, 0, 1e-12);
            Close.Numbers(1e-12 * Math.Pow(1 - volts / 0.8, -grading), farads, 0, 1e-14);
        }

        double Integral(double volts) => MathNet.Numerics.Integration.GaussLegendreRule.Integrate(v => 1e-12 * Math.Pow(1 - v / 0.8, -grading), 0, volts, 64);
    }
}
