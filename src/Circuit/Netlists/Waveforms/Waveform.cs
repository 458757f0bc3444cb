namespace CircuitSim.Circuit.Netlists.Waveforms;

/// <summary>How an independent source varies with time in a transient analysis.</summary>
public abstract record Waveform
{
    /// <summary>Value at a time.</summary>
    /// <param name="seconds">Time, seconds, 0 or later.</param>
    /// <param name="stepSeconds">Printing step of the analysis; the default of several times.</param>
    /// <param name="stopSeconds">End of the analysis; the default of several times.</param>
    /// <returns>Volts or amperes.</returns>
    public abstract double At(double seconds, double stepSeconds, double stopSeconds);

    /// <summary>Times at which the slope jumps.</summary>
    /// <param name="stepSeconds">Printing step of the analysis.</param>
    /// <param name="stopSeconds">End of the analysis; later corners are left out.</param>
    /// <returns>Seconds, in no particular order.</returns>
    public abstract IEnumerable<double> Corners(double stepSeconds, double stopSeconds);

    /// <summary>Name and arguments as in a deck, such as <c>pulse(0 1 1e-9 …)</c>.</summary>
    internal abstract string DeckText { get; }

    /// <summary>Writes a name with its arguments; the first missing one ends the list.</summary>
    private protected static string Deck(string name, params IEnumerable<double?> arguments)
        => $"{name}({string.Join(' ', arguments.TakeWhile(a => a is not null).Select(a => SpiceNumber.Format(a!.Value)))})";

    /// <summary>A time that is missing or zero takes its default, as in SPICE.</summary>
    private protected static double OrDefault(double? seconds, double otherwise) => seconds is null or 0 ? otherwise : seconds.Value;
}
