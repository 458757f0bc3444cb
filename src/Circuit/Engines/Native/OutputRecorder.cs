using System.Numerics;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Keeps the vectors of a result point by point, and hands each out as a column.</summary>
/// <typeparam name="T">Real or complex numbers.</typeparam>
internal sealed class OutputRecorder<T>(OutputVectors outputs)
    where T : INumberBase<T>
{
    private readonly List<T[]> _rows = [];

    /// <summary>Adds one point.</summary>
    public void Add(T[] solution) => _rows.Add(outputs.Row(solution));

    public Dictionary<string, IReadOnlyList<T>> NodeVolts() => Columns(outputs.VoltNames, 0);

    public Dictionary<string, IReadOnlyList<T>> BranchAmps() => Columns(outputs.AmpNames, outputs.VoltNames.Count);

    private Dictionary<string, IReadOnlyList<T>> Columns(IReadOnlyList<string> names, int first)
    {
        var columns = new Dictionary<string, IReadOnlyList<T>>(names.Count);
        for (int i = 0; i < names.Count; i++) columns[names[i]] = new OutputColumn<T>(_rows, first + i);
        return columns;
    }
}
