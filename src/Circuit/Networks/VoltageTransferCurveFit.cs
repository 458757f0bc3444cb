using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Networks;

/// <summary>Least-squares fit c1 + c2·tanh((v − c3)·c4) of a transfer curve, the form PHAX trains with.</summary>
/// <remarks>Ansari et al., PHAX, IEEE TCAD 37(8), 2018; coefficients in the order of the authors' published code.</remarks>
public sealed record VoltageTransferCurveFit
{
    private const int SampleCount = 101;

    /// <summary>c1: output offset, volts.</summary>
    public required double OffsetVolts { get; init; }

    /// <summary>c2: amplitude, volts; negative for an inverting curve.</summary>
    public required double AmplitudeVolts { get; init; }

    /// <summary>c3: input at which the tanh is zero, volts.</summary>
    public required double CentreVolts { get; init; }

    /// <summary>c4: gain of the tanh's argument, per volt, positive.</summary>
    public required double GainPerVolt { get; init; }

    /// <summary>Root of the mean squared residual, volts.</summary>
    public required double ResidualVolts { get; init; }

    /// <summary>Largest residual, volts.</summary>
    public required double WorstResidualVolts { get; init; }

    /// <summary>Fits a curve over even inputs from rail to rail.</summary>
    /// <param name="supplyVolts">Supply, volts.</param>
    /// <param name="outputVolts">The curve.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ConvergenceException">The curve has no such shape.</exception>
    internal static VoltageTransferCurveFit Of(double supplyVolts, Func<double, double> outputVolts)
    {
        var inputs = new double[SampleCount];
        var outputs = new double[SampleCount];
        for (int i = 0; i < SampleCount; i++)
        {
            inputs[i] = supplyVolts * ((double)i / (SampleCount - 1) - 0.5);
            outputs[i] = outputVolts(inputs[i]);
        }

        double[] c = Start(inputs, outputs);
        double damping = 1e-3, error = SumOfSquares(inputs, outputs, c);
        const int limit = 500;
        for (int iteration = 0; iteration < limit; iteration++)
        {
            double[] step = Step(inputs, outputs, c, damping);
            double[] candidate = [c[0] + step[0], c[1] + step[1], c[2] + step[2], c[3] + step[3]];
            double candidateError = SumOfSquares(inputs, outputs, candidate);
            bool isSmall = Math.Abs(step[3]) <= 1e-12 * Math.Abs(c[3]) && Math.Abs(step[2]) <= 1e-13;
            if (candidateError <= error)
            {
                c = candidate;
                error = candidateError;
                damping = Math.Max(damping / 10, 1e-12);
            }
            else
            {
                damping *= 10;
            }

            if (isSmall) return Result(inputs, outputs, c);
        }

        throw new ConvergenceException(
            "Tanh fit of a voltage transfer curve", limit, Math.Sqrt(error / SampleCount), "V", "output", outputs[0], outputs[^1],
            "Train with the tabulated curve instead.");
    }

    // Steepest point and swing of the samples.
    private static double[] Start(double[] inputs, double[] outputs)
    {
        int steepest = 1;
        double slope = 0;
        for (int i = 1; i < inputs.Length; i++)
        {
            double s = (outputs[i] - outputs[i - 1]) / (inputs[i] - inputs[i - 1]);
            if (Math.Abs(s) <= Math.Abs(slope)) continue;
            slope = s;
            steepest = i;
        }

        double amplitude = (outputs[^1] - outputs[0]) / 2;
        return [(outputs[^1] + outputs[0]) / 2, amplitude, (inputs[steepest] + inputs[steepest - 1]) / 2, slope / amplitude];
    }

    private static double SumOfSquares(double[] inputs, double[] outputs, double[] c)
    {
        double sum = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            double residual = outputs[i] - Value(c, inputs[i]);
            sum += residual * residual;
        }

        return sum;
    }

    private static double Value(double[] c, double v) => c[0] + c[1] * Math.Tanh((v - c[2]) * c[3]);

    // One damped Gauss-Newton step (Levenberg, Marquardt): (JᵀJ + damping·diag) step = Jᵀr.
    private static double[] Step(double[] inputs, double[] outputs, double[] c, double damping)
    {
        var normal = new double[4, 5];
        var row = new double[4];
        for (int i = 0; i < inputs.Length; i++)
        {
            double t = Math.Tanh((inputs[i] - c[2]) * c[3]);
            double slope = c[1] * (1 - t * t);
            row[0] = 1;
            row[1] = t;
            row[2] = -slope * c[3];
            row[3] = slope * (inputs[i] - c[2]);
            double residual = outputs[i] - c[0] - c[1] * t;
            for (int p = 0; p < 4; p++)
            {
                for (int q = 0; q < 4; q++) normal[p, q] += row[p] * row[q];
                normal[p, 4] += row[p] * residual;
            }
        }

        for (int p = 0; p < 4; p++) normal[p, p] *= 1 + damping;
        return SolveFour(normal);
    }

    private static double[] SolveFour(double[,] system)
    {
        // The damped normal matrix is positive definite: no pivoting is needed.
        for (int p = 0; p < 4; p++)
        {
            for (int q = p + 1; q < 4; q++)
            {
                double factor = system[q, p] / system[p, p];
                for (int k = p; k < 5; k++) system[q, k] -= factor * system[p, k];
            }
        }

        var solution = new double[4];
        for (int p = 3; p >= 0; p--)
        {
            double sum = system[p, 4];
            for (int k = p + 1; k < 4; k++) sum -= system[p, k] * solution[k];
            solution[p] = sum / system[p, p];
        }

        return solution;
    }

    private static VoltageTransferCurveFit Result(double[] inputs, double[] outputs, double[] c)
    {
        double worst = 0;
        for (int i = 0; i < inputs.Length; i++) worst = Math.Max(worst, Math.Abs(outputs[i] - Value(c, inputs[i])));
        return new VoltageTransferCurveFit
        {
            OffsetVolts = c[0],
            AmplitudeVolts = c[1],
            CentreVolts = c[2],
            GainPerVolt = c[3],
            ResidualVolts = Math.Sqrt(SumOfSquares(inputs, outputs, c) / inputs.Length),
            WorstResidualVolts = worst,
        };
    }
}
