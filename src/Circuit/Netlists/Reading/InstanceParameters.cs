namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Gives the parameters of a subcircuit their values in one instance, in the order in which ngspice 39 and 45 assign them.</summary>
/// <remarks>
/// A subcircuit's parameters are those of its .subckt statement and its own .param statements, which stand above defaults; what the call gives stands above
/// both. Numbers are assigned first, then expressions in the order of how their defaults depend on each other. Each expression, also one that the call gives,
/// sees the instance's parameters that have a value by then, and else those of the place of the call.
/// </remarks>
internal sealed class InstanceParameters
{
    private readonly ParameterDefinition[] _ordered;

    private InstanceParameters(ParameterDefinition[] ordered) => _ordered = ordered;

    /// <summary>Names in the order of assignment.</summary>
    public IEnumerable<string> Names => _ordered.Select(p => p.Name);

    /// <summary>Orders the parameters of a subcircuit.</summary>
    /// <param name="defaults">Those of its .subckt statement, then those of its .param statements.</param>
    /// <param name="scope">A scope with its functions.</param>
    /// <param name="problems">Receives parameters that depend on themselves.</param>
    public static InstanceParameters Order(IEnumerable<ParameterDefinition> defaults, ParameterScope scope, DeckProblems problems)
    {
        var last = new Dictionary<string, int>();
        var own = new List<ParameterDefinition>();
        foreach (ParameterDefinition definition in defaults)
        {
            if (last.TryGetValue(definition.Name, out int at))
            {
                own[at] = definition;
                continue;
            }

            last.Add(definition.Name, own.Count);
            own.Add(definition);
        }

        int[][] needs = [.. own.Select((p, i) => SpiceNumber.TryParse(p.Text, out _)
            ? []
            : scope.NamesIn(p.Text).Distinct().Where(last.ContainsKey).Select(n => last[n]).Where(n => n != i).ToArray())];
        var users = new List<int>[own.Count];
        for (int i = 0; i < users.Length; i++) users[i] = [];
        for (int i = 0; i < needs.Length; i++)
            foreach (int need in needs[i]) users[need].Add(i);
        int[] levels = new int[own.Count], waiting = [.. needs.Select(n => n.Length)];
        var ready = new Queue<int>(Enumerable.Range(0, own.Count).Where(i => waiting[i] == 0));
        while (ready.TryDequeue(out int done))
        {
            foreach (int user in users[done])
            {
                levels[user] = Math.Max(levels[user], levels[done] + 1);
                if (--waiting[user] == 0) ready.Enqueue(user);
            }
        }

        for (int i = 0; i < own.Count; i++)
            if (waiting[i] > 0) problems.Error(own[i].Line, own[i].Offset, $"parameter '{own[i].Name}' is defined by itself.");
        return new InstanceParameters([.. Enumerable.Range(0, own.Count).Where(i => waiting[i] == 0).OrderBy(i => levels[i]).Select(i => own[i])]);
    }

    /// <summary>Assigns all values.</summary>
    /// <param name="scope">The instance's scope.</param>
    /// <param name="caller">The scope of the call; null for a subcircuit that nothing calls.</param>
    /// <param name="given">What the call gives.</param>
    /// <param name="problems">Receives remarks.</param>
    /// <exception cref="DeckSyntaxError">A value that the call gives is wrong.</exception>
    public void Assign(ParameterScope scope, ParameterScope? caller, IReadOnlyDictionary<string, ParameterDefinition> given, DeckProblems problems)
    {
        ParameterDefinition[] actual = [.. _ordered.Select(p => given.GetValueOrDefault(p.Name, p))];
        foreach (ParameterDefinition p in actual)
            if (SpiceNumber.TryParse(p.Text, out _)) Set(p);
        foreach (ParameterDefinition p in actual)
            if (!SpiceNumber.TryParse(p.Text, out _)) Set(p);

        void Set(ParameterDefinition p)
        {
            using (problems.At(p.Line))
            {
                try
                {
                    if (given.ContainsKey(p.Name)) WarnOfOwnNames(p);
                    scope.Define(p.Name, scope.Evaluate(p.Text, p.Offset));
                }
                catch (DeckSyntaxError error) when (!given.ContainsKey(p.Name))
                {
                    scope.DefineFailed(p.Name, p.Line, error);
                }
            }
        }

        // ngspice reads w={l} of a call with the l of the subcircuit, once that is assigned; the caller's is usually meant.
        void WarnOfOwnNames(ParameterDefinition p)
        {
            if (!scope.HasOwn || SpiceNumber.TryParse(p.Text, out _)) return;
            foreach (string name in scope.NamesIn(p.Text).Distinct())
            {
                if (scope.OwnValue(name) is { } own && caller?.ValueOrNull(name) is { } theirs && !own.Equals(theirs))
                    problems.Warn(p.Offset, FormattableString.Invariant($"'{name}' is taken from the subcircuit, {own:R}, as ngspice does, and not from the place of the call, {theirs:R}; rename one of them."));
            }
        }
    }
}
