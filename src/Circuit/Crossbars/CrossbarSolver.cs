using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Solves a linear crossbar, every wire segment included, for any number of source vectors.</summary>
/// <remarks>
/// By conjugate gradients, bit lines are eliminated exactly, the iteration on what remains is preconditioned by exact word-line
/// solves and stops on the estimated error in volts; or directly, by a sparse Cholesky factor. <see cref="CrossbarSolverOptions"/>
/// says which; the automatic choice turns to the factor when an iteration does not converge. Lines without wire resistance are merged into one
/// node, never given a tiny resistor.
/// Not thread-safe: it owns scratch memory; use one solver per thread. Disposing is worth while where crossbars of one size are
/// solved one after another, and needed nowhere else: the thread's next solver then takes over the memory.
/// </remarks>
public sealed class CrossbarSolver : IDisposable
{
    private readonly CrossbarSpec _spec;
    private readonly CrossbarSolverOptions _options;
    private ICrossbarCore _core;
    private CrossbarRefinement? _refinement;
    private bool _isDisposed;

    private CrossbarSolver(CrossbarSpec spec, CrossbarSolverOptions options, ICrossbarCore core)
    {
        _spec = spec;
        _options = options;
        _core = core;
    }

    /// <summary>The crossbar that is solved.</summary>
    public CrossbarSpec Spec => _spec;

    /// <summary>How the crossbar is solved.</summary>
    public CrossbarMethod Method => _core.Method;

    /// <summary>Factorises every line of a crossbar, or its whole nodal matrix.</summary>
    /// <param name="spec">Devices, wires and ends.</param>
    /// <param name="options">Method, tolerance and limits; the defaults give about 1e-12 V.</param>
    /// <returns>A solver that is ready for any source voltages.</returns>
    /// <exception cref="TopologyException">A bit line with an open end has no device, so that it floats.</exception>
    /// <exception cref="SingularSystemException">A conductance is too small or too large for the elimination.</exception>
    /// <exception cref="InvalidDesignException">The method asked for does not serve this crossbar's wires.</exception>
    public static CrossbarSolver Factorize(CrossbarSpec spec, CrossbarSolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        options ??= new CrossbarSolverOptions();
        options.Check();
        CrossbarErrors.RefuseFloatingBitLines(spec);
        return new CrossbarSolver(spec, options, CrossbarCores.Create(spec, options));
    }

    /// <summary>Solves for one set of source voltages.</summary>
    /// <param name="sourceVolts">Source of each word line, volts, length m, finite.</param>
    /// <param name="hasNodeVolts">True to return the voltage of every cross-point as well.</param>
    /// <returns>Currents and voltages at the ports, and node voltages if asked for.</returns>
    /// <exception cref="ArgumentException">The length is not m, or a voltage is not finite.</exception>
    /// <exception cref="ConvergenceException">The tolerance was not met within the allowed iterations.</exception>
    /// <exception cref="SingularSystemException">A conductance is too small or too large: a product or sum is above the range of a double.</exception>
    /// <exception cref="ObjectDisposedException">The solver was disposed.</exception>
    public CrossbarOperatingPoint Solve(ReadOnlySpan<double> sourceVolts, bool hasNodeVolts = false)
    {
        CheckSources(sourceVolts);
        bool needsNodes = hasNodeVolts || _options.BoundsError;
        CrossbarState state = SolveDrive(new CrossbarDrive { SourceVolts = sourceVolts }, _options.ToleranceVolts, needsNodes);
        (double Volts, double EndAmps)? bound = null;
        if (_options.BoundsError) bound = (_refinement ??= new CrossbarRefinement(_spec, _options, _core)).Refine(sourceVolts, state);
        CrossbarErrors.RefuseOverflow(_spec, sourceVolts, state, bound?.Volts ?? state.ErrorVolts);
        return new CrossbarOperatingPoint
        {
            BitLineEndAmps = state.EndAmps,
            BitLineEndVolts = EndVolts(state),
            WordLineAmps = state.WordLineAmps,
            WordLineNodeVolts = hasNodeVolts ? WordVolts(state, sourceVolts) : default,
            BitLineNodeVolts = hasNodeVolts ? state.BitVolts : default,
            Method = _core.Method,
            Iterations = state.Iterations,
            ErrorEstimateVolts = bound?.Volts ?? state.ErrorVolts,
            IsErrorBounded = bound is not null,
            EndAmpsErrorBound = bound?.EndAmps,
        };
    }

    /// <summary>Leaves the solver's memory to the thread's next solver of a crossbar of the same size.</summary>
    public void Dispose()
    {
        if (!_isDisposed) (_core as IDisposable)?.Dispose();
        _isDisposed = true;
    }

    internal CrossbarState SolveDrive(in CrossbarDrive drive, double toleranceVolts, bool hasNodes, CrossbarState? spare = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        try
        {
            return _core.Solve(drive, toleranceVolts, _options.MostIterations, hasNodes, spare);
        }
        catch (ConvergenceException) when (_options.Method == CrossbarMethod.Automatic)
        {
            // The expected number of iterations is one for ordinary arrays; the factor does not depend on it.
            (_core as IDisposable)?.Dispose();
            (_core, _refinement) = (new CholeskyCore(_spec), null);
            return _core.Solve(drive, toleranceVolts, _options.MostIterations, hasNodes, spare);
        }
    }

    private void CheckSources(ReadOnlySpan<double> sourceVolts)
    {
        if (sourceVolts.Length != _spec.WordLineCount)
            throw new ArgumentException($"{sourceVolts.Length} source voltages for {_spec.WordLineCount} word lines.", nameof(sourceVolts));
        for (int i = 0; i < sourceVolts.Length; i++)
            if (!double.IsFinite(sourceVolts[i]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"Source of word line {i + 1} is {sourceVolts[i]:R} V; a voltage is finite."), nameof(sourceVolts));
    }

    private double[] EndVolts(CrossbarState state)
    {
        if (_spec.BitLineEnd == BitLineEnd.Open) return state.LastVolts;

        var volts = new double[_spec.BitLineCount];
        for (int j = 0; j < volts.Length; j++) volts[j] = _spec.TerminalOhms * state.EndAmps[j];
        return volts;
    }

    private double[] WordVolts(CrossbarState state, ReadOnlySpan<double> sourceVolts)
    {
        double[] volts = state.WordDeviationVolts;
        for (int at = 0; at < volts.Length; at += _spec.BitLineCount)
            foreach (ref double node in volts.AsSpan(at, _spec.BitLineCount)) node += sourceVolts[at / _spec.BitLineCount];
        return volts;
    }
}
