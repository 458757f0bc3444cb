using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Expressions;
using CircuitSim.Circuit.Netlists;
using Xunit.Sdk;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>Puts the voltages of a result into the law of every element, written here once more and plainly, and adds up the currents at every node.</summary>
internal sealed class BalanceCheck
{
    // Every voltage is a double, and a law may multiply what its rounding does: 45 roundings.
    private const double Rounding = 1e-14;

    private const double Thermal = PhysicalConstants.ThermalVolts;
    private readonly EngineOptions _options;
    private readonly Dictionary<string, double> _sums = [], _sizes = [], _noise = [];
    private readonly Dictionary<string, double> _volts, _amps;
    private readonly Func<string, SourceValue, double> _level;
    private double _seconds;

    private BalanceCheck(EngineOptions options, Dictionary<string, double> volts, Dictionary<string, double> amps, Func<string, SourceValue, double> level)
    {
        _options = options;
        _volts = volts;
        _amps = amps;
        _level = level;
    }

    /// <summary>What the engine promises: a thousandth of reltol, down to 1e-9 or reltol itself where that is less.</summary>
    private double Part => Math.Min(_options.RelativeTolerance, Math.Max(1e-9, 1e-3 * _options.RelativeTolerance));

    /// <summary>Solves a netlist with all its vectors kept, and checks every point of every result but small-signal ones.</summary>
    /// <returns>Points checked.</returns>
    public static int Solve(Netlist netlist, EngineOptions options, int mostPoints = 50)
    {
        Netlist whole = netlist with { SavedVectors = [], Measures = [] };
        List<Element> elements = FlatNetlist.Expand(whole, CancellationToken.None);
        EngineOptions effective = DeckOptions.Apply(netlist.Options, options);
        IReadOnlyList<Analysis> analyses = netlist.Analyses.Count > 0 ? netlist.Analyses : [new OperatingPointAnalysis()];
        IReadOnlyList<AnalysisResult> results = new NativeEngine().Solve(whole, options).Analyses;
        int points = 0;
        for (int a = 0; a < results.Count; a++)
        {
            switch (results[a])
            {
                case OperatingPoint p:
                    Check(new(p.NodeVolts), new(p.BranchAmps), (_, value) => value.AtDc, 0, isTransient: false);
                    break;
                case DcSweepResult d when d.LostPoints.Count == 0:
                    var dc = (DcSweepAnalysis)analyses[a];
                    int inner = dc.Inner.Levels.Count;
                    for (int i = 0; i < d.Levels.Count; i += 1 + d.Levels.Count / mostPoints)
                    {
                        double outer = dc.Outer is null ? 0 : dc.Outer.Levels[i / inner], level = d.Levels[i];
                        Check(At(d.NodeVolts, i), At(d.BranchAmps, i), (name, value) => name == dc.Inner.Source ? level : name == dc.Outer?.Source ? outer : value.AtDc, 0, isTransient: false);
                    }

                    break;
                case TransientResult t:
                    var tran = (TransientAnalysis)analyses[a];
                    for (int i = 1; i < t.TimesSeconds.Count; i += 1 + t.TimesSeconds.Count / mostPoints)
                    {
                        double seconds = t.TimesSeconds[i];
                        Check(At(t.NodeVolts, i), At(t.BranchAmps, i), (_, value) => value.Waveform?.At(seconds, tran.StepSeconds, tran.StopSeconds) ?? value.AtDc, seconds, isTransient: true);
                    }

                    break;
            }
        }

        return points;

        void Check(Dictionary<string, double> volts, Dictionary<string, double> amps, Func<string, SourceValue, double> level, double seconds, bool isTransient)
        {
            points++;
            new BalanceCheck(effective, volts, amps, level) { _seconds = seconds }.Run(elements, isTransient);
        }

        static Dictionary<string, double> At(IReadOnlyDictionary<string, IReadOnlyList<double>> curves, int i) => curves.ToDictionary(c => c.Key, c => c.Value[i]);
    }

    /// <summary>Checks one operating point that some engine gave.</summary>
    /// <exception cref="XunitException">A node or a branch does not balance.</exception>
    public static void Check(Netlist netlist, EngineOptions options, OperatingPoint point)
        => new BalanceCheck(options, new(point.NodeVolts), new(point.BranchAmps), (_, value) => value.AtDc).Run(FlatNetlist.Expand(netlist, CancellationToken.None), isTransient: false);

    private void Run(List<Element> elements, bool isTransient)
    {
        // Where charges flow, the currents of a transient depend on its integration formula.
        var charged = new HashSet<string> { Netlist.Ground };
        foreach (Element element in elements)
        {
            Add(element, isTransient);
            if (isTransient && HasCharge(element)) charged.UnionWith(element.Nodes);
        }

        foreach ((string node, double sum) in _sums)
        {
            if (charged.Contains(node)) continue;
            double bound = _options.CurrentToleranceAmps + Part * _sizes[node] + _noise[node];
            if (!(Math.Abs(sum) <= bound)) throw new XunitException($"Node {node} is off by {sum:G6} A, more than {bound:G3} A; its currents are {_sizes[node]:G6} A in all.");
        }
    }

    private static bool HasCharge(Element element) => element switch
    {
        Capacitor => true,
        Diode d => d.Model.JunctionFarads > 0 || d.Model.TransitSeconds > 0,
        Mosfet m => m.Model.OxideMetres is not null || m.Model.BulkDrainFarads > 0 || m.Model.BulkSourceFarads > 0 || m.Model.JunctionFaradsPerSquareMetre > 0
            || m.Model.SidewallFaradsPerMetre > 0 || m.Model.GateSourceFaradsPerMetre > 0 || m.Model.GateDrainFaradsPerMetre > 0 || m.Model.GateBulkFaradsPerMetre > 0,
        _ => false,
    };

    private void Add(Element element, bool isTransient)
    {
        switch (element)
        {
            case Resistor r:
                Flow(r.Plus, r.Minus, v => v(0) / r.Ohms, (r.Plus, r.Minus));
                break;
            case Capacitor:
                break;
            case Memristor m:
                Flow(m.Plus, m.Minus, v => Amps(m.Law, v(0)), (m.Plus, m.Minus));
                break;
            case CurrentSource i:
                Flow(i.Plus, i.Minus, _ => _level(i.Name, i.Value));
                break;
            case VoltageSource v:
                Branch(v.Name, v.Plus, v.Minus, _ => _level(v.Name, v.Value));
                break;
            case Inductor l:
                if (isTransient) Flow(l.Plus, l.Minus, _ => _amps[l.Name]);
                else Branch(l.Name, l.Plus, l.Minus, _ => 0);
                break;
            case VoltageControlledVoltageSource e:
                Branch(e.Name, e.Plus, e.Minus, v => e.Gain * v(0), (e.ControlPlus, e.ControlMinus));
                break;
            case CurrentControlledVoltageSource h:
                Branch(h.Name, h.Plus, h.Minus, _ => h.Gain * _amps[h.Control]);
                break;
            case VoltageControlledCurrentSource g:
                Flow(g.Plus, g.Minus, v => g.Gain * v(0), (g.ControlPlus, g.ControlMinus));
                break;
            case CurrentControlledCurrentSource f:
                Flow(f.Plus, f.Minus, _ => f.Gain * _amps[f.Control]);
                break;
            case BehaviouralSource b:
                CompiledExpression expression = CompiledExpression.Compile(b.Value);
                expression.TimeSeconds = _seconds;
                (string, string)[] inputs = [.. expression.Inputs.Select(i => i.IsCurrent ? ("i", i.Plus) : (i.Plus, i.Minus ?? Netlist.Ground))];
                Func<Func<int, double>, double> value = v => expression.Evaluate([.. Enumerable.Range(0, inputs.Length).Select(v)], new double[inputs.Length]);
                if (b.IsVoltage) Branch(b.Name, b.Plus, b.Minus, value, inputs);
                else Flow(b.Plus, b.Minus, value, inputs);
                break;
            case Diode d:
                Flow(d.Anode, d.Cathode, v => Amps(d, v(0)), (d.Anode, d.Cathode));
                CountInner(d.Anode, d.Model.SeriesOhms / d.Area);
                break;
            case EkvMosfet m:
                Flow(m.Drain, m.Source, v => Amps(m.Model, v(0), v(1), v(2)), (m.Gate, m.Bulk), (m.Drain, m.Bulk), (m.Source, m.Bulk));
                break;
            case Mosfet m:
                AddMosfet(m);
                break;
            default:
                throw new XunitException($"No law is written for {element.GetType().Name}.");
        }
    }

    /// <summary>Adds a current that depends on voltages, and what the rounding of each may change it by.</summary>
    private void Flow(string from, string to, Func<Func<int, double>, double> law, params (string Plus, string Minus)[] inputs)
    {
        double amps = law(Voltages(inputs)), noise = Noise(law, inputs);
        Count(from, amps, noise);
        Count(to, -amps, noise);
    }

    /// <summary>Adds the current of a branch to its nodes and checks its voltage.</summary>
    private void Branch(string name, string plus, string minus, Func<Func<int, double>, double> law, params (string Plus, string Minus)[] inputs)
    {
        Count(plus, _amps[name], Rounding * Math.Abs(_amps[name]));
        Count(minus, -_amps[name], Rounding * Math.Abs(_amps[name]));
        double wanted = law(Voltages(inputs)), volts = Volts(plus) - Volts(minus);
        double bound = _options.VoltageToleranceVolts + Part * (Math.Abs(wanted) + Math.Abs(volts))
            + Noise(law, inputs) + Rounding * (Math.Abs(Volts(plus)) + Math.Abs(Volts(minus)) + Math.Abs(wanted));
        if (!(Math.Abs(volts - wanted) <= bound)) throw new XunitException($"{name} has {volts:R} V, but its law says {wanted:R} V; the bound is {bound:G3} V.");
    }

    private Func<int, double> Voltages((string Plus, string Minus)[] inputs, int moved = -1, double by = 0)
        => i => (inputs[i].Plus == "i" ? _amps[inputs[i].Minus] : Volts(inputs[i].Plus) - Volts(inputs[i].Minus)) + (i == moved ? by : 0);

    private double Noise(Func<Func<int, double>, double> law, (string Plus, string Minus)[] inputs)
    {
        double value = law(Voltages(inputs)), noise = Rounding * Math.Abs(value);
        for (int i = 0; i < inputs.Length; i++)
        {
            double size = inputs[i].Plus == "i" ? Math.Abs(_amps[inputs[i].Minus]) : Math.Abs(Volts(inputs[i].Plus)) + Math.Abs(Volts(inputs[i].Minus));
            double up = Math.Abs(law(Voltages(inputs, i, Rounding * size)) - value), down = Math.Abs(law(Voltages(inputs, i, -Rounding * size)) - value);
            noise += Math.Max(up, down);
        }

        return noise;
    }

    private void Count(string node, double amps, double noise)
    {
        _sums[node] = _sums.GetValueOrDefault(node) + amps;
        _sizes[node] = _sizes.GetValueOrDefault(node) + Math.Abs(amps);
        _noise[node] = _noise.GetValueOrDefault(node) + noise;
    }

    /// <summary>The node behind a series resistance has a voltage of its own, with a rounding of its own.</summary>
    private void CountInner(string node, double ohms)
    {
        if (ohms > 0) Count(node, 0, 2 * Rounding * Math.Abs(Volts(node)) / ohms);
    }

    private double Volts(string node) => node == Netlist.Ground ? 0 : _volts[node];

    private static double Amps(MemristorLaw law, double v) => law switch
    {
        SinhMemristorLaw s => s.ScaleAmps * Math.Sinh(s.PerVolt * v),
        PolynomialMemristorLaw p => p.Siemens * v + p.SquareAmps * v * v + p.CubeAmps * v * v * v,
        PooleFrenkelMemristorLaw f => f.Siemens * v * Math.Exp(Math.Sqrt(Math.Abs(v) / f.FieldVolts)),
        _ => throw new XunitException($"No law is written for {law.GetType().Name}."),
    };

    private static double Amps(EkvParameters model, double gate, double drain, double source)
    {
        double sign = model.IsPChannel ? -1 : 1, pinch = (sign * gate - model.ThresholdVolts + model.BarrierLowering * sign * (drain + source)) / model.SlopeFactor;
        return sign * model.SpecificCurrentAmps * (Half(pinch - sign * source) - Half(pinch - sign * drain));

        double Half(double volts)
        {
            double x = volts / (2 * model.ThermalVolts), soft = Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
            return soft * soft;
        }
    }

    private double Amps(Diode d, double volts)
    {
        // The fit of the breakdown voltage is the engine's own.
        var junction = new JunctionDiode(d.Model, d.Area);
        return Behind(d.Model.SeriesOhms / d.Area, volts, v =>
            d.Model.BreakdownVolts is not null && v < 0 ? junction.Amps(v, out _) + _options.MinimumConductanceSiemens * v
                : Junction(v, d.Model.SaturationAmps * d.Area, d.Model.EmissionCoefficient * Thermal));
    }

    private double Junction(double volts, double saturation, double thermal)
    {
        double ratio = 3 * thermal / (volts * Math.E), gmin = _options.MinimumConductanceSiemens * volts;
        return volts >= -3 * thermal ? saturation * (Math.Exp(volts / thermal) - 1) + gmin : -saturation * (1 + ratio * ratio * ratio) + gmin;
    }

    /// <summary>The current of a law that rises, behind a resistance: by halving.</summary>
    private static double Behind(double ohms, double volts, Func<double, double> law)
    {
        if (ohms == 0) return law(volts);
        double inner = Root(Math.Min(0, volts) - 1e-9, Math.Max(0, volts) + 1e-9, v => law(v) - (volts - v) / ohms);
        // Of the two ways to the current the one that rounding hurts less.
        return Math.Abs(volts - inner) > Math.Abs(inner) * 1e-3 ? (volts - inner) / ohms : law(inner);
    }

    private static double Root(double low, double high, Func<double, double> rising)
    {
        for (int i = 0; i < 200; i++)
        {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) break;
            if (rising(middle) > 0) high = middle;
            else low = middle;
        }

        return (low + high) / 2;
    }

    private void AddMosfet(Mosfet m)
    {
        (string Plus, string Minus)[] inputs = [(m.Drain, Netlist.Ground), (m.Gate, Netlist.Ground), (m.Source, Netlist.Ground), (m.Bulk, Netlist.Ground)];
        string[] terminals = [m.Drain, m.Source, m.Bulk];
        CountInner(m.Drain, m.Model.DrainOhms);
        CountInner(m.Source, m.Model.SourceOhms);
        for (int t = 0; t < terminals.Length; t++)
        {
            int terminal = t;
            Func<Func<int, double>, double> law = v => Terminals(m, v(0), v(1), v(2), v(3))[terminal];
            Count(terminals[t], law(Voltages(inputs)), Noise(law, inputs));
        }
    }

    /// <summary>Currents into drain, source and bulk of a level 1 transistor, behind its resistances.</summary>
    private double[] Terminals(Mosfet m, double drain, double gate, double source, double bulk)
    {
        double innerDrain = drain, innerSource = source;
        double low = new[] { drain, source, bulk, gate }.Min() - 1, high = new[] { drain, source, bulk, gate }.Max() + 1;
        if (m.Model.SourceOhms > 0) innerSource = Root(low, high, s => Inner(m, InnerDrain(s), gate, s, bulk)[1] - (source - s) / m.Model.SourceOhms);
        innerDrain = InnerDrain(innerSource);
        double[] amps = Inner(m, innerDrain, gate, innerSource, bulk);
        return amps;

        double InnerDrain(double s) => m.Model.DrainOhms > 0 ? Root(low, high, d => Inner(m, d, gate, s, bulk)[0] - (drain - d) / m.Model.DrainOhms) : drain;
    }

    private double[] Inner(Mosfet m, double drain, double gate, double source, double bulk)
    {
        MosfetModel model = m.Model;
        double sign = model.IsPChannel ? -1 : 1;
        bool isReversed = sign * drain < sign * source;
        double lower = isReversed ? drain : source, vds = Math.Abs(drain - source), vgs = sign * (gate - lower), vbs = sign * (bulk - lower);
        double phi = model.SurfacePotentialVolts, root = vbs <= 0 ? Math.Sqrt(phi - vbs) : Math.Max(0, Math.Sqrt(phi) - vbs / (2 * Math.Sqrt(phi)));
        double over = vgs - sign * model.ThresholdVolts - model.BodyFactorRootVolts * (root - Math.Sqrt(phi));
        double beta = model.TransconductanceAmpsPerSquareVolt * m.Geometry.WidthMetres / (m.Geometry.LengthMetres - 2 * model.LateralDiffusionMetres);
        double channel = over <= 0 ? 0 : beta * (1 + model.ChannelModulationPerVolt * vds) * (over <= vds ? over * over / 2 : vds * (over - vds / 2));
        channel *= sign * (isReversed ? -1 : 1);
        bool usesDensity = model.BulkSaturationAmpsPerSquareMetre > 0 && m.Geometry.DrainSquareMetres > 0 && m.Geometry.SourceSquareMetres > 0;
        double toDrain = m.Bulk == m.Drain && model.DrainOhms == 0 ? 0 : Bulk(drain, m.Geometry.DrainSquareMetres);
        double toSource = m.Bulk == m.Source && model.SourceOhms == 0 ? 0 : Bulk(source, m.Geometry.SourceSquareMetres);
        return [channel - toDrain, -channel - toSource, toDrain + toSource];

        double Bulk(double node, double area)
        {
            double saturation = usesDensity ? model.BulkSaturationAmpsPerSquareMetre * area : model.BulkSaturationAmps, v = sign * (bulk - node);
            double amps = v <= -3 * Thermal ? -saturation : saturation * (Math.Exp(v / Thermal) - 1);
            return sign * (amps + _options.MinimumConductanceSiemens * v);
        }
    }
}
