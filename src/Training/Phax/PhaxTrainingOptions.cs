using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Training.Losses;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Training.Phax;

/// <summary>What a PHAX training run needs besides its data.</summary>
public sealed record PhaxTrainingOptions
{
    /// <summary>Inputs, then neurons of each layer, for example 196, 100, 10; the first must fit the features, the last the classes.</summary>
    public required IReadOnlyList<int> LayerSizes { get; init; }

    /// <summary>Supply Vdd, volts, positive.</summary>
    public double SupplyVolts { get; init; } = 0.5;

    /// <summary>K/σ_min, dimensionless, positive: 7.33 in the PHAX authors' code, 64.83 in the paper's device window.</summary>
    public double ConductanceRatio { get; init; } = 7.33;

    /// <summary>θ per unit of what the optimiser moves, positive.</summary>
    /// <remarks>
    /// θ has to move by several units to cross the conductance window, where the weights of an ordinary network move by a fraction of
    /// one; optimising θ/10 lets learning rates known from ordinary networks fit. 1 optimises θ itself, as the PHAX authors do.
    /// Initial θ do not depend on it.
    /// </remarks>
    public double ThetaScale { get; init; } = 10;

    /// <summary>Inverter of every neuron.</summary>
    public InverterModel Inverter { get; init; } = InverterModel.EkvPhax90;

    /// <summary>What a neuron is taken for.</summary>
    public NeuronCurveKind Curve { get; init; } = NeuronCurveKind.Tanh;

    /// <summary>σ_min, siemens, when hidden neurons are to carry the nominal load of the next crossbar; null trains with unloaded curves.</summary>
    public double? NominalLoadMinimumSiemens { get; init; }

    /// <summary>What to minimise.</summary>
    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>Optimiser, batches, epochs and seed.</summary>
    public TrainingSchedule Schedule { get; init; } = new();

    /// <summary>The neuron curves that these options ask for, one a layer.</summary>
    /// <returns>Curves from the first layer to the last.</returns>
    /// <exception cref="InvalidDesignException">Values are out of range; all violations are listed.</exception>
    public IReadOnlyList<INeuronCurve> CreateCurves()
    {
        Check();
        NominalLoad? load = NominalLoadMinimumSiemens is double minimum ? new NominalLoad(minimum, ConductanceRatio) : null;
        return NeuronCurves.Create(Curve, Inverter, SupplyVolts, LayerSizes, load);
    }

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="InvalidDesignException">Values are out of range; all violations are listed.</exception>
    internal void Check()
    {
        var violations = new List<string>();
        if (LayerSizes.Count < 2) violations.Add($"{LayerSizes.Count} layer sizes; inputs and at least one layer are needed.");
        for (int i = 0; i < LayerSizes.Count; i++)
            if (LayerSizes[i] < 1) violations.Add($"Layer size {i} is {LayerSizes[i]}; at least 1 is needed.");
        RequirePositive(SupplyVolts, "Supply", " V", violations);
        RequirePositive(ConductanceRatio, "Conductance ratio", "", violations);
        RequirePositive(ThetaScale, "Theta scale", "", violations);
        if (NominalLoadMinimumSiemens is double minimum) RequirePositive(minimum, "Minimum conductance", " S", violations);
        if (!Enum.IsDefined(Curve)) violations.Add($"Neuron curve {(int)Curve} is unknown; choose {string.Join(", ", Enum.GetNames<NeuronCurveKind>())}.");
        if (!Enum.IsDefined(Loss)) violations.Add($"Loss {(int)Loss} is unknown; choose {string.Join(", ", Enum.GetNames<LossKind>())}.");
        if (violations.Count > 0) throw new InvalidDesignException("PHAX training options", violations);
        Schedule.Check();
    }

    private static void RequirePositive(double value, string what, string unit, List<string> violations)
    {
        if (!(value > 0) || !double.IsFinite(value))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"{what} is {value:R}{unit}; it must be positive."));
    }
}
