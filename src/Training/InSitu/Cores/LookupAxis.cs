using System.Runtime.CompilerServices;

namespace CircuitSim.Training.InSitu.Cores;

/// <summary>Places on a rising axis from 0 to 1 in constant time: by division where steps are equal, through a guide table where they are not.</summary>
internal sealed class LookupAxis
{
    private const int GuideSteps = 4;

    private readonly double[] _points;
    private readonly int[]? _guide;
    private readonly double _perStep;

    internal LookupAxis(double[] points)
    {
        _points = points;
        double step = 1.0 / (points.Length - 1);
        bool isUniform = true;
        for (int i = 0; i < points.Length; i++) isUniform &= Math.Abs(points[i] - i * step) <= 1e-4 * step;
        if (isUniform)
        {
            _perStep = points.Length - 1;
            return;
        }

        // Each cell of the guide holds the interval at its lower end; the search goes on from there.
        _guide = new int[GuideSteps * points.Length + 1];
        _perStep = _guide.Length - 1;
        int at = 0;
        for (int k = 0; k < _guide.Length; k++)
        {
            while (at < points.Length - 2 && points[at + 1] <= k / _perStep) at++;
            _guide[k] = at;
        }
    }

    internal int Count => _points.Length;

    internal bool IsUniform => _guide is null;

    /// <summary>The interval that holds a value, and how far in it lies; values beyond the ends are taken to the ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Locate(double value, out double share)
    {
        double x = Math.Clamp(value, 0, 1);
        if (_guide is null)
        {
            double place = x * _perStep;
            int index = Math.Min((int)place, _points.Length - 2);
            share = place - index;
            return index;
        }

        int at = _guide[(int)(x * _perStep)];
        while (at < _points.Length - 2 && _points[at + 1] <= x) at++;
        share = (x - _points[at]) / (_points[at + 1] - _points[at]);
        return at;
    }
}
