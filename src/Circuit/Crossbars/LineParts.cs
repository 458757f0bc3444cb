namespace CircuitSim.Circuit.Crossbars;

/// <summary>Parts that opens break lines into, and which of them devices and shorts connect to a source or to ground.</summary>
internal static class LineParts
{
    /// <summary>True when shorts alone hold a part of a line, so that the crossbar without its shorts has no solution.</summary>
    internal static bool NeedShorts(CrossbarSpec spec) =>
        spec.HasShortedLines && Floating(spec.WithFaults(spec.Faults.Where(fault => fault.IsOpen))).Count > 0;

    /// <summary>Names of the parts without a way to a known voltage.</summary>
    internal static List<string> Floating(CrossbarSpec spec)
    {
        int m = spec.WordLineCount, n = spec.BitLineCount;
        var opens = new LineOpens(spec);
        var names = new List<string>();
        var isHeld = new List<bool>();
        int[] word = new int[m * n], bit = new int[m * n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                bool isOpen = opens.Word(i, j);
                if (j == 0 || isOpen) Begin(isOpen ? $"word line {i + 1} from bit line {j + 1} on" : $"word line {i + 1}", !isOpen);
                word[i * n + j] = names.Count - 1;
            }

        for (int j = 0; j < n; j++)
            for (int i = m - 1; i >= 0; i--)
            {
                bool isLast = i == m - 1, isOpen = opens.Bit(i, j);
                // The end of a bit line is a part by itself when its last segment is open.
                if (isLast && isOpen && spec.BitLineEnd == BitLineEnd.Open) Begin($"the end of bit line {j + 1}", false);
                if (isLast || isOpen)
                    Begin(isOpen ? $"bit line {j + 1} up to word line {i + 1}" : $"bit line {j + 1}", isLast && !isOpen && spec.BitLineEnd == BitLineEnd.Ground);
                bit[i * n + j] = names.Count - 1;
            }

        int[] root = [.. Enumerable.Range(0, names.Count)];
        ReadOnlySpan<double> g = spec.ConductanceSiemens.Span;
        for (int at = 0; at < g.Length; at++)
        {
            if (g[at] > 0) Join(word[at], bit[at]);
        }

        foreach (LineFault fault in spec.Faults.Where(fault => !fault.IsOpen))
        {
            Branch branch = Branch.OfShort(fault, n);
            Join((branch.FromWord ? word : bit)[branch.From], (branch.ToWord ? word : bit)[branch.To]);
        }

        return [.. Enumerable.Range(0, names.Count).Where(part => !isHeld[Root(part)]).Select(part => names[part])];

        void Begin(string name, bool held)
        {
            names.Add(name);
            isHeld.Add(held);
        }

        void Join(int one, int other)
        {
            int a = Root(one), b = Root(other);
            root[a] = b;
            isHeld[b] |= isHeld[a];
        }

        int Root(int part)
        {
            while (root[part] != part) part = root[part] = root[root[part]];
            return part;
        }
    }
}
