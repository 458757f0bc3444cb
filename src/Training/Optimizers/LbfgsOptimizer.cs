namespace CircuitSim.Training.Optimizers;

/// <summary>Limited-memory BFGS on all samples: two-loop recursion and a strong Wolfe line search.</summary>
/// <remarks>Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, algorithms 7.4, 3.5 and 3.6. Not thread-safe.</remarks>
/// <param name="model">Network to train.</param>
internal sealed class LbfgsOptimizer(IDifferentiableModel model)
{
    private const int PairCount = 10;
    private const int LineSearchLimit = 25;
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;

    private readonly List<(double[] Step, double[] Change, double Product)> _pairs = [];
    private readonly double[] _start = new double[model.Parameters.Length];
    private readonly double[] _gradient = new double[model.Parameters.Length];
    private readonly double[] _trial = new double[model.Parameters.Length];
    private readonly double[] _direction = new double[model.Parameters.Length];
    private double _loss = double.NaN;

    /// <summary>Moves to the end of one line search; stays where it is when no lower point is found.</summary>
    /// <param name="inputs">Inputs, [sample, input].</param>
    /// <param name="labels">Class of each sample.</param>
    public void Iterate(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels)
    {
        if (double.IsNaN(_loss)) _loss = model.LossAndGradient(inputs, labels, _gradient);
        model.Parameters.CopyTo(_start);
        Direction();
        double descent = Dot(_gradient, _direction);
        if (!(descent < 0))
        {
            _pairs.Clear();
            for (int i = 0; i < _direction.Length; i++) _direction[i] = -_gradient[i];
            descent = -Dot(_gradient, _gradient);
        }

        if (descent == 0) return;

        // Without curvature pairs the first step moves the parameters by 1 in length.
        double first = _pairs.Count > 0 ? 1 : 1 / Math.Sqrt(Dot(_direction, _direction));
        double length = LineSearch(inputs, labels, descent, first, out double loss);
        if (length == 0)
        {
            _pairs.Clear();
            Move(0);
            return;
        }

        Remember(length);
        _trial.CopyTo(_gradient, 0);
        _loss = loss;
    }

    private void Direction()
    {
        for (int i = 0; i < _direction.Length; i++) _direction[i] = -_gradient[i];
        var weights = new double[_pairs.Count];
        for (int k = _pairs.Count - 1; k >= 0; k--)
        {
            weights[k] = Dot(_pairs[k].Step, _direction) / _pairs[k].Product;
            AddScaled(_direction, -weights[k], _pairs[k].Change);
        }

        if (_pairs.Count > 0)
        {
            double scale = _pairs[^1].Product / Dot(_pairs[^1].Change, _pairs[^1].Change);
            for (int i = 0; i < _direction.Length; i++) _direction[i] *= scale;
        }

        for (int k = 0; k < _pairs.Count; k++)
            AddScaled(_direction, weights[k] - Dot(_pairs[k].Change, _direction) / _pairs[k].Product, _pairs[k].Step);
    }

    private void Remember(double length)
    {
        var step = new double[_direction.Length];
        var change = new double[_direction.Length];
        for (int i = 0; i < step.Length; i++)
        {
            step[i] = length * _direction[i];
            change[i] = _trial[i] - _gradient[i];
        }

        double product = Dot(step, change);
        if (product <= 1e-10 * Math.Sqrt(Dot(step, step) * Dot(change, change))) return;
        if (_pairs.Count == PairCount) _pairs.RemoveAt(0);
        _pairs.Add((step, change, product));
    }

    // Bracket, then zoom by the minimum of a cubic; the gradient at the returned point is in _trial, and the model stands there.
    private double LineSearch(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, double descent, double first, out double loss)
    {
        var origin = new Point(0, _loss, descent);
        Point low = origin, high = default;
        bool isBracketed = false;
        double length = first;
        for (int trial = 0; trial < LineSearchLimit; trial++)
        {
            Point point = At(inputs, labels, length);
            bool isLower = point.Loss <= origin.Loss + SufficientDecrease * length * descent && point.Loss < low.Loss;
            if (isLower && Math.Abs(point.Slope) <= -Curvature * descent)
            {
                loss = point.Loss;
                return length;
            }

            if (!isLower)
            {
                high = point;
                isBracketed = true;
            }
            else
            {
                if (point.Slope * (isBracketed ? high.Length - low.Length : 1) >= 0)
                {
                    high = low;
                    isBracketed = true;
                }

                low = point;
            }

            length = isBracketed ? Between(low, high) : 2 * length;
        }

        // No point met the curvature condition: the lowest one found will do.
        loss = low.Length > 0 ? At(inputs, labels, low.Length).Loss : _loss;
        return low.Length;
    }

    // Minimum of the cubic through two points and their slopes, kept off both ends by a tenth of the interval.
    private static double Between(Point a, Point b)
    {
        double d1 = a.Slope + b.Slope - 3 * (a.Loss - b.Loss) / (a.Length - b.Length);
        double root = d1 * d1 - a.Slope * b.Slope;
        double low = Math.Min(a.Length, b.Length), high = Math.Max(a.Length, b.Length);
        double width = high - low;
        double middle = (low + high) / 2;
        if (!(root >= 0)) return middle;
        double d2 = Math.CopySign(Math.Sqrt(root), b.Length - a.Length);
        double minimum = b.Length - (b.Length - a.Length) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2));
        return minimum >= low + 0.1 * width && minimum <= high - 0.1 * width ? minimum : middle;
    }

    private Point At(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, double length)
    {
        Move(length);
        double loss = model.LossAndGradient(inputs, labels, _trial);
        return new Point(length, loss, Dot(_trial, _direction));
    }

    private void Move(double length)
    {
        Span<double> parameters = model.Parameters;
        for (int i = 0; i < parameters.Length; i++) parameters[i] = _start[i] + length * _direction[i];
        model.Refresh();
    }

    private static void AddScaled(double[] target, double factor, double[] source)
    {
        for (int i = 0; i < target.Length; i++) target[i] += factor * source[i];
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    private readonly record struct Point(double Length, double Loss, double Slope);
}
