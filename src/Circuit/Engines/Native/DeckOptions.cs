using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Applies a deck's <c>.options</c>.</summary>
internal static class DeckOptions
{
    // Options that would change the solution, and that the native engine does not follow.
    private static readonly string[] ForeignOptions = ["rshunt", "cshunt", "scale", "defw", "defl", "defad", "defas", "interp"];

    // A deck that is tight for its operating point would otherwise ask for millions of steps.
    private const double SmallestTransientTolerance = 1e-6;

    /// <summary>The options to solve with: tight ones as they are, others with the deck's values.</summary>
    /// <exception cref="InvalidDesignException">A value is no positive number.</exception>
    public static EngineOptions Apply(IReadOnlyDictionary<string, string> deck, EngineOptions options)
    {
        var violations = new List<string>();
        Refuse(deck, violations);
        double gmin = Read("gmin", options.MinimumConductanceSiemens);
        // gmin is no tolerance but a conductance of the circuit, which tight options do not take away.
        if (options.IsTight && violations.Count == 0) return options with { MinimumConductanceSiemens = gmin };
        EngineOptions effective = options with
        {
            RelativeTolerance = Read("reltol", options.RelativeTolerance),
            TransientRelativeTolerance = Math.Max(SmallestTransientTolerance, Read("reltol", options.TransientRelativeTolerance)),
            TruncationFactor = Read("trtol", options.TruncationFactor),
            ChargeToleranceCoulombs = Read("chgtol", options.ChargeToleranceCoulombs),
            VoltageToleranceVolts = Read("vntol", options.VoltageToleranceVolts),
            CurrentToleranceAmps = Read("abstol", options.CurrentToleranceAmps),
            MinimumConductanceSiemens = gmin,
            MaximumIterations = (int)Math.Min(Read("itl1", options.MaximumIterations), 1e6),
        };
        return violations.Count == 0 ? effective : throw new InvalidDesignException(".options", violations);

        double Read(string name, double otherwise)
        {
            if (!deck.TryGetValue(name, out string? text)) return otherwise;
            if (SpiceNumber.TryParse(text, out double value) && value > 0) return value;
            violations.Add($"{name} is '{text}'; it must be a positive number.");
            return otherwise;
        }
    }

    private static void Refuse(IReadOnlyDictionary<string, string> deck, List<string> violations)
    {
        foreach (string name in ForeignOptions)
            if (deck.ContainsKey(name)) violations.Add($"{name} is not known to the native engine; remove it or solve the deck with --engine ngspice.");
        foreach (string name in new[] { "temp", "tnom" })
        {
            if (deck.TryGetValue(name, out string? text) && !(SpiceNumber.TryParse(text, out double celsius) && celsius == 27))
                violations.Add($"{name} is '{text}'; the native engine's models hold at 27 °C only. Solve the deck with --engine ngspice.");
        }

        if (deck.TryGetValue("method", out string? method) && method is not ("gear" or "trap" or "trapezoidal"))
            violations.Add($"method is '{method}'; it must be trap or gear.");
    }
}
