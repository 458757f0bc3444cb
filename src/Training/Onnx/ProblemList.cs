namespace CircuitSim.Training.Onnx;

/// <summary>What hinders an import. A model of another kind may have thousands of unsupported nodes: the first hundred are kept, the rest counted.</summary>
internal sealed class ProblemList
{
    private const int Limit = 100;

    private readonly List<string> _kept = [];

    public int Count { get; private set; }

    public void Add(string problem)
    {
        if (Count++ < Limit) _kept.Add(problem);
    }

    public string[] ToArray() => Count > Limit ? [.. _kept, $"and {Count - Limit} more problems."] : [.. _kept];
}
