using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Training.Bayesian;

/// <summary>One transition of the No-U-Turn sampler with multinomial weights.</summary>
/// <remarks>
/// Hoffman and Gelman, JMLR 15, 2014; points drawn by their weight and the turning rule on the sum of momenta as Betancourt, "A Conceptual
/// Introduction to Hamiltonian Monte Carlo", arXiv 1701.02434, appendix A. The rule is also applied across each joint, which stops
/// trajectories that close on themselves within one doubling. Not thread-safe.
/// </remarks>
/// <param name="density">What is explored.</param>
/// <param name="random">Draws of this chain.</param>
internal sealed class NutsTransition(ILogDensity density, CounterRandom random)
{
    private const double LargestEnergyError = 1000;

    private readonly double[] _inverseMass = [.. Enumerable.Repeat(1.0, density.Dimension)];
    private ulong _drawn;
    private PhasePoint _edge = null!;
    private double _startEnergy, _acceptanceSum, _energyError;
    private int _leapfrogCount;
    private bool _isDivergent;

    /// <summary>Ends a trajectory between two steps.</summary>
    internal CancellationToken Cancellation { get; init; }

    /// <summary>Step size of the leapfrog integrator.</summary>
    internal double Step { get; set; } = 1;

    /// <summary>Diagonal of the inverse mass matrix: the variance of each parameter.</summary>
    internal Span<double> InverseMass => _inverseMass;

    /// <summary>Evaluates the density at a position; its momentum is zero.</summary>
    /// <param name="position">Parameters; kept, not copied.</param>
    internal PhasePoint At(double[] position)
    {
        var gradient = new double[position.Length];
        double logDensity = density.Evaluate(position, gradient);
        return new PhasePoint(position, new double[position.Length], gradient, logDensity);
    }

    /// <summary>A number uniform in [0, 1).</summary>
    internal double Uniform() => random.Uniform(_drawn++);

    /// <summary>The next draw of the chain.</summary>
    /// <param name="from">The draw before.</param>
    /// <param name="maximumDepth">Largest number of doublings.</param>
    internal (PhasePoint Point, NutsDraw Draw) Next(PhasePoint from, int maximumDepth)
    {
        PhasePoint start = WithNewMomentum(from);
        _startEnergy = Energy(start);
        (_acceptanceSum, _energyError, _leapfrogCount, _isDivergent) = (0, 0, 0, false);
        (PhasePoint earliest, PhasePoint latest) = (start, start);
        var whole = new TrajectorySegment(start.Momentum, start.Momentum, start.Momentum, 0, start);
        PhasePoint sample = start;
        int depth = 0;
        while (depth < maximumDepth)
        {
            bool isForward = Uniform() < 0.5;
            _edge = isForward ? latest : earliest;
            TrajectorySegment? added = Build(depth, isForward ? Step : -Step);
            if (isForward) latest = _edge;
            else earliest = _edge;
            if (added is null) break;

            depth++;
            // The newer half is favoured, which moves the draw away from where it began.
            if (Math.Log(1 - Uniform()) < added.LogWeight - whole.LogWeight) sample = added.Sample;
            (whole, bool goesOn) = isForward ? Join(whole, added, sample) : Join(added, whole, sample);
            if (!goesOn) break;
        }

        return (sample, new NutsDraw(_acceptanceSum / Math.Max(1, _leapfrogCount), depth, _leapfrogCount, _isDivergent, Energy(sample), _energyError));
    }

    /// <summary>Finds a step size whose single step is accepted about as often as not.</summary>
    /// <param name="from">Where to try.</param>
    internal void FindStep(PhasePoint from)
    {
        Step = 1;
        bool? isGrowing = null;
        // 2^±100 lies far outside of any useful step; the bound only ends a search on a flat density.
        for (int i = 0; i < 100; i++)
        {
            PhasePoint start = WithNewMomentum(from);
            double change = Energy(start) - Energy(Leapfrog(start, Step));
            bool grows = change > Math.Log(0.8);
            isGrowing ??= grows;
            if (grows != isGrowing) return;
            Step *= grows ? 2 : 0.5;
        }
    }

    /// <summary>Builds 2^depth points beyond the present edge; null when it diverges or turns back within.</summary>
    private TrajectorySegment? Build(int depth, double step)
    {
        if (depth == 0) return Advance(step);
        TrajectorySegment? near = Build(depth - 1, step);
        if (near is null) return null;
        TrajectorySegment? far = Build(depth - 1, step);
        if (far is null) return null;

        PhasePoint sample = Math.Log(1 - Uniform()) < far.LogWeight - LogAdd(near.LogWeight, far.LogWeight) ? far.Sample : near.Sample;
        (TrajectorySegment joined, bool goesOn) = step > 0 ? Join(near, far, sample) : Join(far, near, sample);
        return goesOn ? joined : null;
    }

    private TrajectorySegment? Advance(double step)
    {
        Cancellation.ThrowIfCancellationRequested();
        _edge = Leapfrog(_edge, step);
        _leapfrogCount++;
        double error = Energy(_edge) - _startEnergy;
        if (double.IsNaN(error)) error = double.PositiveInfinity;
        _energyError = Math.Max(_energyError, Math.Abs(error));
        _acceptanceSum += Math.Min(1, Math.Exp(-error));
        if (error > LargestEnergyError)
        {
            _isDivergent = true;
            return null;
        }

        return new TrajectorySegment(_edge.Momentum, _edge.Momentum, _edge.Momentum, -error, _edge);
    }

    private (TrajectorySegment Joined, bool GoesOn) Join(TrajectorySegment earlier, TrajectorySegment later, PhasePoint sample)
    {
        double[] sum = Sum(earlier.MomentumSum, later.MomentumSum);
        var joined = new TrajectorySegment(earlier.First, later.Last, sum, LogAdd(earlier.LogWeight, later.LogWeight), sample);
        bool goesOn = IsOpen(earlier.First, later.Last, sum)
            && IsOpen(earlier.First, later.First, Sum(earlier.MomentumSum, later.First))
            && IsOpen(earlier.Last, later.Last, Sum(later.MomentumSum, earlier.Last));
        return (joined, goesOn);
    }

    /// <summary>Whether both ends still move along the sum of momenta, that is, away from each other.</summary>
    private bool IsOpen(double[] first, double[] last, double[] sum)
    {
        double atFirst = 0, atLast = 0;
        for (int i = 0; i < sum.Length; i++)
        {
            double along = _inverseMass[i] * sum[i];
            atFirst += first[i] * along;
            atLast += last[i] * along;
        }

        return atFirst > 0 && atLast > 0;
    }

    private PhasePoint WithNewMomentum(PhasePoint point)
    {
        var momentum = new double[point.Position.Length];
        for (int i = 0; i < momentum.Length; i++) momentum[i] = random.Normal(_drawn++) / Math.Sqrt(_inverseMass[i]);
        return point with { Momentum = momentum };
    }

    private PhasePoint Leapfrog(PhasePoint from, double step)
    {
        int count = from.Position.Length;
        double[] position = new double[count], momentum = new double[count], gradient = new double[count];
        for (int i = 0; i < count; i++)
        {
            momentum[i] = from.Momentum[i] + 0.5 * step * from.Gradient[i];
            position[i] = from.Position[i] + step * _inverseMass[i] * momentum[i];
        }

        double logDensity = density.Evaluate(position, gradient);
        for (int i = 0; i < count; i++) momentum[i] += 0.5 * step * gradient[i];
        return new PhasePoint(position, momentum, gradient, logDensity);
    }

    private double Energy(PhasePoint point)
    {
        double kinetic = 0;
        for (int i = 0; i < point.Momentum.Length; i++) kinetic += point.Momentum[i] * point.Momentum[i] * _inverseMass[i];
        return 0.5 * kinetic - point.LogDensity;
    }

    private static double[] Sum(double[] a, double[] b)
    {
        var sum = new double[a.Length];
        for (int i = 0; i < sum.Length; i++) sum[i] = a[i] + b[i];
        return sum;
    }

    private static double LogAdd(double a, double b)
    {
        double larger = Math.Max(a, b);
        return double.IsNegativeInfinity(larger) ? larger : larger + Math.Log(Math.Exp(a - larger) + Math.Exp(b - larger));
    }
}
