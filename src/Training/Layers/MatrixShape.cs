namespace CircuitSim.Training.Layers;

/// <summary>The matrix of weights of one layer, as arrays have to hold it.</summary>
/// <param name="Name">Kind and sizes.</param>
/// <param name="Inputs">Inputs: kernel²·channels for a convolution, ordered [kernel row, kernel column, channel].</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="PixelCount">Input vectors that pass through it for one sample.</param>
public sealed record MatrixShape(string Name, int Inputs, int Outputs, int PixelCount);
