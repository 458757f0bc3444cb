namespace CircuitSim.Export.ArchitectureAware;

/// <summary>One matrix of weights on arrays.</summary>
/// <param name="Name">Kind and sizes.</param>
/// <param name="Inputs">Inputs.</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="PixelCount">Input vectors for one sample.</param>
/// <param name="ArrayCount">Arrays that hold it.</param>
/// <param name="Utilisation">Share of their cells that hold a weight.</param>
/// <param name="ReadsPerVector">Reads for an input vector applied at once: 2 where inputs may be below zero, else 1.</param>
public sealed record ArrayMatrix(string Name, int Inputs, int Outputs, int PixelCount, int ArrayCount, double Utilisation, int ReadsPerVector);
