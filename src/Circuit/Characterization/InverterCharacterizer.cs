using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Characterization;

/// <summary>Turns a user's inverter into a two-port table: its current over input and output voltage, so that any load comes out right.</summary>
public static class InverterCharacterizer
{
    // The table reaches an eighth of the supply beyond each rail, where gates of out-of-range inputs and Newton steps may go.
    private const double Reach = 0.625;

    private const int FirstPoints = 65, CurvePoints = 101;

    // The grid is refined until transfer curves agree this well with the circuit, a finer one is no longer better, or the largest is reached.
    private const double TargetVolts = 1e-11, WorthwhileShare = 0.5;

    /// <summary>Loads to show when none are asked for, ohms.</summary>
    public static IReadOnlyList<double> UsualLoadsOhms { get; } = [10e6, 1e6, 100e3];

    /// <summary>Characterises an inverter.</summary>
    /// <param name="source">Where it stands.</param>
    /// <param name="engine">Engine that solves it; ngspice also takes decks that this library cannot read.</param>
    /// <param name="loadOhms">Loads to show besides the open output, ohms, positive.</param>
    /// <param name="progress">Receives the size of each grid tried and its error, volts.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The table, and the inverter's behaviour under each load.</returns>
    /// <exception cref="InputFileException">The deck cannot be read.</exception>
    /// <exception cref="DeckSyntaxException">The deck has errors, or models that the engine lacks.</exception>
    /// <exception cref="InvalidDesignException">The deck lacks the subcircuit or its ports, a value is out of range, or the circuit does not invert.</exception>
    /// <exception cref="CircuitSimException">The engine failed, or a curve is too steep for a table.</exception>
    public static InverterCharacterization Characterize(
        InverterSource source, ICircuitEngine engine, IReadOnlyList<double>? loadOhms = null,
        IProgress<(int Points, double ErrorVolts)>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(engine);
        loadOhms ??= UsualLoadsOhms;
        Check(source, loadOhms);
        InverterBench bench = InverterBench.Open(source, engine, cancellationToken);
        double?[] loads = [null, .. loadOhms.Select(r => (double?)r)];
        double[][] measured = [.. loads.Select(r => bench.Outputs(CurvePoints, r))];
        if (!(measured[0][0] > measured[0][^1]))
        {
            throw new InvalidDesignException($"Inverter '{source.Name}'", [string.Create(CultureInfo.InvariantCulture,
                $"Its output goes from {measured[0][0]:G6} V to {measured[0][^1]:G6} V while its input rises; it must fall. Check --input, --output and the rails.")]);
        }

        (TabulatedInverter inverter, double inputAmps, double[] errors) = Refine(source, bench, loads, measured, progress);
        return new InverterCharacterization
        {
            Inverter = inverter,
            Engine = engine.Name,
            Loads = [.. loads.Select((load, i) => Describe(inverter, load, errors[i]))],
            LargestInputAmps = inputAmps,
            Warnings = bench.Warnings,
        };
    }

    private static (TabulatedInverter Inverter, double InputAmps, double[] Errors) Refine(
        InverterSource source, InverterBench bench, double?[] loads, double[][] measured, IProgress<(int Points, double ErrorVolts)>? progress)
    {
        (TabulatedInverter Inverter, double InputAmps, double[] Errors)? best = null;
        double least = double.PositiveInfinity;
        for (int points = FirstPoints; points <= source.MostPoints; points = 2 * points - 1)
        {
            (TabulatedInverter inverter, double inputAmps) = Tabulate(source, bench, points);
            double[] errors = [.. loads.Select((load, i) => CurveError(inverter, load, measured[i]))];
            double error = errors.Max();
            progress?.Report((points, error));
            bool isWorthIt = error < WorthwhileShare * least;
            if (error < least) best = (inverter with { InterpolationErrorVolts = error }, inputAmps, errors);
            least = Math.Min(least, error);
            // Where the engine's own tolerance or the circuit's kinks decide, more points bring nothing.
            if (error <= TargetVolts || !isWorthIt) break;
        }

        return best!.Value;
    }

    private static void Check(InverterSource source, IReadOnlyList<double> loadOhms)
    {
        var violations = new List<string>();
        if (!(source.SupplyVolts > 0) || !double.IsFinite(source.SupplyVolts))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Supply is {source.SupplyVolts:R} V; it must be positive."));
        if (source.MostPoints < FirstPoints) violations.Add($"The table may have {source.MostPoints} points along an axis; at least {FirstPoints} are needed.");
        violations.AddRange(loadOhms.Where(r => !(r > 0) || !double.IsFinite(r))
            .Select(r => string.Create(CultureInfo.InvariantCulture, $"A load is {r:R} ohm; it must be positive.")));
        if (violations.Count > 0) throw new InvalidDesignException($"Inverter '{source.Name}'", violations);
    }

    private static (TabulatedInverter Inverter, double InputAmps) Tabulate(InverterSource source, InverterBench bench, int points)
    {
        double last = Reach * source.SupplyVolts, step = 2 * last / (points - 1);
        (double[] output, double[] positive, double[] input) = bench.Currents(points, last);
        double largest = 0;
        for (int i = 0; i < points; i++)
            for (int j = 0; j < points; j++)
            {
                bool isInside = Math.Abs(i * step - last) <= source.SupplyVolts / 2 && Math.Abs(j * step - last) <= source.SupplyVolts / 2;
                if (isInside) largest = Math.Max(largest, Math.Abs(input[i * points + j]));
            }

        return (new TabulatedInverter
        {
            Name = source.Name,
            SupplyVolts = source.SupplyVolts,
            OutputAmps = new TwoPortTable(output, points, -last, last),
            PositiveRailAmps = new TwoPortTable(positive, points, -last, last),
            InterpolationErrorVolts = double.NaN,
            Definition = bench.Definition,
        }, largest);
    }

    private static double CurveError(TabulatedInverter inverter, double? loadOhms, double[] measured)
    {
        double error = 0;
        for (int i = 0; i < measured.Length; i++)
        {
            double input = inverter.SupplyVolts * ((double)i / (measured.Length - 1) - 0.5);
            error = Math.Max(error, Math.Abs(VoltageTransferCurve.Solve(inverter, inverter.SupplyVolts, input, Siemens(loadOhms)) - measured[i]));
        }

        return error;
    }

    private static InverterLoadPoint Describe(TabulatedInverter inverter, double? loadOhms, double error)
    {
        VoltageTransferCurve curve = VoltageTransferCurve.Characterize(inverter, inverter.SupplyVolts, Siemens(loadOhms));
        double rail = inverter.SupplyVolts / 2, switching = SwitchingVolts(curve);
        double high = curve.OutputVolts(-rail), low = curve.OutputVolts(rail);
        curve.OutputVolts(switching, out double gain);
        return new InverterLoadPoint
        {
            LoadOhms = loadOhms,
            Curve = curve,
            SwitchingVolts = switching,
            Gain = gain,
            HighVolts = high,
            LowVolts = low,
            SwitchingOutputOhms = inverter.OutputOhms(switching, switching),
            HighOutputOhms = inverter.OutputOhms(-rail, high),
            LowOutputOhms = inverter.OutputOhms(rail, low),
            Fit = TryFit(curve),
            ErrorVolts = error,
        };
    }

    private static VoltageTransferCurveFit? TryFit(VoltageTransferCurve curve)
    {
        try
        {
            return curve.FitTanh();
        }
        catch (ConvergenceException)
        {
            return null;
        }
    }

    // The curve lies within the rails, so that it crosses the line output = input between them.
    private static double SwitchingVolts(VoltageTransferCurve curve)
    {
        double low = -curve.SupplyVolts / 2, high = -low;
        for (int k = 0; k < 60; k++)
        {
            double middle = (low + high) / 2;
            if (curve.OutputVolts(middle) > middle) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private static double Siemens(double? ohms) => ohms is double r ? 1 / r : 0;
}
