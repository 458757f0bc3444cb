namespace CircuitSim.Training.Onnx;

/// <summary>Operators on shapes and lists of whole numbers, which exporters use to compute what a Reshape asks for; all are done while the file is read.</summary>
internal static class ShapeOperators
{
    private const int ListLimit = 64;

    public static ShapeValue? Shape(NodeArguments a)
    {
        long start = a.Integer("start", 0), end = a.Integer("end", long.MaxValue);
        if (a.IsConstant(0) && a.Constant(0) is not { } || !a.IsConstant(0) && a.Relabelled(0) is not { }) return null;
        long?[] all = a.IsConstant(0) ? [.. a.Constant(0)!.Tensor.Dimensions.Select(d => (long?)d)] : a.Relabelled(0)!.Dimensions;
        int first = Place(start), last = Place(end);
        return new ShapeValue([.. all.Skip(first).Take(last - first)]);

        int Place(long index) => (int)Math.Clamp(index < 0 ? index + all.Length : index, 0, all.Length);
    }

    public static ShapeValue? Gather(NodeArguments a)
    {
        a.Expect("axis", 0, "only entries of a shape are gathered.");
        if (a.List(0) is not { } from || a.List(1) is not { } places) return null;
        int count = from.Entries.Count;
        if (!from.IsScalar && places.Entries.All(p => p >= -count && p < count))
            return new ShapeValue([.. places.Entries.Select(p => from.Entries[(int)((p!.Value + count) % count)])], places.IsScalar);
        a.Complain($"takes entries [{string.Join(", ", places.Entries)}] of a shape of {count}.");
        return null;
    }

    public static ShapeValue? Unsqueeze(NodeArguments a)
    {
        if (a.List(0) is not { } scalar) return null;
        long[]? axes = a.Axes(1);
        if (scalar.IsScalar && axes is [0]) return scalar with { IsScalar = false };
        if (!a.HasProblems) a.Complain("only a single entry of a shape can be turned into a list.");
        return null;
    }

    public static ShapeValue? Squeeze(NodeArguments a)
    {
        if (a.List(0) is not { } list) return null;
        long[]? axes = a.Axes(1);
        if (!a.HasProblems && list is { IsScalar: false, Entries.Count: 1 } && axes is null or [0]) return list with { IsScalar = true };
        if (!a.HasProblems) a.Complain($"only a list of one entry can be turned into a single number; this has {list.Entries.Count}.");
        return null;
    }

    public static ShapeValue? Reshape(NodeArguments a)
    {
        if (a.List(0) is not { } list || a.List(1) is not { } shape) return null;
        if (shape.Entries.Count == 0 && list.Entries.Count == 1) return list with { IsScalar = true };
        if (shape.Entries is [{ } count] && (count == -1 || count == list.Entries.Count)) return list with { IsScalar = false };
        a.Complain($"turns {list.Entries.Count} whole numbers into the shape {NodeArguments.Shape(shape.Entries)}; they stay a list, or become a single number.");
        return null;
    }

    public static ShapeValue? Concatenate(NodeArguments a)
    {
        long axis = a.Integer("axis", 0);
        if (axis is not (0 or -1)) a.Complain($"axis = {axis}; only shapes are joined, along axis 0. Networks that join channels are not supported.");
        var all = new List<long?>();
        for (int k = 0; k < a.InputCount && !a.HasProblems; k++)
        {
            if (a.List(k) is not { } piece) return null;
            all.AddRange(piece.Entries);
            if (piece.IsScalar || all.Count > ListLimit) a.Complain($"only lists are joined, into one of at most {ListLimit}.");
        }

        return new ShapeValue(all);
    }

    /// <summary>Entry by entry, one entry against all of a longer list.</summary>
    /// <param name="a">The node.</param>
    /// <param name="operation">What is done to two entries.</param>
    /// <param name="neutral">Second number that changes nothing, and is all that may meet the number of samples.</param>
    public static ShapeValue? Arithmetic(NodeArguments a, Func<long, long, long> operation, long neutral)
    {
        if (a.List(0) is not { } first || a.List(1) is not { } second) return null;
        int count = Math.Max(first.Entries.Count, second.Entries.Count);
        if (first.Entries.Count != count && first.Entries.Count != 1 || second.Entries.Count != count && second.Entries.Count != 1)
        {
            a.Complain($"takes lists of {first.Entries.Count} and {second.Entries.Count} whole numbers; both must be equally long, or one a single number.");
            return null;
        }

        var all = new long?[count];
        for (int k = 0; k < count; k++)
        {
            long? x = first.Entries[first.Entries.Count == 1 ? 0 : k], y = second.Entries[second.Entries.Count == 1 ? 0 : k];
            if (x is null && y == neutral) continue;
            try
            {
                if (x is { } one && y is { } two)
                {
                    all[k] = checked(operation(one, two));
                    if (Math.Abs((decimal)all[k]!.Value) <= int.MaxValue && Math.Abs((decimal)one) <= int.MaxValue && Math.Abs((decimal)two) <= int.MaxValue) continue;
                }
            }
            catch (ArithmeticException)
            {
                // Told below, with the numbers.
            }

            a.Complain($"computes {a.Node.Operator} of {NodeArguments.Entry(x)} and {NodeArguments.Entry(y)}; numbers of a shape are known, within ±{int.MaxValue}, and not divided by 0.");
            return null;
        }

        return new ShapeValue(all, first.IsScalar && second.IsScalar);
    }

    public static ShapeValue? Product(NodeArguments a)
    {
        if (a.List(0) is not { } list) return null;
        a.Axes(1);
        double product = list.Entries.Aggregate(1.0, (all, e) => all * (e ?? double.NaN));
        if (!a.HasProblems && Math.Abs(product) <= int.MaxValue) return new ShapeValue([(long)product], a.Integer("keepdims", 1) == 0);
        if (!a.HasProblems) a.Complain($"multiplies {NodeArguments.Shape(list.Entries)}; numbers of a shape are known, and their product is within ±{int.MaxValue}.");
        return null;
    }

    public static ShapeValue? Slice(NodeArguments a)
    {
        if (a.List(0) is not { } list) return null;
        bool hasAttributes = a.Has("starts");
        IReadOnlyList<long?>? starts = Part("starts", 1), ends = Part("ends", 2), axes = Part("axes", 3) ?? [0], steps = (hasAttributes ? null : Part("steps", 4)) ?? [1];
        if (a.HasProblems) return null;
        if (list.IsScalar || starts is not [{ } start] || ends is not [{ } end] || axes is not [0 or -1] || steps is not [1])
        {
            a.Complain("only one run of entries of a shape is taken, one by one: starts, ends and steps of one number each, along axis 0. Pieces of images are not supported.");
            return null;
        }

        int first = Place(start), last = Place(end);
        return new ShapeValue([.. list.Entries.Skip(first).Take(last - first)]);

        IReadOnlyList<long?>? Part(string name, int input) =>
            hasAttributes ? a.Integers(name)?.Select(v => (long?)v).ToArray() : a.HasInput(input) ? a.List(input)?.Entries : null;

        int Place(long index) => (int)Math.Clamp(index < 0 ? index + list.Entries.Count : index, 0, list.Entries.Count);
    }
}
