using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Finds the DC state: Newton from a guess that follows the signal, then with steps kept short, then gmin stepping, then source stepping, then a pseudo-transient, each with steps that adapt.</summary>
internal sealed class OperatingPointSolver(NativeCircuit circuit, EngineOptions options, NewtonSolver newton, CancellationToken cancellationToken)
{
    private const int MostHomotopySteps = 400;

    /// <summary>Solves from a starting point.</summary>
    /// <param name="x">Starting point on entry, solution on return.</param>
    /// <exception cref="ConvergenceException">No method converged.</exception>
    /// <exception cref="SingularSystemException">The equations have no unique solution.</exception>
    public void Solve(double[] x)
    {
        double[] start = (double[])x.Clone();
        bool isFresh = !circuit.IsLinear && newton.Clamps.Length == 0 && Array.TrueForAll(x, v => v == 0);
        if (isFresh) BlockStart.Improve(circuit, newton.State, options, x, cancellationToken);
        if (newton.Solve(x, options.MaximumIterations) is not { } failure) return;
        if (circuit.IsLinear) throw Failure(failure);

        start.CopyTo(x, 0);
        if (newton.SolveClamped(x) is null) return;
        if (Helped(StepShunts(x), ConvergenceAid.GminStepping) || Helped(StepJunctions(x), ConvergenceAid.GminStepping) || Helped(StepSources(x), ConvergenceAid.SourceStepping)) return;
        start.CopyTo(x, 0);
        NewtonFailure? last = newton.SolveThroughTime(x);
        if (last is not null) throw Failure(last);
    }

    private bool Helped(NewtonFailure? failure, ConvergenceAid aid)
    {
        if (failure is null) newton.Aids |= aid;
        return failure is null;
    }

    /// <summary>A conductance from every node to ground that shrinks to nothing.</summary>
    private NewtonFailure? StepShunts(double[] x)
    {
        NewtonFailure? failure = Shrink(x, 1e-2, 1e-15, 0, shunt => newton.ShuntSiemens = shunt);
        newton.ShuntSiemens = 0;
        return failure;
    }

    /// <summary>The conductance across every junction shrinks to what it is: with little of it, nodes between transistors that are off hang on almost nothing.</summary>
    private NewtonFailure? StepJunctions(double[] x)
    {
        double end = options.MinimumConductanceSiemens;
        NewtonFailure? failure = Shrink(x, 1e-3, end, end, siemens => newton.State.JunctionSiemens = siemens);
        newton.State.JunctionSiemens = end;
        return failure;
    }

    /// <summary>Solves with a conductance that shrinks, in steps that grow while they succeed.</summary>
    /// <param name="x">Solution on success.</param>
    /// <param name="first">Where to begin, siemens.</param>
    /// <param name="least">Below this it takes its last value.</param>
    /// <param name="last">Its last value.</param>
    /// <param name="set">Sets it.</param>
    private NewtonFailure? Shrink(double[] x, double first, double least, double last, Action<double> set)
    {
        var point = new double[x.Length];
        double siemens = first, good = double.PositiveInfinity, factor = 10;
        NewtonFailure? failure = null;
        for (int step = 0; step < MostHomotopySteps; step++)
        {
            set(siemens);
            failure = newton.Solve(point, NewtonSolver.HomotopyIterations);
            if (failure is null)
            {
                if (siemens == last)
                {
                    point.CopyTo(x, 0);
                    return null;
                }

                good = siemens;
                factor = Math.Min(factor * factor, 1e3);
                siemens = good / factor <= least ? last : good / factor;
                continue;
            }

            if (double.IsInfinity(good))
            {
                siemens *= 10;
                if (siemens > 1e4) break;
                continue;
            }

            factor = Math.Sqrt(factor);
            if (factor < 1.05) break;
            siemens = good / factor;
        }

        return failure ?? newton.LastFailure;
    }

    /// <summary>All independent sources grow from zero to their values.</summary>
    private NewtonFailure? StepSources(double[] x)
    {
        var point = new double[x.Length];
        double good = 0, step = 0.1, scale = 0;
        NewtonFailure? failure = null;
        for (int i = 0; i < MostHomotopySteps; i++)
        {
            newton.State.SourceScale = scale;
            failure = newton.Solve(point, NewtonSolver.HomotopyIterations);
            if (failure is null)
            {
                if (scale == 1)
                {
                    point.CopyTo(x, 0);
                    return null;
                }

                good = scale;
                step *= 2;
            }
            else
            {
                if (scale == 0) break;
                step /= 4;
                if (step < 1e-6) break;
            }

            scale = Math.Min(1, good + step);
        }

        newton.State.SourceScale = 1;
        return failure ?? newton.LastFailure;
    }

    private CircuitSimException Failure(NewtonFailure failure)
    {
        if (failure.SingularUnknown >= 0) return newton.Singular(failure.SingularUnknown);
        string worst = failure.WorstUnknown < 0 ? "(none moved)" : circuit.Names[failure.WorstUnknown];
        return new ConvergenceException(
            "Operating point (Newton, gmin stepping, source stepping, pseudo-transient)", newton.TotalIterations, Math.Abs(failure.LastVolts - failure.PreviousVolts), "V",
            worst, failure.PreviousVolts, failure.LastVolts,
            "Give starting voltages with .nodeset, loosen reltol, or look for an element at that node whose equation is undefined or steps.");
    }
}
