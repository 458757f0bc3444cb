using System.Globalization;
using CircuitSim.Circuit.Errors;
using YamlDotNet.RepresentationModel;

namespace CircuitSim.Export.Runs;

/// <summary>Reads and writes the <c>sweep</c> section of an experiment, and sets a key of an experiment to a value of its grid.</summary>
internal static class ExperimentSweep
{
    private const string Percent = "a percentage, above 0 and up to 100";

    internal static SweepSettings? Read(YamlSection section)
    {
        if (!section.IsPresent) return null;
        var d = new SweepSettings();
        var sweep = new SweepSettings
        {
            Chips = section.Count("chips", d.Chips, 1, int.MaxValue),
            Grids = [.. section.Sections("grid").Select(Axes).Where(axes => axes.Count > 0)],
            Stop = Stop(section.Section("stop")),
            Yield = Yield(section.Section("yield")),
        };
        // Before anything is made of the points, and of each of their values.
        double points = sweep.Grids.Sum(axes => axes.Aggregate(1.0, (product, axis) => product * axis.Values.Count));
        if (points > ExperimentLimits.SweepPoints)
            section.Complain("grid", string.Create(CultureInfo.InvariantCulture, $"the grids have {points:R} points together; at most {ExperimentLimits.SweepPoints} are allowed."));
        section.RefuseUnknownKeys();
        return sweep;
    }

    internal static string Write(SweepSettings sweep)
    {
        var keys = new List<string> { string.Create(CultureInfo.InvariantCulture, $"chips: {sweep.Chips}") };
        if (sweep.Grids.Count > 0)
            keys.Add($"grid: [{string.Join(", ", sweep.Grids.Select(axes => $"{{ {string.Join(", ", axes.Select(a => $"{a.Key}: [{string.Join(", ", a.Values.Select(ExperimentFile.Scalar))}]"))} }}"))}]");
        if (sweep.Stop is { } stop)
            keys.Add(string.Create(CultureInfo.InvariantCulture, $"stop: {{ half_width_percent: {stop.HalfWidthPercent:R}, least: {stop.Least} }}"));
        if (sweep.Yield?.AccuracyPercent is double accuracy) keys.Add(string.Create(CultureInfo.InvariantCulture, $"yield: {{ accuracy_percent: {accuracy:R} }}"));
        if (sweep.Yield?.AccuracyDropPercent is double drop) keys.Add(string.Create(CultureInfo.InvariantCulture, $"yield: {{ accuracy_drop_percent: {drop:R} }}"));
        return $"{{ {string.Join(", ", keys)} }}";
    }

    /// <summary>Tries every value of every grid, so that a wrong key is found before anything is computed, and where it stands.</summary>
    internal static void CheckGrids(YamlMappingNode root, Experiment experiment, List<YamlProblem> problems)
    {
        var sweep = new YamlSection("sweep", new YamlSection("the experiment", root, []).Node("sweep"), problems);
        foreach (YamlSection grid in sweep.Sections("grid"))
        {
            // One axis may need another: each value is tried with the first values of the others.
            (string Key, string Value)[] first = [.. grid.Entries().Select(e => (e.Key, Values(e.Value).First().Value!))];
            foreach ((string key, YamlNode node) in grid.Entries())
            {
                foreach (YamlScalarNode value in Values(node))
                {
                    try
                    {
                        ExperimentFile.With(experiment, first.Select(f => f.Key == key ? (key, value.Value!) : f));
                    }
                    catch (InputFileException e)
                    {
                        // What is wrong stands behind the place, which is one in the generated text.
                        int start = e.Message.IndexOf(": ", StringComparison.Ordinal) + 2;
                        grid.ReportAt(value, $"grid value '{key}: {value}': {e.Message[start..]}");
                    }
                }
            }
        }
    }

    private static IEnumerable<YamlScalarNode> Values(YamlNode axis) => ((YamlSequenceNode)axis).Children.Cast<YamlScalarNode>();

    /// <summary>Sets one key of an experiment's text.</summary>
    internal static void Set(YamlMappingNode root, string key, string value)
    {
        string[] path = key.Split('.');
        YamlMappingNode place = root;
        foreach (string section in path[..^1])
        {
            var name = new YamlScalarNode(section);
            if (!place.Children.TryGetValue(name, out YamlNode? next) || next is not YamlMappingNode)
                place.Children[name] = next = new YamlMappingNode();
            place = (YamlMappingNode)next;
        }

        place.Children[new YamlScalarNode(path[^1])] = new YamlScalarNode(value);
        // Wires are given by what they resist or by their geometry; a grid over one replaces the other.
        if (key == "circuit.segment_ohms") place.Children.Remove(new YamlScalarNode("geometry"));
        if (key.StartsWith("circuit.geometry.", StringComparison.Ordinal))
            ((YamlMappingNode)root.Children[new YamlScalarNode("circuit")]).Children.Remove(new YamlScalarNode("segment_ohms"));
    }

    private static IReadOnlyList<SweepAxis> Axes(YamlSection grid)
    {
        var axes = new List<SweepAxis>();
        foreach ((string key, YamlNode value) in grid.Entries())
        {
            if (key is "name" or "chip" || key.Split('.')[0] is "sweep" or "export")
                grid.ReportAt(value, $"'{key}' cannot be varied; a grid varies settings of data, network, train, device, circuit and check, and the seed.");
            else if (value is YamlSequenceNode { Children.Count: > 0 } list && list.Children.All(item => item is YamlScalarNode { Value.Length: > 0 }))
                axes.Add(new SweepAxis(key, [.. list.Children.Select(item => ((YamlScalarNode)item).Value!)]));
            else
                grid.ReportAt(value, $"'{key}' needs a list of values, such as [0.5, 1, 2].");
        }

        return axes;
    }

    private static SweepStop? Stop(YamlSection section)
    {
        if (!section.IsPresent) return null;
        var stop = new SweepStop
        {
            HalfWidthPercent = section.RequiredNumber("half_width_percent", v => v is > 0 and <= 100, Percent),
            Least = section.Count("least", 20, 2),
        };
        section.RefuseUnknownKeys();
        return stop;
    }

    private static SweepYield? Yield(YamlSection section)
    {
        if (!section.IsPresent) return null;
        var yield = new SweepYield
        {
            AccuracyPercent = section.OptionalNumber("accuracy_percent", v => v is > 0 and <= 100, Percent),
            AccuracyDropPercent = section.OptionalNumber("accuracy_drop_percent", v => v is >= 0 and <= 100, "a number of percentage points, from 0 to 100"),
        };
        bool hasOne = section.Has("accuracy_percent") != section.Has("accuracy_drop_percent");
        if (!hasOne) section.Require("'accuracy_percent' or 'accuracy_drop_percent' says what a good chip meets; one of them is needed.");
        section.RefuseUnknownKeys();
        return yield;
    }
}
