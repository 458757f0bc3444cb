using System.Numerics;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>An independent current source.</summary>
internal sealed class CurrentSourceDevice(int plus, int minus, SourceValue value) : IndependentSource(value)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Rows { get; } = [plus, minus];

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        double current = Level(state);
        state.AddResidual(plus, current);
        state.AddResidual(minus, -current);
    }

    /// <inheritdoc/>
    public override void LoadStimulus(Complex[] rightHandSide)
    {
        if (plus >= 0) rightHandSide[plus] -= Stimulus;
        if (minus >= 0) rightHandSide[minus] += Stimulus;
    }
}
