using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Networks;
using CircuitSim.Training.Losses;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Phax;

/// <summary>How a trained network is fine-tuned through its exact circuit.</summary>
public sealed record InTheLoopOptions
{
    /// <summary>What to minimise; outputs are those of the circuit's last first inverters.</summary>
    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>Optimiser, batches, epochs and seed: a few epochs of Adam, because the network is trained already.</summary>
    public TrainingSchedule Schedule { get; init; } = new() { Epochs = 10 };

    /// <summary>θ per unit of what the optimiser moves, positive; see <see cref="PhaxTrainingOptions.ThetaScale"/>.</summary>
    public double ThetaScale { get; init; } = 10;

    /// <summary>
    /// Known devices of one chip: programmed over target conductance of every device, positive, one list a layer, row-major
    /// [wordLine, neuron]; null puts every device on its target.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<double>>? ProgrammedOverTarget { get; init; }

    /// <summary>
    /// Expected variation of devices that are not known yet: standard deviation of the logarithm of programmed over target, at least 0.
    /// Every batch is solved on a chip of its own, drawn with the schedule's seed; loss and accuracies are those of exact devices.
    /// </summary>
    public double ExpectedSpread { get; init; }

    /// <summary>Threads and tolerances of the circuit solver; loading cannot be ignored.</summary>
    public NetworkSolverOptions Solver { get; init; } = new();

    /// <summary>Refuses values out of range, and factors that do not fit the network.</summary>
    /// <exception cref="InvalidDesignException">Values are out of range; all violations are listed.</exception>
    internal void Check(TrainedNetwork network)
    {
        var violations = new List<string>();
        if (!Enum.IsDefined(Loss)) violations.Add($"Loss {(int)Loss} is unknown; choose {string.Join(", ", Enum.GetNames<LossKind>())}.");
        if (!(ThetaScale > 0) || !double.IsFinite(ThetaScale))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Theta scale is {ThetaScale:R}; it must be positive."));
        if (Solver.IgnoresLoading) violations.Add("The solver ignores loading; training in the loop takes the circuit as it is.");
        if (!(ExpectedSpread >= 0) || !double.IsFinite(ExpectedSpread))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Expected spread is {ExpectedSpread:R}; it must be at least 0."));
        if (ExpectedSpread > 0 && ProgrammedOverTarget is not null)
            violations.Add("Devices are given and a spread is expected; a chip is either known or drawn.");
        if (ProgrammedOverTarget is { } factors) CheckFactors(factors, network, violations);
        if (violations.Count > 0) throw new InvalidDesignException("Training in the loop", violations);
        Schedule.Check();
    }

    private static void CheckFactors(IReadOnlyList<ReadOnlyMemory<double>> factors, TrainedNetwork network, List<string> violations)
    {
        if (factors.Count != network.Layers.Count)
        {
            violations.Add($"Programmed devices are given for {factors.Count} layers; the network has {network.Layers.Count}.");
            return;
        }

        for (int layer = 0; layer < factors.Count; layer++)
        {
            int expected = network.Layers[layer].Theta.Length;
            if (factors[layer].Length != expected)
            {
                violations.Add($"Layer {layer + 1} has {expected} devices; {factors[layer].Length} ratios of programmed to target conductance are given.");
                continue;
            }

            int bad = factors[layer].ToArray().Count(f => !(f > 0) || !double.IsFinite(f));
            if (bad > 0) violations.Add($"{bad} ratios of programmed to target conductance of layer {layer + 1} are not positive numbers.");
        }
    }
}
