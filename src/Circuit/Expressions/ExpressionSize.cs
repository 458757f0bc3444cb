namespace CircuitSim.Circuit.Expressions;

/// <summary>Size of a syntax tree.</summary>
/// <param name="Count">Its nodes.</param>
/// <param name="Depth">Nodes from the root to the deepest leaf; trees are walked recursively.</param>
internal readonly record struct ExpressionSize(long Count, int Depth)
{
    /// <summary>Depth from which on walking a tree could exhaust the stack.</summary>
    public const int DeepestTree = 4_500;

    /// <summary>Measures a tree.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="replaced">Size of what will stand in the place of a node, or null for the node itself.</param>
    public static ExpressionSize Of(ExpressionNode root, Func<ExpressionNode, ExpressionSize?>? replaced = null)
    {
        long count = 0;
        int deepest = 0;
        var open = new Stack<(ExpressionNode Node, int Depth)>([(root, 1)]);
        while (open.TryPop(out (ExpressionNode Node, int Depth) top))
        {
            ExpressionSize size = replaced?.Invoke(top.Node) ?? new ExpressionSize(1, 1);
            count += size.Count;
            deepest = Math.Max(deepest, top.Depth - 1 + size.Depth);
            foreach (ExpressionNode part in top.Node.Parts()) open.Push((part, top.Depth + 1));
        }

        return new ExpressionSize(count, deepest);
    }
}
