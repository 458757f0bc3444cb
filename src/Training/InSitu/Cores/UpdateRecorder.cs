namespace CircuitSim.Training.InSitu.Cores;

/// <summary>Keeps the first requested and real changes of a layer, as normalised conductance of a weight's devices together.</summary>
internal sealed class UpdateRecorder(int capacity)
{
    private readonly List<double> _target = [];
    private readonly List<double> _real = [];

    internal bool IsFull => _target.Count >= capacity;

    internal IReadOnlyList<double> Target => _target;

    internal IReadOnlyList<double> Real => _real;

    internal void Add(double target, double real)
    {
        if (IsFull) return;
        _target.Add(target);
        _real.Add(real);
    }
}
