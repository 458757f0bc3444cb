using System.Numerics;
using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Smallest tile: a few cross-points of one word line, reduced node by node, in double whatever the precision of the tile.</summary>
internal static class TileStrip
{
    internal const int MostColumns = 4;
    private const int MostNodes = 1 + 3 * MostColumns;

    /// <summary>Reduces cross-points of one word line.</summary>
    /// <param name="spec">The crossbar, with resistive segments and ends that are not merged with a device's node.</param>
    /// <param name="boundary">Its wires.</param>
    /// <param name="opens">Its open segments.</param>
    /// <param name="wordLine">Word line.</param>
    /// <param name="first">First bit line.</param>
    /// <param name="columns">Bit lines, at most four.</param>
    /// <param name="unitSiemens">Unit of the tile's conductances, a power of two.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Tile<T> Reduce<T>(CrossbarSpec spec, in CrossbarBoundary boundary, LineOpens opens, int wordLine, int first, int columns, double unitSiemens)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool hasRight = first + columns < spec.BitLineCount, hasTop = wordLine > 0;
        var tile = new Tile<T>(1, columns, hasRight, hasTop);
        // Inner nodes first, ports after them, so that elimination runs upwards.
        bool isMerged = first == 0 && double.IsPositiveInfinity(boundary.FeedSiemens) && !opens.Word(wordLine, 0);
        int inner = 0;
        Span<int> word = stackalloc int[MostColumns], bit = stackalloc int[MostColumns];
        for (int j = 0; j < columns; j++)
        {
            bool isPort = (j == 0 && isMerged) || (j == columns - 1 && hasRight);
            word[j] = isPort ? -1 : inner++;
            bit[j] = hasTop ? -1 : inner++;
        }

        for (int j = 0; j < columns; j++)
        {
            if (word[j] < 0) word[j] = inner + (j == 0 && isMerged ? 0 : tile.RightStart);
            if (bit[j] < 0) bit[j] = inner + tile.TopStart + j;
        }

        Span<double> mesh = stackalloc double[MostNodes * MostNodes];
        mesh.Clear();
        int nodes = inner + tile.PortCount;
        for (int j = 0; j < columns; j++)
        {
            double feed = first + j == 0 ? boundary.FeedSiemens : boundary.WordSegmentSiemens;
            if (!(j == 0 && isMerged) && !opens.Word(wordLine, first + j)) Connect(mesh, j == 0 ? inner : word[j - 1], word[j], feed);
            Connect(mesh, word[j], bit[j], spec[wordLine, first + j]);
            if (opens.Bit(wordLine, first + j)) continue;
            // A segment to an open end carries nothing: the gate has the voltage of the last node whatever it is.
            bool hasGround = wordLine == spec.WordLineCount - 1 && boundary.EndSiemens > 0;
            Connect(mesh, bit[j], inner + tile.BottomStart + j, hasGround ? boundary.EndSiemens : boundary.BitSegmentSiemens);
        }

        Eliminate(mesh, inner, nodes);
        for (int a = 0; a < tile.PortCount; a++)
            for (int b = 0; b < tile.PortCount; b++)
                if (a != b) tile.Mesh[a * tile.Stride + b] = T.CreateTruncating(mesh[(inner + a) * MostNodes + inner + b] / unitSiemens);
        return tile;
    }

    private static void Connect(Span<double> mesh, int a, int b, double siemens)
    {
        mesh[a * MostNodes + b] += siemens;
        mesh[b * MostNodes + a] += siemens;
    }

    // Star to mesh: every pair of neighbours of node k gets g_a·g_b / Σ g.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eliminate(Span<double> mesh, int inner, int nodes)
    {
        for (int k = 0; k < inner; k++)
        {
            double sum = 0;
            for (int a = k + 1; a < nodes; a++) sum += mesh[k * MostNodes + a];
            if (sum == 0) continue;
            for (int a = k + 1; a < nodes; a++)
            {
                double share = mesh[k * MostNodes + a] / sum;
                if (share == 0) continue;
                for (int b = k + 1; b < nodes; b++)
                    if (b != a) mesh[a * MostNodes + b] += share * mesh[k * MostNodes + b];
            }
        }
    }
}
