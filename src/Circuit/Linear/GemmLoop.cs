namespace CircuitSim.Circuit.Linear;

/// <summary>One of the nested loops over the terms of a <see cref="PatchGemm"/> product.</summary>
/// <param name="Count">Passes, at least 1.</param>
/// <param name="LeftStride">Distance in the left factor between neighbouring passes, at least 0.</param>
/// <param name="RightStride">Distance in the right factor between neighbouring passes, at least 0.</param>
public readonly record struct GemmLoop(int Count, int LeftStride, int RightStride)
{
    /// <summary>One pass.</summary>
    public static GemmLoop Once => new(1, 0, 0);
}
