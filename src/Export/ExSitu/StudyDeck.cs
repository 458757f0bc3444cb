using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Netlists;

namespace CircuitSim.Export.ExSitu;

/// <summary>One circuit of a study with the inputs of one sample: what a deck is written from and held against.</summary>
/// <param name="Circuit">Crossbars with current read-out.</param>
/// <param name="Description">What the deck holds.</param>
/// <param name="Sample">Test sample, from 0.</param>
/// <param name="InputVolts">Its inputs, volts.</param>
internal sealed record StudyDeck(ReadoutNetwork Circuit, string Description, int Sample, double[] InputVolts)
{
    internal IReadOnlyDictionary<string, double> NodeVolts() =>
        ReadoutElaborator.NodeVolts(Circuit, ReadoutSolver.Create(Circuit).Solve(InputVolts, hasNodeVolts: true));

    internal DeckDraft Draft(string name, string experiment) => DeckDraft.Of(ReadoutSolver.Create(Circuit), name, experiment, Description, Sample, InputVolts);
}
