using System.Collections;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>One vector of a result whose points are kept as rows.</summary>
/// <typeparam name="T">Real or complex numbers.</typeparam>
internal sealed class OutputColumn<T>(List<T[]> rows, int column) : IReadOnlyList<T>
{
    /// <inheritdoc/>
    public int Count => rows.Count;

    /// <inheritdoc/>
    public T this[int index] => rows[index][column];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        foreach (T[] row in rows) yield return row[column];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
