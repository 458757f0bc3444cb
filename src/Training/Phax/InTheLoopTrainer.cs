using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Phax;

/// <summary>Fine-tunes inverter networks through their exact circuit: wires, sneak paths, loaded inverters and device equations.</summary>
/// <remarks>
/// Every step maps θ onto conductances, solves the circuit of the whole batch and follows the adjoint circuit back:
/// dL/dθ = dL/dG · dG/dθ, with dL/dG exact (see <c>docs/derivations/adjoint.md</c>). The same inputs give the same network on one
/// machine, on any number of threads.
/// </remarks>
public static class InTheLoopTrainer
{
    /// <summary>Fine-tunes a network.</summary>
    /// <param name="network">A trained network.</param>
    /// <param name="card">The memristor technology that it is mapped onto.</param>
    /// <param name="mapping">Inverter, wires, and what to do with conductances outside the card's window.</param>
    /// <param name="options">Loss, schedule and the chip's devices, if known.</param>
    /// <param name="training">Training part as voltages.</param>
    /// <param name="test">Test part as voltages; it is evaluated, never followed.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellationToken">Ends the run between batches.</param>
    /// <returns>The network and its history.</returns>
    /// <exception cref="InvalidDesignException">Options are out of range, or the data do not fit the network.</exception>
    /// <exception cref="ConductanceRangeException">A device is outside the card's window and clipping was not asked for.</exception>
    /// <exception cref="ConvergenceException">A circuit did not settle.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight has lost its meaning, or nothing moves any more.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static InTheLoopResult FineTune(
        TrainedNetwork network, DeviceCard card, MappingOptions mapping, InTheLoopOptions options, VoltageSet training, VoltageSet test,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        options.Check(network);
        RequireFit(network, training, test);

        var model = new CircuitModel(network, card, mapping, options, cancellationToken);
        (double loss, int right) = model.Evaluate(training.InputVolts.Span, training.Labels.Span);
        (_, int testRight) = model.Evaluate(test.InputVolts.Span, test.Labels.Span);
        var before = new EpochRecord(0, loss, (double)right / training.SampleCount, (double)testRight / test.SampleCount);
        IReadOnlyList<EpochRecord> history =
            new TrainingLoop(model, options.Schedule, training.SampleCount, "Training in the loop").Run(training, test, progress, cancellationToken);
        return new InTheLoopResult { Network = model.ToNetwork(), Before = before, History = history };
    }

    private static void RequireFit(TrainedNetwork network, VoltageSet training, VoltageSet test)
    {
        int inputs = network.Layers[0].InputCount, outputs = network.Layers[^1].OutputCount;
        var violations = new List<string>();
        foreach ((VoltageSet set, string name) in new[] { (training, "training"), (test, "test") })
        {
            if (set.SampleCount == 0) violations.Add($"The {name} part is empty; at least one sample is needed.");
            if (set.InputCount != inputs) violations.Add($"The {name} part has {set.InputCount} inputs, the network {inputs}.");
            foreach (int label in set.Labels.Span)
            {
                if (label >= 0 && label < outputs) continue;
                violations.Add($"The {name} part has class {label}; the network's outputs are 0 to {outputs - 1}.");
                break;
            }
        }

        if (violations.Count > 0) throw new InvalidDesignException("Training in the loop", violations);
    }
}
