using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>A rectangle of a crossbar reduced to the nodes on its border: a mesh of positive conductances between them.</summary>
/// <remarks>
/// Ports in order: left (the word-line nodes before it, or the sources), right (its last word-line nodes, unless the lines end
/// here), top (its first bit-line nodes, unless the lines begin here), bottom (the bit-line nodes after it, or the ends).
/// Conductances are kept instead of a nodal matrix because the diagonal, minus the sum of a row, is then never rounded: what
/// reduces the error from 1e-11 V to 1e-14 V in double, and makes single precision possible at all. Storage is rented; <see cref="Return"/> gives it back.
/// </remarks>
/// <typeparam name="T">Precision of the mesh, double or float.</typeparam>
internal sealed class Tile<T> : Tile
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Tile(int rows, int columns, bool hasRight, bool hasTop)
    {
        (Rows, Columns, HasRight, HasTop) = (rows, columns, hasRight, hasTop);
        Stride = RoundUp(PortCount);
        Mesh = ArrayPool<T>.Shared.Rent(PortCount * Stride);
        Array.Clear(Mesh, 0, PortCount * Stride);
    }

    internal int Rows { get; }

    internal int Columns { get; }

    internal bool HasRight { get; }

    internal bool HasTop { get; }

    internal int RightStart => Rows;

    internal int TopStart => HasRight ? 2 * Rows : Rows;

    internal int BottomStart => HasTop ? TopStart + Columns : TopStart;

    internal int PortCount => BottomStart + Columns;

    /// <summary>Length of a row of <see cref="Mesh"/>.</summary>
    internal int Stride { get; }

    /// <summary>Conductance between two ports, in the unit of the reduction, symmetric, row-major; the diagonal means nothing.</summary>
    internal T[] Mesh { get; }

    /// <summary>Next multiple of a vector of eight doubles or sixteen floats.</summary>
    internal static int RoundUp(int count)
    {
        int lanes = 64 / Unsafe.SizeOf<T>();
        return (count + lanes - 1) / lanes * lanes;
    }

    internal override void Return()
    {
        if (!IsKept) ArrayPool<T>.Shared.Return(Mesh);
    }
}
