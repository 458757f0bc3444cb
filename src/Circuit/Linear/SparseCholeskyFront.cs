using System.Buffers;

namespace CircuitSim.Circuit.Linear;

/// <summary>Dense part of a sparse factor: some nodes eliminated together, and the later nodes that this connects.</summary>
internal sealed class SparseCholeskyFront
{
    /// <summary>Makes an empty front.</summary>
    /// <param name="start">Position of its first node in the order of elimination.</param>
    /// <param name="depth">Nodes to eliminate.</param>
    /// <param name="boundary">Positions of the later nodes they reach, ascending.</param>
    internal SparseCholeskyFront(int start, int depth, int[] boundary)
    {
        (Start, Depth, Boundary) = (start, depth, boundary);
        Rows = new double[depth * Stride];
        Mesh = ArrayPool<double>.Shared.Rent(boundary.Length * MeshStride);
        Array.Clear(Mesh, 0, boundary.Length * MeshStride);
    }

    internal int Start { get; }

    internal int Depth { get; }

    internal int[] Boundary { get; }

    /// <summary>Columns of <see cref="Rows"/>: own nodes, boundary, and last the sum of conductances to nodes of known voltage.</summary>
    internal int Stride => Depth + Boundary.Length + 1;

    /// <summary>Conductances of the eliminated nodes, later their part of the factor; row-major.</summary>
    internal double[] Rows { get; }

    /// <summary>Conductances among boundary nodes and, in the last column, to known ones; right of the diagonal. Empty once handed on.</summary>
    internal double[] Mesh { get; private set; }

    internal int MeshStride => Boundary.Length + 1;

    /// <summary>Adds the conductances of an eliminated front below to this one.</summary>
    /// <param name="child">The front below; its mesh is given back.</param>
    /// <param name="places">Scratch, at least as long as the child's boundary.</param>
    internal void Take(SparseCholeskyFront child, int[] places)
    {
        int count = child.Boundary.Length, end = Start + Depth, next = 0;
        for (int k = 0; k < count; k++)
        {
            int position = child.Boundary[k];
            if (position < end)
            {
                places[k] = position - Start;
                continue;
            }

            while (Boundary[next] != position) next++;
            places[k] = Depth + next;
        }

        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> from = child.Mesh.AsSpan(i * child.MeshStride, child.MeshStride);
            bool isOwn = places[i] < Depth;
            int shift = isOwn ? 0 : Depth;
            Span<double> to = isOwn
                ? Rows.AsSpan(places[i] * Stride, Stride)
                : Mesh.AsSpan((places[i] - Depth) * MeshStride, MeshStride);
            for (int k = i + 1; k < count; k++) to[places[k] - shift] += from[k];
            to[^1] += from[count];
        }

        child.Return();
    }

    /// <summary>Gives the mesh back.</summary>
    internal void Return()
    {
        ArrayPool<double>.Shared.Return(Mesh);
        Mesh = [];
    }
}
