using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>A function of two variables through values on an even square grid: a tensor product of quintic splines.</summary>
/// <remarks>
/// Four times continuously differentiable, with an error that falls with the sixth power of the step where the function is as smooth.
/// The end conditions let the fifth derivative pass through the two grid lines next to each edge (not-a-knot; de Boor, A Practical
/// Guide to Splines, 1978). Beyond the edge the surface goes on as a plane along each axis. Thread-safe.
/// </remarks>
internal sealed class SplineSurface
{
    /// <summary>Fewest points along an axis.</summary>
    internal const int FewestPoints = 8;

    private const int Order = 6, Padding = Order - 2;

    private readonly double[] _coefficients;
    private readonly double _first, _perStep;
    private readonly int _points, _width;

    /// <summary>Lays the splines.</summary>
    /// <param name="values">Values, row-major [first variable, second variable].</param>
    /// <param name="points">Points along each axis.</param>
    /// <param name="first">Both variables at the first point.</param>
    /// <param name="step">Distance of points.</param>
    internal SplineSurface(ReadOnlySpan<double> values, int points, double first, double step)
    {
        (_points, _first, _perStep) = (points, first, 1 / step);
        _width = points + Padding;
        DenseLu system = System(points);
        var along = new double[points * _width];
        var line = new double[_width];
        for (int i = 0; i < points; i++)
        {
            SetRight(line, k => 0);
            values.Slice(i * points, points).CopyTo(line.AsSpan(2));
            system.Solve(line);
            line.CopyTo(along, i * _width);
        }

        _coefficients = new double[_width * _width];
        for (int j = 0; j < _width; j++)
        {
            SetRight(line, i => along[i * _width + j]);
            system.Solve(line);
            for (int i = 0; i < _width; i++) _coefficients[i * _width + j] = line[i];
        }
    }

    /// <summary>Value and derivatives.</summary>
    /// <param name="x">First variable.</param>
    /// <param name="y">Second variable.</param>
    /// <param name="perX">Receives the derivative to the first variable.</param>
    /// <param name="perY">Receives the derivative to the second variable.</param>
    /// <returns>The value.</returns>
    internal double Evaluate(double x, double y, out double perX, out double perY)
    {
        Span<double> wx = stackalloc double[Order], sx = stackalloc double[Order], wy = stackalloc double[Order], sy = stackalloc double[Order];
        int i = Place(x, wx, sx, out double beyondX), j = Place(y, wy, sy, out double beyondY);
        double value = 0, slopeX = 0, slopeY = 0, twist = 0;
        for (int a = 0; a < Order; a++)
        {
            ReadOnlySpan<double> row = _coefficients.AsSpan((i + a) * _width + j, Order);
            double sum = 0, slope = 0;
            for (int b = 0; b < Order; b++)
            {
                sum += wy[b] * row[b];
                slope += sy[b] * row[b];
            }

            value += wx[a] * sum;
            slopeX += sx[a] * sum;
            slopeY += wx[a] * slope;
            twist += sx[a] * slope;
        }

        perX = (slopeX + twist * beyondY) * _perStep;
        perY = (slopeY + twist * beyondX) * _perStep;
        return value + slopeX * beyondX + slopeY * beyondY + twist * beyondX * beyondY;
    }

    // The interval, the six splines that reach into it with their slopes, and how far beyond the grid the variable lies; all in steps.
    private int Place(double x, Span<double> weights, Span<double> slopes, out double beyond)
    {
        double position = (x - _first) * _perStep;
        double inside = Math.Min(Math.Max(position, 0), _points - 1);
        beyond = position - inside;
        int interval = Math.Min((int)inside, _points - 2);
        double t = inside - interval, u = 1 - t, t2 = t * t, u2 = u * u, t3 = t2 * t;
        weights[0] = u2 * u2 * u / 120;
        weights[1] = (26 + t * (-50 + t * (20 + t * (20 + t * (-20 + 5 * t))))) / 120;
        weights[2] = (66 + t2 * (-60 + t2 * (30 - 10 * t))) / 120;
        weights[3] = (26 + t * (50 + t * (20 + t * (-20 + t * (-20 + 10 * t))))) / 120;
        weights[4] = (1 + t * (5 + t * (10 + t * (10 + t * (5 - 5 * t))))) / 120;
        weights[5] = t2 * t3 / 120;
        slopes[0] = -u2 * u2 / 24;
        slopes[1] = (-10 + t * (8 + t * (12 + t * (-16 + 5 * t)))) / 24;
        slopes[2] = t * (-24 + t2 * (24 - 10 * t)) / 24;
        slopes[3] = (10 + t * (8 + t * (-12 + t * (-16 + 10 * t)))) / 24;
        slopes[4] = (1 + t * (4 + t * (6 + t * (4 - 5 * t)))) / 24;
        slopes[5] = t2 * t2 / 24;
        return interval;
    }

    private void SetRight(double[] line, Func<int, double> value)
    {
        line.AsSpan().Clear();
        for (int k = 0; k < _points; k++) line[k + 2] = value(k);
    }

    // Rows: not-a-knot at the second and third point, interpolation at every point, not-a-knot at the last but two and last but one.
    private static DenseLu System(int points)
    {
        int width = points + Padding;
        var lu = new DenseLu(width);
        Span<double> matrix = lu.Matrix;
        ReadOnlySpan<double> jump = [1, -6, 15, -20, 15, -6, 1], atPoint = [1 / 120.0, 26 / 120.0, 66 / 120.0, 26 / 120.0, 1 / 120.0];
        jump.CopyTo(matrix);
        jump.CopyTo(matrix[(width + 1)..]);
        for (int k = 0; k < points; k++) atPoint.CopyTo(matrix[((k + 2) * width + k)..]);
        jump.CopyTo(matrix[((width - 2) * width + width - 8)..]);
        jump.CopyTo(matrix[((width - 1) * width + width - 7)..]);
        lu.Factorize();
        return lu;
    }
}
