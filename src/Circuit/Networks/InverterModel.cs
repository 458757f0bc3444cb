namespace CircuitSim.Circuit.Networks;

/// <summary>A static inverter between two rails, as a two-port: the current it delivers as a function of its input and output voltage.</summary>
/// <remarks>
/// Either the equations of two transistors (<see cref="EkvInverter"/>) or a table taken from a user's own circuit
/// (<see cref="TabulatedInverter"/>). Immutable and thread-safe.
/// </remarks>
public abstract record InverterModel
{
    /// <summary>Name by which experiments, decks and reports call it.</summary>
    public required string Name { get; init; }

    /// <summary>Symmetric set: both transistors equally strong, switching point at mid-rail.</summary>
    public static EkvInverter EkvSym { get; } = EkvInverter.Shipped("ekv-sym", 270e-6);

    /// <summary>Set fitted to the 90-nm low-threshold inverters of PHAX (size 5, 0.5 V supply): the p-channel is weaker.</summary>
    /// <remarks>Target of the fit: tanh coefficients of the first authors' HSPICE data, c = (−0.0012, −0.2483, −0.0235, 31.7581).</remarks>
    public static EkvInverter EkvPhax90 { get; } = EkvInverter.Shipped("ekv-phax90", 100e-6);

    /// <summary>Names of the inverters that ship, in the order to show them.</summary>
    public static IReadOnlyList<string> ShippedNames { get; } = [EkvSym.Name, EkvPhax90.Name];

    /// <summary>Finds a shipped inverter.</summary>
    /// <param name="name">One of <see cref="ShippedNames"/>.</param>
    /// <returns>The inverter, or null when no inverter of that name ships.</returns>
    public static InverterModel? Find(string name) => name switch
    {
        "ekv-sym" => EkvSym,
        "ekv-phax90" => EkvPhax90,
        _ => null,
    };

    /// <summary>Current that the inverter delivers into its output node, and its exact derivatives.</summary>
    /// <param name="inputVolts">Gate voltage, volts.</param>
    /// <param name="outputVolts">Output voltage, volts.</param>
    /// <param name="supplyVolts">Supply, volts; the rails are at plus and minus half of it.</param>
    /// <returns>Current out of the inverter, amperes, with its derivatives to input and output, siemens (both negative in normal operation).</returns>
    public abstract InverterCurrent OutputCurrent(double inputVolts, double outputVolts, double supplyVolts);

    /// <summary>Power that the rails deliver through the inverter, P = Vdd/2·(I from the positive rail + I into the negative rail).</summary>
    /// <param name="inputVolts">Gate voltage, volts.</param>
    /// <param name="outputVolts">Output voltage, volts.</param>
    /// <param name="supplyVolts">Supply, volts; the rails are at plus and minus half of it.</param>
    /// <returns>Watts; what the output delivers to its load is included.</returns>
    public abstract double SupplyWatts(double inputVolts, double outputVolts, double supplyVolts);

    /// <summary>Why the inverter cannot work at a supply, as one sentence, or null when it can.</summary>
    /// <param name="supplyVolts">Supply, volts.</param>
    /// <returns>The sentence, or null.</returns>
    public virtual string? SupplyViolation(double supplyVolts) => null;

    /// <summary>Error that a tabulated transfer curve may add, volts: none worth having is below that of the model itself.</summary>
    internal virtual double CurveErrorVolts => 1e-10;

    /// <summary>How decks define and call the inverter.</summary>
    /// <returns>The subcircuit.</returns>
    /// <exception cref="Errors.InvalidDesignException">The inverter is known as a table only and has no circuit to write.</exception>
    internal abstract InverterCell Cell();
}
