using System.Globalization;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Networks;

/// <summary>One layer read by current: a crossbar whose bit lines end in a virtual ground or a terminal resistance, and neurons that add up their currents digitally.</summary>
public sealed record ReadoutLayer
{
    /// <summary>Creates a layer and checks it.</summary>
    /// <param name="crossbar">Devices and wires; bit lines end in ground.</param>
    /// <param name="neurons">Terms of each neuron's sum z = Σ PerAmp·I, at least one neuron with at least one term each. Copied.</param>
    /// <exception cref="InvalidDesignException">Bit lines end open, a term names no bit line, or a factor is not finite; all violations are listed.</exception>
    public ReadoutLayer(CrossbarSpec crossbar, IReadOnlyList<IReadOnlyList<ReadoutTerm>> neurons)
    {
        ArgumentNullException.ThrowIfNull(crossbar);
        ArgumentNullException.ThrowIfNull(neurons);
        Crossbar = crossbar;
        Neurons = [.. neurons.Select(n => (IReadOnlyList<ReadoutTerm>)[.. n])];
        var violations = new List<string>();
        if (crossbar.BitLineEnd != BitLineEnd.Ground) violations.Add("Bit lines end open; currents are read at ends in ground.");
        if (Neurons.Count == 0) violations.Add("No neurons; at least one is needed.");
        for (int k = 0; k < Neurons.Count; k++)
        {
            if (Neurons[k].Count == 0) violations.Add($"Neuron {k + 1} reads no bit line; at least one is needed.");
            foreach (ReadoutTerm term in Neurons[k])
                if (term.BitLine < 0 || term.BitLine >= crossbar.BitLineCount || !double.IsFinite(term.PerAmp))
                    violations.Add(string.Create(CultureInfo.InvariantCulture,
                        $"Neuron {k + 1} reads bit line {term.BitLine + 1} with {term.PerAmp:R} per ampere; lines are 1 to {crossbar.BitLineCount} and factors are finite."));
        }

        if (violations.Count > 0) throw new InvalidDesignException("Layer with current read-out", violations);
    }

    /// <summary>Devices and wires.</summary>
    public CrossbarSpec Crossbar { get; }

    /// <summary>Terms of each neuron's sum.</summary>
    public IReadOnlyList<IReadOnlyList<ReadoutTerm>> Neurons { get; }

    /// <summary>Sums of the neurons for given currents.</summary>
    /// <param name="bitLineAmps">Currents through the ends of the bit lines, amperes.</param>
    /// <returns>One sum a neuron, dimensionless.</returns>
    public double[] Sums(ReadOnlySpan<double> bitLineAmps)
    {
        var sums = new double[Neurons.Count];
        for (int k = 0; k < sums.Length; k++)
            foreach (ReadoutTerm term in Neurons[k]) sums[k] += term.PerAmp * bitLineAmps[term.BitLine];
        return sums;
    }
}
