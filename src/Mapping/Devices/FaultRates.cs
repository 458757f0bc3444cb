using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>Shares of devices that do not answer to programming.</summary>
public sealed record FaultRates
{
    /// <summary>Creates the rates and checks them.</summary>
    /// <param name="stuckLow">Share stuck at the lower end of the window.</param>
    /// <param name="stuckHigh">Share stuck at the upper end of the window.</param>
    /// <param name="stuckAnywhere">Share stuck somewhere in the window, drawn uniformly.</param>
    /// <exception cref="InvalidDesignException">A rate is not in 0 to 1, or their sum is above 1.</exception>
    public FaultRates(double stuckLow, double stuckHigh, double stuckAnywhere = 0)
    {
        StuckLow = stuckLow;
        StuckHigh = stuckHigh;
        StuckAnywhere = stuckAnywhere;
        var problems = new List<string>();
        Check(stuckLow, "stuck low");
        Check(stuckHigh, "stuck high");
        Check(stuckAnywhere, "stuck anywhere");
        if (problems.Count == 0 && Total > 1)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"The rates sum to {Total:G6}; together they are shares of all devices, at most 1."));
        if (problems.Count > 0) throw new InvalidDesignException("Fault rates", problems);

        void Check(double rate, string name)
        {
            if (!(rate >= 0 && rate <= 1))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"The rate '{name}' is {rate:G6}; it is a share of devices, from 0 to 1 (10 % is 0.1)."));
        }
    }

    /// <summary>Share stuck at the lower end of the window.</summary>
    public double StuckLow { get; }

    /// <summary>Share stuck at the upper end of the window.</summary>
    public double StuckHigh { get; }

    /// <summary>Share stuck somewhere in the window, drawn uniformly.</summary>
    public double StuckAnywhere { get; }

    /// <summary>Paper, figure or code that gives the rates; empty for a user's own.</summary>
    public string Source { get; init; } = "";

    /// <summary>Share of devices that do not answer to programming.</summary>
    public double Total => StuckLow + StuckHigh + StuckAnywhere;
}
