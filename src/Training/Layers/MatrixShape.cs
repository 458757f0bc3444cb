namespace CircuitSim.Training.Layers;

/// <summary>The matrix of weights of one layer, as arrays have to hold it.</summary>
/// <param name="Name">Kind and sizes.</param>
/// <param name="Inputs">Inputs: kernel²·channels for a convolution, ordered [kernel row, kernel column, channel].</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="PixelCount">Input vectors that pass through it for one sample.</param>
/// <param name="HasSignedInput">Whether inputs may be below zero, which arrays read in two steps.</param>
public sealed record MatrixShape(string Name, int Inputs, int Outputs, int PixelCount, bool HasSignedInput);
