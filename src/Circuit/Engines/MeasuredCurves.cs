using System.Numerics;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines;

/// <summary>The curves of one result, straight between its points, and the numbers that can be read off them.</summary>
internal sealed class MeasuredCurves(Netlist netlist, AnalysisResult result)
{
    private readonly IReadOnlyList<double> _axis = result switch
    {
        DcSweepResult d => d.Levels,
        TransientResult t => t.TimesSeconds,
        AcResult a => a.FrequenciesHertz,
        _ => [],
    };

    /// <summary>Value of a measure, or null when its event does not happen or its window holds nothing.</summary>
    public double? Evaluate(Measure measure)
    {
        switch (measure.Kind)
        {
            case MeasureKind.When:
                return Place(measure, measure.Event!);
            case MeasureKind.Find:
                return Place(measure, measure.Event!) is { } place ? At(Curve(measure, measure.Vector!), place) : null;
            case MeasureKind.Interval:
                return Place(measure, measure.Target!) - Place(measure, measure.Event!);
            default:
                (double[] axis, double[] values) = Window(measure);
                return values.Length == 0 ? null : Statistic(measure.Kind, axis, values);
        }
    }

    private static double? Statistic(MeasureKind kind, double[] axis, double[] values)
    {
        double largest = values.Max(), smallest = values.Min(), span = axis[^1] - axis[0];
        return kind switch
        {
            MeasureKind.Minimum => smallest,
            MeasureKind.Maximum => largest,
            MeasureKind.PeakToPeak => largest - smallest,
            MeasureKind.MinimumAt => axis[Array.IndexOf(values, smallest)],
            MeasureKind.MaximumAt => axis[Array.IndexOf(values, largest)],
            MeasureKind.Integral => Area(values),
            MeasureKind.Average => span == 0 ? null : Area(values) / span,
            MeasureKind.RootMeanSquare => span == 0 ? null : Math.Sqrt(Area([.. values.Select(v => v * v)]) / span),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This measure takes no window."),
        };

        double Area(double[] heights)
        {
            double sum = 0;
            for (int i = 1; i < heights.Length; i++) sum += (axis[i] - axis[i - 1]) * (heights[i] + heights[i - 1]) / 2;
            return sum;
        }
    }

    /// <summary>The part of a curve that counts, with points at the window's own ends.</summary>
    private (double[] Axis, double[] Values) Window(Measure measure)
    {
        double[] curve = Curve(measure, measure.Vector!);
        double low = Math.Min(_axis[0], _axis[^1]), high = Math.Max(_axis[0], _axis[^1]);
        double from = Math.Max(low, measure.From ?? low), to = Math.Min(high, measure.To ?? high);
        if (from > to) return ([], []);
        var points = new List<(double Axis, double Value)>();
        for (int i = 0; i < _axis.Count; i++)
        {
            foreach (double end in i == 0 ? [] : _axis[i] > _axis[i - 1] ? new[] { from, to } : [to, from])
                if ((end - _axis[i - 1]) * (end - _axis[i]) < 0) points.Add((end, At(curve, end)!.Value));
            if (_axis[i] >= from && _axis[i] <= to) points.Add((_axis[i], curve[i]));
        }

        return ([.. points.Select(p => p.Axis)], [.. points.Select(p => p.Value)]);
    }

    private double? Place(Measure measure, MeasureEvent wanted)
    {
        if (wanted.At is { } at) return at;
        double[] curve = Curve(measure, wanted.Vector!), other = wanted.Other is null ? [] : Curve(measure, wanted.Other);
        double? last = null;
        int count = 0;
        for (int i = 1; i < _axis.Count; i++)
        {
            double before = curve[i - 1] - Level(i - 1), after = curve[i] - Level(i);
            bool rises = before < 0 && after >= 0, falls = before > 0 && after <= 0;
            if (!(rises && wanted.Edge != MeasureEdge.Fall) && !(falls && wanted.Edge != MeasureEdge.Rise)) continue;
            double place = _axis[i - 1] + (_axis[i] - _axis[i - 1]) * before / (before - after);
            if (place < wanted.Delay || place < measure.From || place > measure.To) continue;
            last = place;
            if (++count == wanted.Occurrence) return place;
        }

        return wanted.Occurrence == 0 ? last : null;

        double Level(int i) => wanted.Other is null ? wanted.Level : other[i];
    }

    /// <summary>Value of a curve at a place on the axis; null outside of it.</summary>
    private double? At(double[] curve, double place)
    {
        for (int i = 0; i < _axis.Count; i++)
        {
            if (_axis[i] == place) return curve[i];
            if (i > 0 && (place - _axis[i - 1]) * (place - _axis[i]) < 0)
                return curve[i - 1] + (curve[i] - curve[i - 1]) * (place - _axis[i - 1]) / (_axis[i] - _axis[i - 1]);
        }

        return null;
    }

    private double[] Curve(Measure measure, MeasureVector vector)
    {
        string[] targets = vector.Target.Split(',');
        Complex[] plus = Values(targets[0]);
        if (targets.Length == 2) plus = [.. plus.Zip(Values(targets[1]), (a, b) => a - b)];
        return [.. plus.Select(Part)];

        double Part(Complex value) => vector.Part switch
        {
            'r' => value.Real,
            'i' => value.Imaginary,
            'm' => value.Magnitude,
            'p' => value.Phase,
            _ => 20 * Math.Log10(value.Magnitude),
        };

        Complex[] Values(string target)
        {
            if (vector.Quantity == 'v' && target == Netlist.Ground) return new Complex[_axis.Count];
            return Vector(vector.Quantity == 'v', target)
                ?? throw MeasureEvaluation.Invalid(netlist, $".measure {measure.Name} reads {vector.Quantity}({target}), but the circuit has no such node or source.");
        }
    }

    private Complex[]? Vector(bool isVolts, string target)
    {
        if (result is AcResult ac) return (isVolts ? ac.NodeVolts : ac.BranchAmps).TryGetValue(target, out IReadOnlyList<Complex>? phasors) ? [.. phasors] : null;
        IReadOnlyDictionary<string, IReadOnlyList<double>>? vectors = result switch
        {
            DcSweepResult d => isVolts ? d.NodeVolts : d.BranchAmps,
            TransientResult t => isVolts ? t.NodeVolts : t.BranchAmps,
            _ => null,
        };
        return vectors is not null && vectors.TryGetValue(target, out IReadOnlyList<double>? values) ? [.. values.Select(v => (Complex)v)] : null;
    }
}
