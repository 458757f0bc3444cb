using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CircuitSim.Circuit.Linear;

/// <summary>The vector units of this processor, as far as the last digits of results depend on them.</summary>
/// <remarks>
/// Sums over wider vectors are added up in another order. Results of equal vector units are the same bit by bit; between
/// different ones node voltages differ by rounding.
/// </remarks>
public static class VectorUnits
{
    /// <summary>Architecture, width of the dense kernels and width of plain vectors in bits, for example <c>x64 512/256</c>; kernels without vectors count 64 bits.</summary>
    public static string Name { get; } = string.Create(CultureInfo.InvariantCulture,
        $"{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()} {Lanes}/{8 * Vector<byte>.Count}");

    private static int Lanes => DenseLanes512.IsSupported ? 512 : DenseLanes256.IsSupported ? 256 : 64;
}
