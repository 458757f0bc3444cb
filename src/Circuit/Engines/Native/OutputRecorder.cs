namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Collects output vectors point by point.</summary>
/// <typeparam name="T">Real or complex numbers.</typeparam>
internal sealed class OutputRecorder<T>
{
    private readonly Dictionary<string, List<T>> _volts = [];
    private readonly Dictionary<string, List<T>> _amps = [];

    /// <summary>Adds one point.</summary>
    public void Add(Dictionary<string, T> volts, Dictionary<string, T> amps)
    {
        Append(_volts, volts);
        Append(_amps, amps);
    }

    public Dictionary<string, IReadOnlyList<T>> NodeVolts() => Frozen(_volts);

    public Dictionary<string, IReadOnlyList<T>> BranchAmps() => Frozen(_amps);

    private static void Append(Dictionary<string, List<T>> lists, Dictionary<string, T> point)
    {
        foreach ((string name, T value) in point)
        {
            if (!lists.TryGetValue(name, out List<T>? list)) lists.Add(name, list = []);
            list.Add(value);
        }
    }

    private static Dictionary<string, IReadOnlyList<T>> Frozen(Dictionary<string, List<T>> lists)
        => lists.ToDictionary(l => l.Key, l => (IReadOnlyList<T>)l.Value);
}
