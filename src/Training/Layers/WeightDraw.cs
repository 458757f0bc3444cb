namespace CircuitSim.Training.Layers;

/// <summary>Which programming errors a matrix gets.</summary>
/// <param name="Seed">Seed of the chip, or of the run while training.</param>
/// <param name="Step">Training step, or null for a programmed chip whose errors stay.</param>
internal readonly record struct WeightDraw(ulong Seed, long? Step);
