using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Applies a deck's <c>.options</c>.</summary>
internal static class DeckOptions
{
    // A deck that is tight for its operating point would otherwise ask for millions of steps.
    private const double SmallestTransientTolerance = 1e-6;

    /// <summary>The options to solve with: tight ones as they are, others with the deck's values.</summary>
    /// <exception cref="InvalidDesignException">A value is no positive number.</exception>
    public static EngineOptions Apply(IReadOnlyDictionary<string, string> deck, EngineOptions options)
    {
        if (options.IsTight) return options;
        var violations = new List<string>();
        EngineOptions effective = options with
        {
            RelativeTolerance = Read("reltol", options.RelativeTolerance),
            TransientRelativeTolerance = Math.Max(SmallestTransientTolerance, Read("reltol", options.TransientRelativeTolerance)),
            VoltageToleranceVolts = Read("vntol", options.VoltageToleranceVolts),
            CurrentToleranceAmps = Read("abstol", options.CurrentToleranceAmps),
            MinimumConductanceSiemens = Read("gmin", options.MinimumConductanceSiemens),
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
}
