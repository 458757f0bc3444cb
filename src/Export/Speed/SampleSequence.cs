using System.Globalization;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Netlists.Waveforms;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Export.Speed;

/// <summary>A network whose inputs go through samples, one after the other, beginning settled on the last of them.</summary>
internal sealed class SampleSequence
{
    private const int LongestStepsAHold = 50;

    private readonly Netlist _static;
    private readonly double[] _inputVolts;
    private readonly double _edgeSeconds;

    /// <summary>Creates a sequence.</summary>
    /// <param name="circuit">The network.</param>
    /// <param name="capacitances">Capacitances of its wires and gates.</param>
    /// <param name="inputVolts">Inputs x, volts, row-major [sample, input].</param>
    /// <param name="edgeSeconds">Time in which inputs go from one sample to the next, seconds.</param>
    internal SampleSequence(NetworkCircuit circuit, NetworkCapacitances capacitances, ReadOnlySpan<double> inputVolts, double edgeSeconds)
    {
        Circuit = circuit;
        _inputVolts = inputVolts.ToArray();
        _edgeSeconds = edgeSeconds;
        Count = inputVolts.Length / circuit.InputCount;
        _static = Elaborator.Elaborate(circuit, new double[circuit.InputCount], new ElaborationOptions { Capacitances = capacitances });
        int last = circuit.Layers.Count - 1;
        Outputs = [.. Enumerable.Range(0, circuit.OutputCount).Select(j => NodeNames.InvertedOutput(last, j))];
        Sources = [.. _static.Elements.OfType<VoltageSource>()];
        StaticElementCount = _static.Elements.Count(e => e is not Capacitor);
        TotalFarads = _static.Elements.OfType<Capacitor>().Sum(c => c.Farads);
    }

    internal NetworkCircuit Circuit { get; }

    /// <summary>Inputs x, volts, row-major [sample, input].</summary>
    internal ReadOnlyMemory<double> InputVolts => _inputVolts;

    /// <summary>Number of samples.</summary>
    internal int Count { get; }

    /// <summary>The outputs that a class is read from: first inverters of the last layer.</summary>
    internal IReadOnlyList<string> Outputs { get; }

    /// <summary>Rails, then inputs.</summary>
    internal IReadOnlyList<VoltageSource> Sources { get; }

    internal double TotalFarads { get; }

    /// <summary>Elements of the top level that are no capacitors.</summary>
    internal int StaticElementCount { get; }

    /// <summary>The value of each output when its sample ends, and when it comes within the band around that value.</summary>
    /// <param name="holdSeconds">Time for which each sample is held, seconds.</param>
    /// <param name="finalVolts">Outputs at rest, volts, row-major [sample, output].</param>
    internal List<Measure> Measures(double holdSeconds, ReadOnlySpan<double> finalVolts)
    {
        var measures = new List<Measure>();
        for (int s = 0; s < Count; s++)
        {
            for (int j = 0; j < Outputs.Count; j++)
            {
                double final = finalVolts[s * Outputs.Count + j], before = finalVolts[(s + Count - 1) % Count * Outputs.Count + j];
                double begin = s * holdSeconds, end = (s + 1) * holdSeconds, band = SpeedMeter.Band * Math.Abs(final);
                var output = new MeasureVector('v', 'r', Outputs[j]);
                measures.Add(new Measure
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"final_s{s}_{Outputs[j]}"),
                    Analysis = MeasuredAnalysis.Tran,
                    Kind = MeasureKind.Find,
                    Vector = output,
                    Event = new MeasureEvent { At = end },
                });
                if (Math.Abs(before - final) <= band) continue;
                measures.Add(new Measure
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"settled_s{s}_{Outputs[j]}"),
                    Analysis = MeasuredAnalysis.Tran,
                    Kind = MeasureKind.When,
                    Event = new MeasureEvent { Vector = output, Level = final + Math.CopySign(band, before - final), Occurrence = 0 },
                    From = begin,
                    To = end,
                });
            }
        }

        return measures;
    }

    /// <summary>What a deck of the sequence says of itself.</summary>
    internal List<string> Expected(ReadOnlySpan<double> finalVolts)
    {
        var lines = new List<string>
        {
            "final_s<sample>_<node> is the voltage when the sample ends; settled_s<sample>_<node> the time at which it comes within 10 % of it, from the side of the sample before; less the begin of the sample it is the delay",
        };
        for (int s = 0; s < Count; s++)
        {
            var parts = new List<string>();
            for (int j = 0; j < Outputs.Count; j++)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Outputs[j]} {finalVolts[s * Outputs.Count + j]:R}"));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"Expected at the end of sample {s}, volts: {string.Join(", ", parts)}"));
        }

        return lines;
    }

    /// <summary>The circuit with its inputs in time and a transient over all samples.</summary>
    /// <param name="holdSeconds">Time for which each sample is held, seconds.</param>
    internal Netlist Netlist(double holdSeconds)
    {
        var courses = new Dictionary<string, PiecewiseLinearWaveform>();
        for (int k = 0; k < Circuit.InputCount; k++)
        {
            courses[NodeNames.PositiveInputSource(k)] = Course(k, 1, holdSeconds);
            courses[NodeNames.NegativeInputSource(k)] = Course(k, -1, holdSeconds);
        }

        return _static with
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"Inverter network through {Count} samples, {holdSeconds:R} s each"),
            Elements = [.. _static.Elements.Select(e => e is VoltageSource v && courses.TryGetValue(v.Name, out PiecewiseLinearWaveform? course)
                ? v with { Value = new SourceValue { Waveform = course } } : e)],
            Analyses = [new TransientAnalysis(holdSeconds / LongestStepsAHold, Count * holdSeconds)],
            SavedVectors =
            [
                .. Outputs.Select(o => $"v({o})"),
                .. Sources.Select(s => $"v({s.Plus})"),
                .. Sources.Select(s => $"i({s.Name})"),
            ],
        };
    }

    private PiecewiseLinearWaveform Course(int input, int sign, double holdSeconds)
    {
        var points = new List<(double, double)> { (0, Volts(Count - 1)) };
        for (int s = 0; s < Count; s++)
        {
            if (s > 0) points.Add((s * holdSeconds, Volts(s - 1)));
            points.Add((s * holdSeconds + _edgeSeconds, Volts(s)));
        }

        return new PiecewiseLinearWaveform(points);

        double Volts(int sample) => sign * _inputVolts[sample * Circuit.InputCount + input];
    }
}
