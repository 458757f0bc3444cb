using System.Runtime.InteropServices;

namespace CircuitSim.Circuit.Linear;

/// <summary>Order of elimination that keeps the factors of a matrix with symmetric pattern sparse.</summary>
/// <remarks>
/// Minimum degree on the quotient graph with approximate external degrees, element absorption, mass elimination and merging of
/// indistinguishable variables, after Amestoy, Davis and Duff, SIAM J. Matrix Anal. Appl. 17 (1996) 886. Rows that are
/// almost dense (supply rails) are put last at once.
/// </remarks>
internal sealed class MinimumDegreeOrdering
{
    private readonly int _size;
    private readonly List<int>[] _variables;   // neighbours of a live variable that no element covers yet
    private readonly List<int>[] _elements;    // elements that a live variable belongs to
    private readonly List<int>?[] _members;    // variables of a live element
    private readonly int[] _weight;            // variables that a supervariable stands for; 0 once it is gone
    private readonly int[] _degree;
    private readonly int[] _bucketHead, _bucketNext, _bucketPrevious;
    private readonly int[] _lastMerged, _nextMerged;
    private readonly int[] _mark, _outside, _outsideTag, _elementWeight;
    private int _tag, _minimum;

    private MinimumDegreeOrdering(int size, List<int>[] neighbours)
    {
        _size = size;
        _variables = neighbours;
        _elements = new List<int>[size];
        _members = new List<int>?[size];
        _weight = Filled(1);
        _degree = new int[size];
        _bucketHead = Filled(-1);
        _bucketNext = Filled(-1);
        _bucketPrevious = Filled(-1);
        _nextMerged = Filled(-1);
        _lastMerged = new int[size];
        _mark = new int[size];
        _outside = new int[size];
        _outsideTag = new int[size];
        _elementWeight = new int[size];
        for (int i = 0; i < size; i++)
        {
            _elements[i] = [];
            _lastMerged[i] = i;
        }
    }

    /// <summary>Orders the graph whose vertices are 0 to <paramref name="size"/> − 1.</summary>
    /// <param name="size">Number of vertices.</param>
    /// <param name="edges">Pairs of different vertices; a pair may come more than once and in either direction.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Vertices in order of elimination.</returns>
    public static int[] Order(int size, IEnumerable<(int From, int To)> edges, CancellationToken cancellationToken = default)
    {
        var neighbours = new List<int>[size];
        for (int i = 0; i < size; i++) neighbours[i] = [];
        foreach ((int from, int to) in edges)
        {
            neighbours[from].Add(to);
            neighbours[to].Add(from);
        }

        var seen = new int[size];
        for (int i = 0; i < size; i++)
        {
            int kept = 0;
            foreach (int j in CollectionsMarshal.AsSpan(neighbours[i]))
            {
                if (j == i || seen[j] == i + 1) continue;
                seen[j] = i + 1;
                neighbours[i][kept++] = j;
            }

            neighbours[i].RemoveRange(kept, neighbours[i].Count - kept);
        }

        return new MinimumDegreeOrdering(size, neighbours).Run(cancellationToken);
    }

    private int[] Run(CancellationToken cancellationToken)
    {
        var order = new List<int>(_size);
        List<int> dense = SetDenseAside();
        int remaining = _size - dense.Count;
        for (int i = 0; i < _size; i++)
        {
            if (_weight[i] == 0) continue;
            _degree[i] = _variables[i].Count;
            Insert(i);
        }

        while (remaining > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int pivot = TakeMinimum();
            remaining -= Eliminate(pivot, remaining, order);
        }

        order.AddRange(dense);
        return [.. order];
    }

    private List<int> SetDenseAside()
    {
        double limit = Math.Max(16, 10 * Math.Sqrt(_size));
        List<int> dense = [.. Enumerable.Range(0, _size).Where(i => _variables[i].Count > limit)];
        if (dense.Count == 0) return dense;

        foreach (int i in dense) _weight[i] = 0;
        for (int i = 0; i < _size; i++)
            if (_weight[i] != 0) _variables[i].RemoveAll(j => _weight[j] == 0);
        return dense;
    }

    /// <summary>Eliminates a pivot with everything that can go with it; returns how many variables went.</summary>
    private int Eliminate(int pivot, int remaining, List<int> order)
    {
        List<int> members = FormElement(pivot);
        int eliminated = _weight[pivot];
        int elementWeight = 0;
        foreach (int i in members) elementWeight += _weight[i];
        CountOutside(members);

        int kept = 0;
        var candidates = new List<(int Hash, int Variable)>(members.Count);
        Emit(pivot, order);
        for (int m = 0; m < members.Count; m++)
        {
            int i = members[m];
            Remove(i);
            int degree = Prune(i, pivot, out int hash);
            if (_variables[i].Count == 0 && _elements[i].Count == 0)
            {
                // Nothing outside this element touches i: it can be eliminated now without any further fill.
                eliminated += _weight[i];
                elementWeight -= _weight[i];
                Emit(i, order);
                continue;
            }

            _elements[i].Add(pivot);
            _degree[i] = degree;
            members[kept++] = i;
            candidates.Add((hash, i));
        }

        members.RemoveRange(kept, members.Count - kept);
        Merge(candidates);
        kept = 0;
        foreach (int i in CollectionsMarshal.AsSpan(members))
        {
            if (_weight[i] == 0) continue;
            int bound = remaining - eliminated - _weight[i];
            _degree[i] = Math.Max(0, Math.Min(_degree[i] + elementWeight - _weight[i], bound));
            Insert(i);
            members[kept++] = i;
        }

        members.RemoveRange(kept, members.Count - kept);
        // Merging keeps the sum, and whoever eliminates a member absorbs the element: this weight stays true.
        _elementWeight[pivot] = elementWeight;
        _members[pivot] = members.Count > 0 ? members : null;
        return eliminated;
    }

    /// <summary>The variables that become one clique when the pivot goes; the elements that the pivot was in are absorbed.</summary>
    private List<int> FormElement(int pivot)
    {
        _tag++;
        _mark[pivot] = _tag;
        var members = new List<int>();
        foreach (int j in _variables[pivot]) Take(j);
        foreach (int e in _elements[pivot])
        {
            if (_members[e] is not { } inside) continue;
            foreach (int j in inside) Take(j);
            _members[e] = null;
        }

        _variables[pivot].Clear();
        _elements[pivot].Clear();
        return members;

        void Take(int j)
        {
            if (_weight[j] == 0 || _mark[j] == _tag) return;
            _mark[j] = _tag;
            members.Add(j);
        }
    }

    /// <summary>For every element that meets the new one: the weight of its variables that are not in the new one.</summary>
    private void CountOutside(List<int> members)
    {
        foreach (int i in members)
        {
            foreach (int e in _elements[i])
            {
                if (_members[e] is null) continue;
                if (_outsideTag[e] != _tag)
                {
                    _outsideTag[e] = _tag;
                    _outside[e] = _elementWeight[e];
                }

                _outside[e] -= _weight[i];
            }
        }
    }

    /// <summary>Drops from a member what the new element covers; returns the weight that stays outside of it.</summary>
    private int Prune(int i, int pivot, out int hash)
    {
        int degree = 0;
        uint sum = 0;
        List<int> elements = _elements[i];
        int kept = 0;
        foreach (int e in CollectionsMarshal.AsSpan(elements))
        {
            if (_members[e] is null) continue;
            if (_outside[e] == 0)
            {
                _members[e] = null;
                continue;
            }

            degree += _outside[e];
            sum += (uint)e;
            elements[kept++] = e;
        }

        elements.RemoveRange(kept, elements.Count - kept);
        List<int> variables = _variables[i];
        kept = 0;
        foreach (int j in CollectionsMarshal.AsSpan(variables))
        {
            if (_weight[j] == 0 || _mark[j] == _tag) continue;
            degree += _weight[j];
            sum += (uint)j;
            variables[kept++] = j;
        }

        variables.RemoveRange(kept, variables.Count - kept);
        hash = (int)((sum + (uint)pivot) & 0x7fffffff);
        return degree;
    }

    /// <summary>Merges members that touch exactly the same elements and variables.</summary>
    private void Merge(List<(int Hash, int Variable)> candidates)
    {
        candidates.Sort();
        for (int a = 0; a < candidates.Count; a++)
        {
            int i = candidates[a].Variable;
            if (_weight[i] == 0) continue;
            bool marked = false;
            for (int b = a + 1; b < candidates.Count && candidates[b].Hash == candidates[a].Hash; b++)
            {
                int j = candidates[b].Variable;
                if (_weight[j] == 0 || _variables[j].Count != _variables[i].Count || _elements[j].Count != _elements[i].Count) continue;
                if (!marked)
                {
                    _tag++;
                    foreach (int v in _variables[i]) _mark[v] = _tag;
                    foreach (int e in _elements[i]) _mark[e] = _tag;
                    marked = true;
                }

                if (!AllMarked(_variables[j]) || !AllMarked(_elements[j])) continue;
                _weight[i] += _weight[j];
                _weight[j] = 0;
                _nextMerged[_lastMerged[i]] = j;
                _lastMerged[i] = _lastMerged[j];
                _variables[j].Clear();
                _elements[j].Clear();
            }
        }
    }

    private bool AllMarked(List<int> items)
    {
        foreach (int item in items)
            if (_mark[item] != _tag) return false;
        return true;
    }

    private void Emit(int variable, List<int> order)
    {
        for (int i = variable; i >= 0; i = _nextMerged[i]) order.Add(i);
        _weight[variable] = 0;
        _variables[variable].Clear();
        _elements[variable].Clear();
    }

    private int TakeMinimum()
    {
        while (_bucketHead[_minimum] < 0) _minimum++;
        int pivot = _bucketHead[_minimum];
        Remove(pivot);
        return pivot;
    }

    private void Insert(int i)
    {
        int d = _degree[i];
        _bucketPrevious[i] = -1;
        _bucketNext[i] = _bucketHead[d];
        if (_bucketHead[d] >= 0) _bucketPrevious[_bucketHead[d]] = i;
        _bucketHead[d] = i;
        _minimum = Math.Min(_minimum, d);
    }

    private void Remove(int i)
    {
        int next = _bucketNext[i], previous = _bucketPrevious[i];
        if (next >= 0) _bucketPrevious[next] = previous;
        if (previous >= 0) _bucketNext[previous] = next;
        else _bucketHead[_degree[i]] = next;
    }

    private int[] Filled(int value)
    {
        var array = new int[_size];
        Array.Fill(array, value);
        return array;
    }
}
