using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Circuit.Networks;

/// <summary>Solves a network with current read-out, every wire included, layer after layer.</summary>
/// <remarks>Neurons are digital and drive the next crossbar as voltage sources, so that layers do not load each other. Not thread-safe.</remarks>
public sealed class ReadoutSolver
{
    private readonly CrossbarSolver[] _solvers;

    private ReadoutSolver(ReadoutNetwork network, CrossbarSolver[] solvers) => (Network, _solvers) = (network, solvers);

    /// <summary>The network that is solved.</summary>
    public ReadoutNetwork Network { get; }

    /// <summary>Factorises every crossbar.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">How crossbars are solved.</param>
    /// <returns>A solver that is ready for any inputs.</returns>
    /// <exception cref="Errors.SingularSystemException">A conductance is too small or too large for the elimination.</exception>
    public static ReadoutSolver Create(ReadoutNetwork network, CrossbarSolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new ReadoutSolver(network, [.. network.Layers.Select(l => CrossbarSolver.Factorize(l.Crossbar, options))]);
    }

    /// <summary>Solves for one sample.</summary>
    /// <param name="inputs">Inputs x, dimensionless, without the bias.</param>
    /// <param name="hasNodeVolts">True to return the voltage of every cross-point as well.</param>
    /// <returns>One operating point a layer.</returns>
    /// <exception cref="ArgumentException">The number of inputs differs, or one is not finite.</exception>
    public IReadOnlyList<ReadoutOperatingPoint> Solve(ReadOnlySpan<double> inputs, bool hasNodeVolts = false)
    {
        if (inputs.Length != Network.InputCount)
            throw new ArgumentException($"{inputs.Length} inputs for a network with {Network.InputCount}.", nameof(inputs));
        var points = new List<ReadoutOperatingPoint>(_solvers.Length);
        double[] values = inputs.ToArray();
        for (int l = 0; l < _solvers.Length; l++)
        {
            double[] source = SourceVolts(values);
            CrossbarOperatingPoint point = _solvers[l].Solve(source, hasNodeVolts);
            double[] sums = Network.Layers[l].Sums(point.BitLineEndAmps.Span);
            points.Add(new ReadoutOperatingPoint { SourceVolts = source, Crossbar = point, Sums = sums });
            values = Network.Activation == ReadoutActivation.Tanh ? Array.ConvertAll(sums, Math.Tanh) : Array.ConvertAll(sums, z => 1 / (1 + Math.Exp(-z)));
        }

        return points;
    }

    private double[] SourceVolts(double[] values)
    {
        var volts = new double[values.Length + (Network.HasBias ? 1 : 0)];
        Array.Fill(volts, Network.UnitVolts);
        for (int i = 0; i < values.Length; i++) volts[i] = Network.UnitVolts * values[i];
        return volts;
    }
}
