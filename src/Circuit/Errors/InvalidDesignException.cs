namespace CircuitSim.Circuit.Errors;

/// <summary>A circuit, network or experiment description breaks one or more of its own rules; every violation is listed.</summary>
public sealed class InvalidDesignException : CircuitSimException
{
    /// <summary>Creates the error from all violations found.</summary>
    /// <param name="subject">What was checked, for example "crossbar of layer 1".</param>
    /// <param name="violations">One sentence each; at least one.</param>
    public InvalidDesignException(string subject, IReadOnlyList<string> violations)
        : base(violations.Count == 1
            ? $"{subject}: {violations[0]}"
            : $"{subject}: {violations.Count} problems:{string.Concat(violations.Select(v => "\n  - " + v))}")
    {
        Subject = subject;
        Violations = violations;
    }

    /// <summary>What was checked.</summary>
    public string Subject { get; }

    /// <summary>Every rule that was broken, one sentence each.</summary>
    public IReadOnlyList<string> Violations { get; }
}
