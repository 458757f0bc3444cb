namespace CircuitSim.Training.Tests.Onnx;

/// <summary>Evaluates a graph as the operators' definitions say, number by number, with nothing shared with the importer.</summary>
internal static class OnnxReference
{
    /// <summary>An array with its shape, row-major.</summary>
    internal sealed record Tensor(long[] Sides, double[] Values)
    {
        public double this[params long[] place] => Values[Offset(Sides, place)];
    }

    /// <summary>One node as the writer was told of it.</summary>
    internal sealed record Node(string Type, string[] Inputs, string Output, Dictionary<string, object> Attributes);

    /// <summary>Runs all nodes in order.</summary>
    public static Tensor Run(IReadOnlyList<Node> nodes, IReadOnlyDictionary<string, Tensor> constants, string input, Tensor given)
    {
        var values = new Dictionary<string, Tensor>(constants) { [input] = given };
        Tensor last = given;
        foreach (Node node in nodes)
        {
            last = Evaluate(node, [.. node.Inputs.Select(i => values[i])]);
            values[node.Output] = last;
        }

        return last;
    }

    private static Tensor Evaluate(Node node, Tensor[] x) => node.Type switch
    {
        "Conv" => Convolution(node, x),
        "Relu" => x[0] with { Values = [.. x[0].Values.Select(v => Math.Max(v, 0))] },
        "MaxPool" => Pool(node, x[0], window => window.Max()),
        "AveragePool" => Pool(node, x[0], window => window.Average()),
        "Add" => Elementwise(x[0], x[1], (a, b) => a + b),
        "Sub" => Elementwise(x[0], x[1], (a, b) => a - b),
        "Mul" => Elementwise(x[0], x[1], (a, b) => a * b),
        "Div" => Elementwise(x[0], x[1], (a, b) => Math.Truncate(a / b)),
        "MatMul" => Product(x[0], x[1]),
        "Gemm" => Gemm(node, x),
        "Reshape" => Reshape(x[0], Longs(x[1])),
        "Flatten" => Reshape(x[0], [Count(x[0].Sides.Take((int)Axis(node, 1))), -1]),
        "Transpose" => Transpose(x[0], node.Attributes.TryGetValue("perm", out object? perm) ? (long[])perm : [.. Enumerable.Range(0, x[0].Sides.Length).Reverse().Select(k => (long)k)]),
        "Squeeze" => new Tensor([.. x[0].Sides.Where((_, k) => !Axes(node, x, x[0].Sides.Length).Contains(k))], x[0].Values),
        "Unsqueeze" => Unsqueeze(node, x),
        "Identity" or "Cast" or "Dropout" => x[0],
        "Concat" => Join(x, Axis(node, 0)),
        "Shape" => new Tensor([x[0].Sides.Length], [.. x[0].Sides.Select(s => (double)s)]),
        "Gather" => new Tensor(x[1].Sides, [.. Longs(x[1]).Select(i => x[0].Values[i < 0 ? i + x[0].Values.Length : i])]),
        "Slice" => new Tensor([Longs(x[2])[0] - Longs(x[1])[0]], x[0].Values[(int)Longs(x[1])[0]..(int)Longs(x[2])[0]]),
        "ReduceProd" => new Tensor([1], [x[0].Values.Aggregate(1.0, (a, b) => a * b)]),
        "ReduceMean" => Mean(node, x),
        "BatchNormalization" => Normalize(x),
        _ => throw new ArgumentException($"No definition of {node.Type} here.", nameof(node)),
    };

    private static Tensor Convolution(Node node, Tensor[] x)
    {
        long[] at = x[0].Sides, w = x[1].Sides, pads = (long[])node.Attributes.GetValueOrDefault("pads", new long[4]);
        if (node.Attributes.TryGetValue("auto_pad", out object? auto) && auto is "SAME_UPPER") pads = [(w[2] - 1) / 2, (w[3] - 1) / 2, w[2] / 2, w[3] / 2];
        long rows = at[2] + pads[0] + pads[2] - w[2] + 1, columns = at[3] + pads[1] + pads[3] - w[3] + 1;
        return Make([at[0], w[0], rows, columns], p =>
        {
            double sum = x.Length > 2 ? x[2].Values[p[1]] : 0;
            for (long c = 0; c < w[1]; c++)
                for (long i = 0; i < w[2]; i++)
                    for (long j = 0; j < w[3]; j++)
                    {
                        long row = p[2] + i - pads[0], column = p[3] + j - pads[1];
                        if (row >= 0 && row < at[2] && column >= 0 && column < at[3]) sum += x[1][p[1], c, i, j] * x[0][p[0], c, row, column];
                    }

            return sum;
        });
    }

    private static Tensor Pool(Node node, Tensor x, Func<IEnumerable<double>, double> take)
    {
        long[] size = (long[])node.Attributes["kernel_shape"], step = (long[])node.Attributes.GetValueOrDefault("strides", new long[] { 1, 1 });
        return Make([x.Sides[0], x.Sides[1], (x.Sides[2] - size[0]) / step[0] + 1, (x.Sides[3] - size[1]) / step[1] + 1], p => take(
            Enumerable.Range(0, (int)(size[0] * size[1])).Select(k => x[p[0], p[1], p[2] * step[0] + k / size[1], p[3] * step[1] + k % size[1]])));
    }

    private static Tensor Elementwise(Tensor a, Tensor b, Func<double, double, double> what)
    {
        int rank = Math.Max(a.Sides.Length, b.Sides.Length);
        long[] one = Padded(a), two = Padded(b);
        return Make([.. one.Zip(two, Math.Max)], p => what(Value(a, one, p), Value(b, two, p)));

        long[] Padded(Tensor t) => [.. Enumerable.Repeat(1L, rank - t.Sides.Length), .. t.Sides];

        static double Value(Tensor t, long[] sides, long[] p) => t.Values[Offset(sides, [.. p.Select((k, i) => sides[i] == 1 ? 0 : k)])];
    }

    private static Tensor Product(Tensor a, Tensor b) => Make([.. a.Sides.Take(a.Sides.Length - 1), b.Sides[1]], p =>
    {
        double sum = 0;
        long inner = b.Sides[0], row = Offset(a.Sides, [.. p.Take(p.Length - 1), 0]);
        for (long k = 0; k < inner; k++) sum += a.Values[row + k] * b[k, p[^1]];
        return sum;
    });

    private static Tensor Gemm(Node node, Tensor[] x)
    {
        Tensor product = Product(x[0], node.Attributes.ContainsKey("transB") ? Transpose(x[1], [1, 0]) : x[1]);
        return x.Length > 2 ? Elementwise(product, x[2], (a, b) => a + b) : product;
    }

    private static Tensor Reshape(Tensor x, long[] shape)
    {
        long[] sides = [.. shape.Select((s, k) => s == 0 ? x.Sides[k] : s)];
        int open = Array.IndexOf(sides, -1);
        if (open >= 0) sides[open] = x.Values.Length / Count(sides.Where(s => s > 0));
        return new Tensor(sides, x.Values);
    }

    private static Tensor Transpose(Tensor x, long[] perm) => Make([.. perm.Select(k => x.Sides[k])], p =>
    {
        var from = new long[p.Length];
        for (int k = 0; k < p.Length; k++) from[perm[k]] = p[k];
        return x[from];
    });

    private static Tensor Unsqueeze(Node node, Tensor[] x)
    {
        long[] listed = node.Attributes.TryGetValue("axes", out object? given) ? (long[])given : Longs(x[1]);
        List<long> sides = [.. x[0].Sides];
        foreach (long axis in listed.Select(a => a < 0 ? a + x[0].Sides.Length + listed.Length : a).Order()) sides.Insert((int)axis, 1);
        return new Tensor([.. sides], x[0].Values);
    }

    private static Tensor Join(Tensor[] x, long listed)
    {
        long axis = listed < 0 ? listed + x[0].Sides.Length : listed;
        return Make([.. x[0].Sides.Select((s, k) => k == axis ? x.Sum(t => t.Sides[k]) : s)], p =>
        {
            long[] place = [.. p];
            int piece = 0;
            while (place[axis] >= x[piece].Sides[axis]) place[axis] -= x[piece++].Sides[axis];
            return x[piece][place];
        });
    }

    private static Tensor Mean(Node node, Tensor[] x)
    {
        long[] axes = Axes(node, x, x[0].Sides.Length);
        bool keeps = !node.Attributes.TryGetValue("keepdims", out object? k) || Convert.ToInt64(k, System.Globalization.CultureInfo.InvariantCulture) != 0;
        long[] kept = [.. x[0].Sides.Select((s, i) => axes.Contains(i) ? 1 : s)];
        var sums = new double[Count(kept)];
        for (long i = 0; i < x[0].Values.Length; i++)
        {
            long[] place = Place(x[0].Sides, i);
            foreach (long axis in axes) place[axis] = 0;
            sums[Offset(kept, place)] += x[0].Values[i] * sums.Length / x[0].Values.Length;
        }

        return new Tensor(keeps ? kept : [.. kept.Where((_, i) => !axes.Contains(i))], sums);
    }

    private static Tensor Normalize(Tensor[] x) => Make(x[0].Sides, p =>
        x[1].Values[p[1]] * (x[0][p] - x[3].Values[p[1]]) / Math.Sqrt(x[4].Values[p[1]] + 1e-5) + x[2].Values[p[1]]);

    private static Tensor Make(long[] sides, Func<long[], double> value) => new(sides, [.. Enumerable.Range(0, (int)Count(sides)).Select(i => value(Place(sides, i)))]);

    private static long[] Axes(Node node, Tensor[] x, int rank) =>
        [.. (node.Attributes.TryGetValue("axes", out object? given) ? (long[])given : x.Length > 1 ? Longs(x[1]) : [.. x[0].Sides.Select((s, k) => s == 1 ? k : -1L).Where(k => k >= 0)]).Select(a => a < 0 ? a + rank : a)];

    private static long Axis(Node node, long standard) =>
        node.Attributes.TryGetValue("axis", out object? axis) ? Convert.ToInt64(axis, System.Globalization.CultureInfo.InvariantCulture) : standard;

    private static long[] Longs(Tensor x) => [.. x.Values.Select(v => (long)v)];

    private static long Count(IEnumerable<long> sides) => sides.Aggregate(1L, (a, b) => a * b);

    private static long Offset(long[] sides, long[] place)
    {
        long at = 0;
        for (int k = 0; k < sides.Length; k++) at = at * sides[k] + place[k];
        return at;
    }

    private static long[] Place(long[] sides, long index)
    {
        var place = new long[sides.Length];
        for (int k = sides.Length - 1; k >= 0; k--)
        {
            place[k] = index % sides[k];
            index /= sides[k];
        }

        return place;
    }
}
