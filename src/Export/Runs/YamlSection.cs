using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace CircuitSim.Export.Runs;

/// <summary>Strict reading of one YAML mapping: every key is asked for by name, every problem is gathered with its place.</summary>
internal sealed class YamlSection
{
    private const int MostShown = 200;

    private readonly string _name;
    private readonly YamlMappingNode? _node;
    private readonly List<YamlProblem> _problems;
    private readonly HashSet<string> _known = [];

    internal YamlSection(string name, YamlMappingNode? node, List<YamlProblem> problems)
    {
        _name = name;
        _node = node;
        _problems = problems;
    }

    internal bool IsPresent => _node is not null;

    internal YamlSection Section(string key, bool required = false)
    {
        YamlNode? value = Take(key);
        if (value is YamlMappingNode mapping) return new YamlSection(key, mapping, _problems);
        if (value is not null) Report(value, $"'{key}' holds settings of its own; write '{key}: {{ … }}'.");
        else if (required) ReportHere($"'{key}' is missing; it is needed.");
        return new YamlSection(key, null, _problems);
    }

    internal string Text(string key, string? fallback)
    {
        YamlNode? value = Take(key);
        if (value is YamlScalarNode { Value.Length: > 0 } scalar) return scalar.Value!;
        if (value is not null) Report(value, $"'{key}' needs a text.");
        else if (fallback is null) ReportHere($"'{key}' is missing; it is needed.");
        return fallback ?? "";
    }

    internal string? OptionalText(string key)
    {
        _known.Add(key);
        return Peek(key) is null ? null : Text(key, null);
    }

    internal string OneOf(string key, string fallback, IReadOnlyCollection<string> allowed)
    {
        YamlNode? value = Peek(key);
        string text = Text(key, fallback);
        if (value is YamlScalarNode && !allowed.Contains(text))
            Report(value, $"'{key}' is '{text}'; {Suggestion(text, allowed)}.");
        return text;
    }

    internal double Number(string key, double fallback, Func<double, bool> isAllowed, string rule)
    {
        return OptionalNumber(key, isAllowed, rule) ?? fallback;
    }

    internal double? OptionalNumber(string key, Func<double, bool> isAllowed, string rule)
    {
        YamlNode? value = Take(key);
        if (value is null) return null;
        if (value is YamlScalarNode scalar
            && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number) && isAllowed(number))
        {
            return number;
        }

        Report(value, $"'{key}' is '{Show(value)}'; it must be {rule}.");
        return null;
    }

    internal int Count(string key, int fallback, int least, int most = ExperimentLimits.Count)
    {
        YamlNode? value = Take(key);
        if (value is null) return fallback;
        if (TryCount(value, least, most, out int number)) return number;
        Report(value, $"'{key}' is '{Show(value)}'; it must be a whole number of at least {least}{Bound(value, least, most)}.");
        return fallback;
    }

    internal bool Flag(string key, bool fallback)
    {
        YamlNode? value = Take(key);
        if (value is null) return fallback;
        if (value is YamlScalarNode { Value: "true" or "false" } scalar) return scalar.Value == "true";
        Report(value, $"'{key}' is '{Show(value)}'; it must be true or false.");
        return fallback;
    }

    internal ulong Seed(string key, ulong fallback)
    {
        YamlNode? value = Take(key);
        if (value is null) return fallback;
        if (value is YamlScalarNode s && ulong.TryParse(s.Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)) return seed;
        Report(value, $"'{key}' is '{Show(value)}'; it must be a whole number from 0 to {ulong.MaxValue}.");
        return fallback;
    }

    internal IReadOnlyList<int>? Counts(string key, int least, int fewest, bool required = false, int most = ExperimentLimits.Count)
    {
        YamlNode? value = Take(key);
        if (value is null)
        {
            if (required) ReportHere($"'{key}' is missing; it is needed.");
            return null;
        }

        var numbers = new List<int>();
        if (value is YamlSequenceNode sequence)
        {
            foreach (YamlNode item in sequence)
            {
                if (TryCount(item, least, most, out int number)) numbers.Add(number);
                else Report(item, $"'{Show(item)}' in '{key}' must be a whole number of at least {least}{Bound(item, least, most)}.");
            }

            if (sequence.Children.Count < fewest) Report(value, $"'{key}' has {sequence.Children.Count} entries; at least {fewest} are needed.");
            return numbers;
        }

        Report(value, $"'{key}' needs a list such as [4, 4, 3].");
        return null;
    }

    internal IReadOnlyList<double>? Numbers(string key, Func<double, bool> isAllowed, string rule)
    {
        YamlNode? value = Take(key);
        if (value is null) return null;
        var numbers = new List<double>();
        if (value is not YamlSequenceNode sequence)
        {
            Report(value, $"'{key}' needs a list of numbers such as [0.5, 1.5].");
            return null;
        }

        foreach (YamlNode item in sequence)
        {
            if (item is YamlScalarNode scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number) && isAllowed(number)) numbers.Add(number);
            else Report(item, $"'{Show(item)}' in '{key}' must be {rule}.");
        }

        return numbers;
    }

    internal IReadOnlyList<string>? Texts(string key)
    {
        YamlNode? value = Take(key);
        if (value is YamlSequenceNode { Children.Count: > 0 } sequence) return [.. sequence.Select(Show)];
        if (value is not null) Report(value, $"'{key}' needs a list with at least one entry.");
        return null;
    }

    internal IReadOnlyList<string>? OneOfEach(string key, IReadOnlyCollection<string> allowed)
    {
        YamlNode? value = Take(key);
        if (value is null) return null;
        if (value is not YamlSequenceNode sequence)
        {
            Report(value, $"'{key}' needs a list such as [{string.Join(", ", allowed)}].");
            return null;
        }

        foreach (YamlNode item in sequence)
        {
            string text = Show(item);
            if (!allowed.Contains(text)) Report(item, $"'{text}' in '{key}': {Suggestion(text, allowed)}.");
        }

        return [.. sequence.Select(Show)];
    }

    internal bool IsText(string key, string text) => Peek(key) is YamlScalarNode { Value: { } value } && value == text;

    /// <summary>The mapping under a key, for a second look at it.</summary>
    internal YamlMappingNode? Node(string key) => Peek(key) as YamlMappingNode;

    internal bool Has(string key) => Peek(key) is not null;

    /// <summary>Values under keys that are names of the user's own; none of them is unknown.</summary>
    internal IEnumerable<(string Key, YamlNode Value)> Entries() =>
        _node is null ? [] : _node.Children.Select(c => (Show(c.Key), c.Value));

    /// <summary>Sections under a key that holds one section, or a list of them.</summary>
    internal IReadOnlyList<YamlSection> Sections(string key)
    {
        YamlNode? value = Take(key);
        if (value is null) return [];
        YamlNode[] items = value is YamlSequenceNode list ? [.. list.Children] : [value];
        foreach (YamlNode item in items.Where(i => i is not YamlMappingNode)) Report(item, $"'{key}' holds settings of its own, or a list of them.");
        return [.. items.OfType<YamlMappingNode>().Select(item => new YamlSection(key, item, _problems))];
    }

    internal int? OptionalCount(string key, int least, int most = ExperimentLimits.Count) => Has(key) ? Count(key, least, least, most) : Known(key);

    internal double RequiredNumber(string key, Func<double, bool> isAllowed, string rule)
    {
        if (!Has(key)) ReportHere($"'{key}' is missing; it is needed.");
        return OptionalNumber(key, isAllowed, rule) ?? double.NaN;
    }

    internal void Mark(params IEnumerable<string> keys) => _known.UnionWith(keys);

    internal void Require(string problem) => ReportHere(problem);

    internal void ReportAt(YamlNode node, string problem) => Report(node, problem);

    internal void Complain(string key, string problem)
    {
        if (Peek(key) is { } value) Report(value, problem);
    }

    internal void RefuseUnknownKeys()
    {
        if (_node is null) return;
        foreach (YamlNode key in _node.Children.Keys)
        {
            string name = Show(key);
            if (!_known.Contains(name)) Report(key, $"unknown key '{name}' in {_name}; {Suggestion(name, _known)}.");
        }
    }

    private static bool TryCount(YamlNode node, int least, int most, out int number)
    {
        number = 0;
        return node is YamlScalarNode s
            && int.TryParse(s.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
    }

    // The upper bound is of interest to whoever has gone beyond it.
    private static string Bound(YamlNode node, int least, int most) =>
        node is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > least
            ? $" and at most {most}"
            : "";

    private static string Suggestion(string text, IReadOnlyCollection<string> allowed)
    {
        string? near = allowed.MinBy(a => Distance(text, a));
        string all = string.Join(", ", allowed.Order(StringComparer.Ordinal));
        bool isClose = near is not null && Distance(text, near) <= Math.Max(2, near.Length / 3);
        return isClose && allowed.Count > 1 ? $"did you mean '{near}'? Allowed: {all}" : $"allowed: {all}";
    }

    // Levenshtein distance on one rolling row.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }

    private static string Show(YamlNode node) => node switch
    {
        YamlScalarNode { Value: { } text } => text.Length <= MostShown && !text.Any(char.IsControl) ? text : new string([.. text.Take(MostShown).Select(c => char.IsControl(c) ? '?' : c), '…']),
        YamlScalarNode => "",
        YamlSequenceNode => "a list",
        _ => "a section",
    };

    private int? Known(string key)
    {
        _known.Add(key);
        return null;
    }

    private YamlNode? Take(string key)
    {
        _known.Add(key);
        return Peek(key);
    }

    private YamlNode? Peek(string key) =>
        _node is not null && _node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;

    private void Report(YamlNode node, string problem) =>
        _problems.Add(new YamlProblem((int)node.Start.Line, (int)node.Start.Column, problem));

    private void ReportHere(string problem) =>
        _problems.Add(new YamlProblem((int)(_node?.Start.Line ?? 1), (int)(_node?.Start.Column ?? 1), $"{problem[..^1]} in {_name}."));
}
