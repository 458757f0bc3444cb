using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.Mapping.Variation;
using CircuitSim.Training.Kernels;
using CircuitSim.Training.Losses;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Phax;

/// <summary>An inverter network as the circuit it is mapped onto: exact forward solve, loss, and exact gradient. Not thread-safe.</summary>
internal sealed class CircuitModel : IDifferentiableModel
{
    private readonly TrainedNetwork _start;
    private readonly DeviceCard _card;
    private readonly MappingOptions _mapping;
    private readonly InTheLoopOptions _options;
    private CancellationToken _cancellation;
    private readonly double[] _parameters, _relative, _slope;
    private readonly double _smallestSiemens;
    private NetworkSolver? _solver;
    private int _steps;

    /// <summary>Creates the circuit of a network.</summary>
    /// <param name="network">θ of every device.</param>
    /// <param name="card">The memristor technology.</param>
    /// <param name="mapping">Inverter and wires.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="cancellation">Ends circuit solves early.</param>
    internal CircuitModel(
        TrainedNetwork network, DeviceCard card, MappingOptions mapping, InTheLoopOptions options, CancellationToken cancellation = default)
    {
        (_start, _card, _mapping, _options, _cancellation) = (network, card, mapping, options, cancellation);
        _smallestSiemens = ChipSampler.SmallestSiemens(card, network.ConductanceRatio);
        _parameters = [.. network.Layers.SelectMany(l => l.Theta.ToArray()).Select(theta => theta / options.ThetaScale)];
        (_relative, _slope) = (new double[_parameters.Length], new double[_parameters.Length]);
    }

    /// <inheritdoc/>
    public CancellationToken Cancellation
    {
        set => _cancellation = value;
    }

    /// <inheritdoc/>
    public Span<double> Parameters => _parameters;

    /// <inheritdoc/>
    public int InputCount => _start.Layers[0].InputCount;

    private int OutputCount => _start.Layers[^1].OutputCount;

    private double RailVolts => _start.SupplyVolts / 2;

    /// <inheritdoc/>
    public void Refresh() => _solver = null;

    /// <summary>The network as it stands.</summary>
    internal TrainedNetwork ToNetwork()
    {
        var layers = new List<TrainedLayer>();
        int offset = 0;
        foreach (TrainedLayer layer in _start.Layers)
        {
            double[] theta = _parameters[offset..(offset + layer.Theta.Length)];
            for (int i = 0; i < theta.Length; i++) theta[i] *= _options.ThetaScale;
            layers.Add(new TrainedLayer(layer.InputCount, layer.OutputCount, theta));
            offset += theta.Length;
        }

        return new TrainedNetwork(_start.SupplyVolts, _start.ConductanceRatio, _start.NeuronCurve, layers);
    }

    /// <inheritdoc/>
    public double LossAndGradient(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels, Span<double> gradient)
    {
        IReadOnlyList<ReadOnlyMemory<double>>? factors = _options.ExpectedSpread > 0 ? DrawChip(_steps++) : _options.ProgrammedOverTarget;
        NetworkSolver solver = _options.ExpectedSpread > 0 ? NetworkSolver.Create(Circuit(factors), _options.Solver, _cancellation) : Solver();
        NetworkOperatingPoint point = Solve(solver, inputs, labels.Length);
        var perVolt = new double[labels.Length * OutputCount];
        double loss = Loss(point, labels, perVolt);
        NetworkGradient adjoint = NetworkAdjoint.Create(solver).Gradient(point, perVolt, cancellationToken: _cancellation);
        ToParameters(adjoint, factors, gradient);
        return loss;
    }

    /// <inheritdoc/>
    public (double Loss, int Correct) Evaluate(ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels)
    {
        NetworkOperatingPoint point = Solve(Solver(), inputs, labels.Length);
        ReadOnlySpan<double> outputs = point.OutputInvertedVolts.Span;
        int correct = 0;
        for (int sample = 0; sample < labels.Length; sample++)
        {
            ReadOnlySpan<double> row = outputs.Slice(sample * OutputCount, OutputCount);
            int best = 0;
            for (int j = 1; j < row.Length; j++)
                if (row[j] > row[best]) best = j;
            if (best == labels[sample]) correct++;
        }

        return (Loss(point, labels, []), correct);
    }

    private NetworkSolver Solver() => _solver ??= NetworkSolver.Create(Circuit(_options.ProgrammedOverTarget), _options.Solver, _cancellation);

    private NetworkOperatingPoint Solve(NetworkSolver solver, ReadOnlySpan<double> inputs, int count) =>
        solver.SolveBatch(inputs.ToArray(), count, cancellationToken: _cancellation);

    /// <summary>Programmed over target conductances of the chip that a step of training with expected variation is solved on.</summary>
    /// <param name="step">Steps before it.</param>
    internal ReadOnlyMemory<double>[] DrawChip(int step) => [.. _start.Layers.Select((layer, l) =>
    {
        var random = new CounterRandom(_options.Schedule.Seed, $"chip of step {step + 1}, layer {l + 1}");
        var factors = new double[layer.Theta.Length];
        for (int i = 0; i < factors.Length; i++) factors[i] = Math.Exp(_options.ExpectedSpread * random.Normal((ulong)i));
        return (ReadOnlyMemory<double>)factors;
    })];

    // What is trained is what is built: the mapper makes the circuit, and only devices that miss their targets differ from it.
    private NetworkCircuit Circuit(IReadOnlyList<ReadOnlyMemory<double>>? factors)
    {
        NetworkCircuit mapped = NetworkMapper.Map(ToNetwork(), _card, _mapping).Circuit;
        if (factors is null) return mapped;

        var layers = new List<LayerCircuit>();
        for (int l = 0; l < factors.Count; l++)
        {
            CrossbarSpec target = mapped.Layers[l].Crossbar;
            double[] siemens = target.ConductanceSiemens.ToArray();
            for (int i = 0; i < siemens.Length; i++) siemens[i] *= factors[l].Span[i];
            layers.Add(mapped.Layers[l] with { Crossbar = target.WithConductances(siemens) });
        }

        return new NetworkCircuit(mapped.SupplyVolts, mapped.Inverter, layers);
    }

    // Mean loss, and its derivative to every output where that is asked for. Targets are the rails; h is the output's place between them.
    private double Loss(NetworkOperatingPoint point, ReadOnlySpan<int> labels, Span<double> perVolt)
    {
        ReadOnlySpan<double> outputs = point.OutputInvertedVolts.Span;
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            bool isTarget = labels[i / OutputCount] == i % OutputCount;
            double volts = outputs[i], slope;
            if (_options.Loss == LossKind.SquaredError)
            {
                slope = volts - (isTarget ? RailVolts : -RailVolts);
                sum += 0.5 * slope * slope;
            }
            else
            {
                // −t·ln h − (1 − t)·ln(1 − h): only the way to the right rail counts, and it keeps its digits near the other.
                double way = isTarget ? RailVolts + volts : RailVolts - volts;
                sum -= Math.Log(way / (2 * RailVolts));
                slope = (isTarget ? -1 : 1) / way;
            }

            if (!perVolt.IsEmpty) perVolt[i] = slope / labels.Length;
        }

        return sum / labels.Length;
    }

    private void ToParameters(NetworkGradient adjoint, IReadOnlyList<ReadOnlyMemory<double>>? chip, Span<double> gradient)
    {
        VectorMath.Conductance(_parameters, _start.ConductanceRatio, _options.ThetaScale, _relative, _slope);
        int offset = 0;
        for (int l = 0; l < adjoint.Layers.Count; l++)
        {
            ReadOnlySpan<double> perSiemens = adjoint.Layers[l].PerSiemens.Span;
            ReadOnlySpan<double> factors = chip is null ? [] : chip[l].Span;
            for (int i = 0; i < perSiemens.Length; i++)
            {
                int at = offset + i;
                // A clipped device stays at the end of its window when θ moves.
                bool moves = _card.Contains(_smallestSiemens * _relative[at]);
                double perTarget = perSiemens[i] * (factors.IsEmpty ? 1 : factors[i]);
                gradient[at] = moves ? _smallestSiemens * _slope[at] * perTarget : 0;
            }

            offset += perSiemens.Length;
        }
    }
}
