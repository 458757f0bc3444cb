using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Finds the DC state: Newton from a guess that follows the signal, then gmin stepping, then source stepping, then a pseudo-transient, each with steps that adapt.</summary>
internal sealed class OperatingPointSolver(NativeCircuit circuit, EngineOptions options, NewtonSolver newton, CancellationToken cancellationToken)
{
    private const int HomotopyIterations = 60;
    private const int MostHomotopySteps = 400;
    private const int MostTimeSteps = 1000;

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
        if (Helped(StepShunts(x), ConvergenceAid.GminStepping) || Helped(StepSources(x), ConvergenceAid.SourceStepping)) return;
        NewtonFailure? last = StepTime(x, start);
        if (!Helped(last, ConvergenceAid.PseudoTransient)) throw Failure(last!);
    }

    private bool Helped(NewtonFailure? failure, ConvergenceAid aid)
    {
        if (failure is null) newton.Aids |= aid;
        return failure is null;
    }

    /// <summary>A conductance from every node to ground that shrinks to nothing.</summary>
    private NewtonFailure? StepShunts(double[] x)
    {
        var point = new double[x.Length];
        double shunt = 1e-2, good = double.PositiveInfinity, factor = 10;
        NewtonFailure? failure = null;
        for (int step = 0; step < MostHomotopySteps; step++)
        {
            newton.ShuntSiemens = shunt;
            failure = newton.Solve(point, HomotopyIterations);
            if (failure is null)
            {
                if (shunt == 0)
                {
                    point.CopyTo(x, 0);
                    return null;
                }

                good = shunt;
                factor = Math.Min(factor * factor, 1e3);
                shunt = good / factor < 1e-15 ? 0 : good / factor;
                continue;
            }

            if (double.IsInfinity(good))
            {
                shunt *= 10;
                if (shunt > 1e4) break;
                continue;
            }

            factor = Math.Sqrt(factor);
            if (factor < 1.05) break;
            shunt = good / factor;
        }

        newton.ShuntSiemens = 0;
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
            failure = newton.Solve(point, HomotopyIterations);
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

    /// <summary>A capacitor at every node, from the starting point on in time steps that grow until the circuit stands still without it.</summary>
    private NewtonFailure? StepTime(double[] x, double[] start)
    {
        const double Slowest = 1e6, Fastest = 1e-13;
        var point = (double[])start.Clone();
        newton.Anchors = (double[])start.Clone();
        double siemens = 1;
        NewtonFailure? failure = null;
        for (int step = 0; step < MostTimeSteps; step++)
        {
            newton.AnchorSiemens = siemens;
            failure = newton.Solve(point, HomotopyIterations);
            if (failure is not null)
            {
                siemens *= 8;
                if (siemens > Slowest) break;
                continue;
            }

            if (siemens == 0)
            {
                point.CopyTo(x, 0);
                return null;
            }

            point.CopyTo(newton.Anchors, 0);
            siemens = siemens / 2 < Fastest ? 0 : siemens / 2;
        }

        newton.AnchorSiemens = 0;
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
