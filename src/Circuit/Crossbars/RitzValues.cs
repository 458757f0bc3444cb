namespace CircuitSim.Circuit.Crossbars;

/// <summary>Smallest eigenvalue of the preconditioned matrix, estimated from the coefficients of conjugate gradients.</summary>
/// <remarks>
/// After k steps the coefficients define a k×k tridiagonal matrix (Golub and Van Loan, Matrix Computations, section on the
/// Lanczos connection) with 1/α_k + β_k/α_{k-1} on and √β_{k+1}/α_k off the diagonal. Its smallest eigenvalue λ turns a
/// preconditioned residual z into an estimate of the error, |z|/λ.
/// </remarks>
internal sealed class RitzValues
{
    private readonly List<double> _diagonal = [];
    private readonly List<double> _offDiagonalSquared = [];
    private double _lastAlpha;

    internal void Clear()
    {
        _diagonal.Clear();
        _offDiagonalSquared.Clear();
    }

    internal void Add(double alpha, double beta)
    {
        if (_diagonal.Count > 0) _offDiagonalSquared.Add(beta / (_lastAlpha * _lastAlpha));
        _diagonal.Add(_diagonal.Count == 0 ? 1 / alpha : 1 / alpha + beta / _lastAlpha);
        _lastAlpha = alpha;
    }

    /// <summary>Smallest Ritz value by bisection on Sturm counts, from below and to 0.1 %; 1 before the first step.</summary>
    internal double Smallest()
    {
        if (_diagonal.Count == 0) return 1;
        if (_diagonal.Count == 1) return _diagonal[0];

        double high = double.PositiveInfinity;
        foreach (double d in _diagonal) high = Math.Min(high, d);
        double low = 0;
        while (high - low > 0.001 * high && high > 1e-16)
        {
            double middle = 0.5 * (low + high);
            if (HasEigenvalueBelow(middle)) high = middle;
            else low = middle;
        }

        return Math.Max(low, 1e-16);
    }

    private bool HasEigenvalueBelow(double shift)
    {
        double pivot = _diagonal[0] - shift;
        if (pivot <= 0) return true;
        for (int i = 1; i < _diagonal.Count; i++)
        {
            pivot = _diagonal[i] - shift - _offDiagonalSquared[i - 1] / pivot;
            if (pivot <= 0) return true;
        }

        return false;
    }
}
