using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Devices;

namespace CircuitSim.Mapping.Variation;

/// <summary>Chooses the free scale of each neuron of a layer.</summary>
/// <remarks>
/// A gate sees Σ G·V/Σ G, so that the devices of a bit line may all be s times as large. With σ(G) the standard deviation of the programming
/// error and sources of root mean square V, the gate's error is, as a share of V,
/// e_p = √Σσ(G)²/ΣG from programming, and e_l = [R·n·(s − 1) + r·n²·s/2]·ΣG²/ΣG (G at s = 1) from the n bit lines that load each source: R is what an inverter and its source resistance
/// show, to whose nominal load the network was trained, and r a word-line segment. The choice is the smallest s whose error
/// √(e_p² + e_l²) is within 1 % of the least one: power is proportional to s.
/// </remarks>
internal sealed class NeuronScaling
{
    private const int Candidates = 65;
    private const double Slack = 1.01;

    private readonly DeviceCard _card;
    private readonly double _loadOhms, _wireOhms;

    /// <summary>Prepares the choice for one layer.</summary>
    /// <param name="card">The device technology; its programming error counts when it has one.</param>
    /// <param name="sourceOhms">R: what drives a word line, ohms.</param>
    /// <param name="segmentOhms">r: a word-line segment, ohms.</param>
    /// <param name="bitLineCount">n.</param>
    internal NeuronScaling(DeviceCard card, double sourceOhms, double segmentOhms, int bitLineCount)
    {
        _card = card;
        _loadOhms = sourceOhms * bitLineCount;
        _wireOhms = 0.5 * segmentOhms * bitLineCount * bitLineCount;
    }

    /// <summary>Mean output resistance of an inverter over inputs from rail to rail.</summary>
    internal static double OutputOhms(InverterModel inverter, double supplyVolts)
    {
        const int points = 21;
        double sum = 0;
        for (int i = 0; i < points; i++)
        {
            double input = supplyVolts * ((double)i / (points - 1) - 0.5);
            double output = VoltageTransferCurve.Solve(inverter, supplyVolts, input);
            sum -= 1 / inverter.OutputCurrent(input, output, supplyVolts).PerOutputVolt;
        }

        return sum / points;
    }

    /// <summary>Scale of one neuron over the lowest one.</summary>
    /// <param name="siemens">Its devices at the lowest scale, siemens; inside the window.</param>
    /// <returns>At least 1.</returns>
    internal double Choose(ReadOnlySpan<double> siemens)
    {
        double largest = 0;
        foreach (double g in siemens) largest = Math.Max(largest, g);
        double most = Math.Max(1, _card.MaximumSiemens / largest), least = double.PositiveInfinity;
        var errors = new double[Candidates];
        for (int k = 0; k < Candidates; k++)
        {
            errors[k] = Error(siemens, Scale(k));
            least = Math.Min(least, errors[k]);
        }

        return Scale(Array.FindIndex(errors, e => e <= Slack * least));

        // The last step stops short of the window's end by a rounding.
        double Scale(int k) => k == 0 ? 1 : Math.Max(1, Math.Pow(most, (double)k / (Candidates - 1)) * (1 - 1e-12));
    }

    /// <summary>Expected error of one neuron's gate as a share of what its sources swing.</summary>
    internal double Error(ReadOnlySpan<double> siemens, double scale)
    {
        double sum = 0, squares = 0, variance = 0;
        foreach (double g in siemens)
        {
            sum += g;
            squares += g * g;
            double deviation = _card.ProgrammingError?.StandardDeviationSiemens(Math.Min(scale * g, _card.MaximumSiemens)) ?? 0;
            variance += deviation * deviation;
        }

        double load = (_loadOhms * (scale - 1) + _wireOhms * scale) * squares / sum;
        return Math.Sqrt(variance / (scale * sum * scale * sum) + load * load);
    }
}
