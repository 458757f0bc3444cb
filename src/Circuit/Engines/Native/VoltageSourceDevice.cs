using System.Numerics;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>An independent voltage source; its current is an unknown of its own.</summary>
internal sealed class VoltageSourceDevice(int branch, SourceValue value) : IndependentSource(value)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Rows { get; } = [branch];

    /// <inheritdoc/>
    public override void Load(LoadState state) => state.AddResidual(branch, -Level(state));

    /// <inheritdoc/>
    public override void LoadStimulus(Complex[] rightHandSide) => rightHandSide[branch] += Stimulus;
}
