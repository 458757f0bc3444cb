using System.Numerics;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>An independent voltage source; its current is an unknown of its own.</summary>
internal sealed class VoltageSourceDevice(NativeCircuitBuilder builder, int plus, int minus, int branch, SourceValue value) : IndependentSource(value)
{
    private readonly BranchStamp _branch = new(builder, plus, minus, branch);

    /// <inheritdoc/>
    public override void Load(LoadState state) => _branch.Load(state, Level(state));

    /// <inheritdoc/>
    public override void LoadStimulus(Complex[] rightHandSide) => rightHandSide[branch] += Stimulus;
}
