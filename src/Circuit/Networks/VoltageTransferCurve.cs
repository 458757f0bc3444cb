using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Networks;

/// <summary>Static voltage transfer curve (VTC) of an inverter at one supply and one resistive load to mid-rail, as a smooth table.</summary>
/// <remarks>
/// A clamped cubic spline through solutions of the device equations, with the equations' own slopes at both ends: twice continuously
/// differentiable, so a derivative taken from it is exact for it. The grid is refined until the spline is within
/// 10⁻¹⁰ V of the device equations half-way between all its points, or as close as a tabulated inverter is to its circuit. Beyond the rails the curve goes on as a straight line. Thread-safe.
/// </remarks>
public sealed class VoltageTransferCurve
{
    private const int FirstIntervalCount = 512;
    private const int LastIntervalCount = 1 << 16;

    private readonly double[] _coefficients;
    private readonly double _first;
    private readonly double _perStep;
    private readonly int _intervalCount;

    private VoltageTransferCurve(InverterModel inverter, double supplyVolts, double loadSiemens, double[] points, double[] bends)
    {
        Inverter = inverter;
        SupplyVolts = supplyVolts;
        LoadSiemens = loadSiemens;
        _intervalCount = points.Length - 1;
        _first = -supplyVolts / 2;
        _perStep = _intervalCount / supplyVolts;
        _coefficients = Coefficients(points, bends);
    }

    /// <summary>The inverter whose curve this is.</summary>
    public InverterModel Inverter { get; }

    /// <summary>Supply, volts; the table runs over inputs from minus to plus half of it.</summary>
    public double SupplyVolts { get; }

    /// <summary>Conductance from the output to mid-rail (0 V), siemens.</summary>
    public double LoadSiemens { get; }

    /// <summary>Largest difference found between the spline and the device equations, volts.</summary>
    public double InterpolationErrorVolts { get; private init; }

    /// <summary>Solves the device equations on a grid and lays a spline through the solutions.</summary>
    /// <param name="inverter">Inverter.</param>
    /// <param name="supplyVolts">Supply, volts, positive.</param>
    /// <param name="loadSiemens">Conductance from the output to mid-rail, siemens, at least 0.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="InvalidDesignException">The supply is not positive or the load is negative.</exception>
    /// <exception cref="ConvergenceException">The curve is too steep for 65 536 intervals.</exception>
    public static VoltageTransferCurve Characterize(InverterModel inverter, double supplyVolts, double loadSiemens = 0)
    {
        ArgumentNullException.ThrowIfNull(inverter);
        Check(inverter, supplyVolts, loadSiemens);
        double[] points = Solutions(inverter, supplyVolts, loadSiemens, FirstIntervalCount + 1, 0, 1.0 / FirstIntervalCount);
        for (int intervals = FirstIntervalCount; ; intervals *= 2)
        {
            double first = Slope(inverter, supplyVolts, loadSiemens, -supplyVolts / 2, points[0]);
            double last = Slope(inverter, supplyVolts, loadSiemens, supplyVolts / 2, points[^1]);
            double[] bends = Bends(points, supplyVolts / intervals, first, last);
            var curve = new VoltageTransferCurve(inverter, supplyVolts, loadSiemens, points, bends);
            double[] middles = Solutions(inverter, supplyVolts, loadSiemens, intervals, 0.5 / intervals, 1.0 / intervals);
            double error = 0;
            for (int i = 0; i < intervals; i++)
            {
                double input = supplyVolts * ((i + 0.5) / intervals - 0.5);
                error = Math.Max(error, Math.Abs(curve.OutputVolts(input) - middles[i]));
            }

            if (error <= inverter.CurveErrorVolts)
                return new VoltageTransferCurve(inverter, supplyVolts, loadSiemens, points, bends) { InterpolationErrorVolts = error };
            if (intervals == LastIntervalCount)
            {
                throw new ConvergenceException(
                    $"Voltage transfer curve of inverter '{inverter.Name}'", intervals, error, "V", "output", points[^2], points[^1],
                    "Its transition is too steep for a table; lower the gain (more barrier lowering) or the supply.");
            }

            points = Interleaved(points, middles);
        }
    }

    /// <summary>Output voltage from the device equations themselves, without a table.</summary>
    /// <param name="inverter">Inverter.</param>
    /// <param name="supplyVolts">Supply, volts, positive.</param>
    /// <param name="inputVolts">Input (gate) voltage, volts.</param>
    /// <param name="loadSiemens">Conductance from the output to mid-rail, siemens, at least 0.</param>
    /// <returns>Output voltage, volts: the root of inverter current − load·output, to rounding.</returns>
    /// <exception cref="InvalidDesignException">The supply is not positive or the load is negative.</exception>
    public static double Solve(InverterModel inverter, double supplyVolts, double inputVolts, double loadSiemens = 0)
    {
        ArgumentNullException.ThrowIfNull(inverter);
        Check(inverter, supplyVolts, loadSiemens);
        return Solve(inverter, supplyVolts, inputVolts, loadSiemens, 0);
    }

    /// <summary>Output voltage.</summary>
    /// <param name="inputVolts">Input (gate) voltage, volts.</param>
    /// <returns>Output voltage, volts.</returns>
    public double OutputVolts(double inputVolts) => OutputVolts(inputVolts, out _);

    /// <summary>Output voltage and the exact derivative of the interpolant.</summary>
    /// <param name="inputVolts">Input (gate) voltage, volts.</param>
    /// <param name="slope">Receives d output / d input, dimensionless, negative.</param>
    /// <returns>Output voltage, volts.</returns>
    public double OutputVolts(double inputVolts, out double slope)
    {
        double position = (inputVolts - _first) * _perStep;
        int interval = (int)Math.Clamp(Math.Floor(position), 0, _intervalCount - 1);
        double t = position - interval;
        ReadOnlySpan<double> c = _coefficients.AsSpan(4 * interval, 4);
        if (t < 0 || t > 1)
        {
            double edge = Math.Clamp(t, 0, 1);
            double edgeSlope = c[1] + edge * (2 * c[2] + 3 * c[3] * edge);
            slope = edgeSlope * _perStep;
            return c[0] + edge * (c[1] + edge * (c[2] + edge * c[3])) + edgeSlope * (t - edge);
        }

        slope = (c[1] + t * (2 * c[2] + 3 * c[3] * t)) * _perStep;
        return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
    }

    /// <summary>Fits c1 + c2·tanh((v − c3)·c4) to the curve by least squares over 101 even inputs from rail to rail.</summary>
    /// <returns>The coefficients and the residual.</returns>
    public VoltageTransferCurveFit FitTanh() => VoltageTransferCurveFit.Of(SupplyVolts, OutputVolts);

    /// <summary>Fits the same form to this inverter followed by a second one.</summary>
    /// <param name="second">Curve of the second inverter.</param>
    /// <returns>The coefficients and the residual; the amplitude is positive.</returns>
    public VoltageTransferCurveFit FitCascadeTanh(VoltageTransferCurve second)
    {
        ArgumentNullException.ThrowIfNull(second);
        return VoltageTransferCurveFit.Of(SupplyVolts, v => second.OutputVolts(OutputVolts(v)));
    }

    private static void Check(InverterModel inverter, double supplyVolts, double loadSiemens)
    {
        var violations = new List<string>();
        if (!(supplyVolts > 0) || !double.IsFinite(supplyVolts))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Supply is {supplyVolts:R} V; it must be positive."));
        else if (inverter.SupplyViolation(supplyVolts) is string mismatch)
            violations.Add(mismatch);
        if (!(loadSiemens >= 0) || !double.IsFinite(loadSiemens))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Load is {loadSiemens:R} S; it must be 0 (none) or positive."));
        if (violations.Count > 0) throw new InvalidDesignException("Voltage transfer curve", violations);
    }

    private static double[] Solutions(InverterModel inverter, double supply, double load, int count, double start, double step)
    {
        var outputs = new double[count];
        double guess = supply / 2;
        for (int i = 0; i < count; i++)
        {
            guess = Solve(inverter, supply, supply * (start + i * step - 0.5), load, guess);
            outputs[i] = guess;
        }

        return outputs;
    }

    // The current falls strictly with the output voltage, so Newton kept inside a shrinking bracket always ends.
    private static double Solve(InverterModel inverter, double supply, double input, double load, double guess)
    {
        double low = -supply / 2, high = supply / 2;
        double output = Math.Clamp(guess, low, high);
        for (int iteration = 0; iteration < 200; iteration++)
        {
            InverterCurrent current = inverter.OutputCurrent(input, output, supply);
            double residual = current.Amps - load * output;
            if (residual > 0) low = output;
            else high = output;
            double next = output - residual / (current.PerOutputVolt - load);
            if (!(next >= low && next <= high)) next = (low + high) / 2;

            // Two units in the last place at the rail: rounding of the current moves the root by as much.
            if (Math.Abs(next - output) <= Math.ScaleB(supply, -52)) return next;
            output = next;
        }

        return output;
    }

    private static double Slope(InverterModel inverter, double supply, double load, double input, double output)
    {
        InverterCurrent current = inverter.OutputCurrent(input, output, supply);
        return -current.PerInputVolt / (current.PerOutputVolt - load);
    }

    // Second derivatives at the points of a clamped cubic spline (de Boor, A Practical Guide to Splines, 1978, chapter IV),
    // solved as one tridiagonal system from both end slopes.
    private static double[] Bends(double[] points, double step, double firstSlope, double lastSlope)
    {
        int n = points.Length;
        var bends = new double[n];
        var ratio = new double[n];
        double pivot = 2;
        bends[0] = 6 / step * ((points[1] - points[0]) / step - firstSlope) / pivot;
        for (int i = 1; i < n; i++)
        {
            bool isLast = i == n - 1;
            double right = isLast
                ? 6 / step * (lastSlope - (points[i] - points[i - 1]) / step)
                : 6 / (step * step) * (points[i + 1] - 2 * points[i] + points[i - 1]);
            ratio[i - 1] = 1 / pivot;
            pivot = (isLast ? 2 : 4) - ratio[i - 1];
            bends[i] = (right - bends[i - 1]) / pivot;
        }

        for (int i = n - 2; i >= 0; i--) bends[i] -= ratio[i] * bends[i + 1];
        return Scaled(bends, step * step);
    }

    private static double[] Scaled(double[] values, double factor)
    {
        for (int i = 0; i < values.Length; i++) values[i] *= factor;
        return values;
    }

    // Powers of the place t in [0, 1] within each interval, four an interval.
    private static double[] Coefficients(double[] points, double[] bends)
    {
        var coefficients = new double[4 * (points.Length - 1)];
        for (int i = 0; i < points.Length - 1; i++)
        {
            coefficients[4 * i] = points[i];
            coefficients[4 * i + 1] = points[i + 1] - points[i] - (2 * bends[i] + bends[i + 1]) / 6;
            coefficients[4 * i + 2] = bends[i] / 2;
            coefficients[4 * i + 3] = (bends[i + 1] - bends[i]) / 6;
        }

        return coefficients;
    }

    private static double[] Interleaved(double[] points, double[] middles)
    {
        var merged = new double[points.Length + middles.Length];
        for (int i = 0; i < points.Length; i++) merged[2 * i] = points[i];
        for (int i = 0; i < middles.Length; i++) merged[2 * i + 1] = middles[i];
        return merged;
    }
}
