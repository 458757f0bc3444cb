using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Expressions;
using CircuitSim.Circuit.Netlists;
using global::SpiceSharp.Components;
using global::SpiceSharp.Entities;
using SharpCapacitor = global::SpiceSharp.Components.Capacitor;
using SharpCircuit = global::SpiceSharp.Circuit;
using SharpInductor = global::SpiceSharp.Components.Inductor;
using SharpResistor = global::SpiceSharp.Components.Resistor;
using SharpVoltageSource = global::SpiceSharp.Components.VoltageSource;

namespace CircuitSim.Circuit.Engines.SpiceSharp;

/// <summary>Makes SpiceSharp's entities of flat elements.</summary>
/// <param name="stepSeconds">Printing step of the transient, which fills in defaults of waveforms; 0 without one.</param>
/// <param name="stopSeconds">End of the transient; 0 without one.</param>
internal sealed class SpiceSharpBuilder(double stepSeconds, double stopSeconds)
{
    private readonly SharpCircuit _circuit = [];

    /// <summary>Builds a circuit of its own.</summary>
    /// <exception cref="EngineException">An element is of a kind that the adapter lacks.</exception>
    internal SharpCircuit Build(IEnumerable<Element> elements)
    {
        foreach (Element element in elements) Add(element);
        return _circuit;
    }

    private void Add(Element element)
    {
        switch (element)
        {
            case Netlists.Resistor r:
                _circuit.Add(new SharpResistor(r.Name, r.Plus, r.Minus, r.Ohms));
                break;
            case Netlists.VoltageSource v:
                var voltage = new SharpVoltageSource(v.Name).Connect(v.Plus, v.Minus);
                Set((Entity)voltage, v.Value);
                break;
            case Netlists.CurrentSource i:
                var current = new global::SpiceSharp.Components.CurrentSource(i.Name).Connect(i.Plus, i.Minus);
                Set((Entity)current, i.Value);
                break;
            case Netlists.Capacitor c:
                var capacitor = new SharpCapacitor(c.Name, c.Plus, c.Minus, c.Farads);
                if (c.InitialVolts is double volts) capacitor.SetParameter("ic", volts);
                _circuit.Add(capacitor);
                break;
            case Netlists.Inductor l:
                var inductor = new SharpInductor(l.Name, l.Plus, l.Minus, l.Henries);
                if (l.InitialAmps is double amps) inductor.SetParameter("ic", amps);
                _circuit.Add(inductor);
                break;
            case Netlists.VoltageControlledVoltageSource e:
                _circuit.Add(new global::SpiceSharp.Components.VoltageControlledVoltageSource(e.Name, e.Plus, e.Minus, e.ControlPlus, e.ControlMinus, e.Gain));
                break;
            case Netlists.VoltageControlledCurrentSource g:
                _circuit.Add(new global::SpiceSharp.Components.VoltageControlledCurrentSource(g.Name, g.Plus, g.Minus, g.ControlPlus, g.ControlMinus, g.Gain));
                break;
            case Netlists.CurrentControlledCurrentSource f:
                _circuit.Add(new global::SpiceSharp.Components.CurrentControlledCurrentSource(f.Name, f.Plus, f.Minus, f.Control, f.Gain));
                break;
            case Netlists.CurrentControlledVoltageSource h:
                _circuit.Add(new global::SpiceSharp.Components.CurrentControlledVoltageSource(h.Name, h.Plus, h.Minus, h.Control, h.Gain));
                break;
            case Netlists.Diode d:
                AddDiode(d);
                break;
            case Netlists.Mosfet m:
                AddMosfet(m);
                break;
            case EkvMosfet m:
                _circuit.Add(new FunctionCurrent(m.Name, m.Drain, m.Source, m.Nodes, () => (v, gradient, _) =>
                {
                    EkvCurrent i = EkvTransistor.Evaluate(m.Model, v[0], v[1], v[2], v[3]);
                    (gradient[0], gradient[1], gradient[2], gradient[3]) = (i.PerDrainVolt, i.PerGateVolt, i.PerSourceVolt, i.PerBulkVolt);
                    return i.DrainAmps;
                }));
                break;
            case Memristor m:
                _circuit.Add(new FunctionCurrent(m.Name, m.Plus, m.Minus, m.Nodes, () => (v, gradient, _) =>
                {
                    double amps = m.Law.Amps(v[0] - v[1], out gradient[0]);
                    gradient[1] = -gradient[0];
                    return amps;
                }));
                break;
            case BehaviouralSource b:
                AddBehavioural(b);
                break;
            default:
                throw new EngineException(SpiceSharpEngine.EngineName, $"{element.Name} is of a kind that SpiceSharp is not given; solve the netlist with --engine native.");
        }
    }

    private void Set(Entity source, SourceValue value)
    {
        if (value.Dc is not null || value.Waveform is null) source.SetParameter("dc", value.AtDc);
        if (value.AcMagnitude != 0) source.SetParameter("ac", new[] { value.AcMagnitude, value.AcPhaseDegrees });
        if (value.Waveform is not null) source.SetParameter<IWaveformDescription>("waveform", new SpiceSharpWaveform(value.Waveform, stepSeconds, stopSeconds));
        _circuit.Add(source);
    }

    private void AddDiode(Netlists.Diode d)
    {
        Devices.DiodeModel m = d.Model;
        if (!_circuit.Contains(ModelEntity(m.Name)))
        {
            var model = new global::SpiceSharp.Components.DiodeModel(ModelEntity(m.Name));
            SetAll(model,
                ("is", m.SaturationAmps), ("n", m.EmissionCoefficient), ("rs", m.SeriesOhms), ("cjo", m.JunctionFarads), ("vj", m.JunctionVolts),
                ("m", m.GradingCoefficient), ("fc", m.ForwardFraction), ("tt", m.TransitSeconds));
            if (m.BreakdownVolts is double volts) SetAll(model, [("bv", volts), ("ibv", m.BreakdownAmps)]);
            _circuit.Add(model);
        }

        var diode = new global::SpiceSharp.Components.Diode(d.Name, d.Anode, d.Cathode, ModelEntity(m.Name));
        diode.SetParameter("area", d.Area);
        _circuit.Add(diode);
    }

    private void AddMosfet(Netlists.Mosfet t)
    {
        MosfetModel m = t.Model;
        if (!_circuit.Contains(ModelEntity(m.Name)))
        {
            var model = new Mosfet1Model(ModelEntity(m.Name));
            model.SetParameter(m.IsPChannel ? "pmos" : "nmos", true);
            SetAll(model,
                ("vto", m.ThresholdVolts), ("kp", m.TransconductanceAmpsPerSquareVolt), ("gamma", m.BodyFactorRootVolts), ("phi", m.SurfacePotentialVolts),
                ("lambda", m.ChannelModulationPerVolt), ("rd", m.DrainOhms), ("rs", m.SourceOhms), ("is", m.BulkSaturationAmps),
                ("js", m.BulkSaturationAmpsPerSquareMetre), ("cj", m.JunctionFaradsPerSquareMetre), ("mj", m.BottomGradingCoefficient),
                ("cjsw", m.SidewallFaradsPerMetre), ("mjsw", m.SidewallGradingCoefficient), ("pb", m.JunctionVolts), ("fc", m.ForwardFraction),
                ("cgso", m.GateSourceFaradsPerMetre), ("cgdo", m.GateDrainFaradsPerMetre), ("cgbo", m.GateBulkFaradsPerMetre), ("ld", m.LateralDiffusionMetres));
            if (m.OxideMetres is double oxide) model.SetParameter("tox", oxide);
            if (m.BulkDrainFarads is double drain) model.SetParameter("cbd", drain);
            if (m.BulkSourceFarads is double source) model.SetParameter("cbs", source);
            _circuit.Add(model);
        }

        MosfetGeometry g = t.Geometry;
        var transistor = new Mosfet1(t.Name, t.Drain, t.Gate, t.Source, t.Bulk, ModelEntity(m.Name));
        SetAll(transistor,
            ("w", g.WidthMetres), ("l", g.LengthMetres), ("ad", g.DrainSquareMetres), ("as", g.SourceSquareMetres),
            ("pd", g.DrainPerimeterMetres), ("ps", g.SourcePerimeterMetres));
        _circuit.Add(transistor);
    }

    // Models and elements share one set of names there.
    private static string ModelEntity(string model) => model + "#model";

    // A voltage goes through a node of its own, where the expression drives 1 S; a current that is read becomes the voltage of such a node.
    private void AddBehavioural(BehaviouralSource b)
    {
        IReadOnlyList<ExpressionInput> inputs = CompiledExpression.Compile(b.Value).Inputs;
        var controls = new List<string>();
        for (int k = 0; k < inputs.Count; k++)
        {
            ExpressionInput input = inputs[k];
            if (!input.IsCurrent)
            {
                controls.AddRange([input.Plus, input.Minus ?? Netlist.Ground]);
                continue;
            }

            string sense = FormattableString.Invariant($"{b.Name}#i{k}");
            _circuit.Add(new global::SpiceSharp.Components.CurrentControlledVoltageSource(sense, sense, Netlist.Ground, input.Plus, 1));
            controls.AddRange([sense, Netlist.Ground]);
        }

        string inner = b.Name + "#v";
        (string plus, string minus) = b.IsVoltage ? (Netlist.Ground, inner) : (b.Plus, b.Minus);
        _circuit.Add(new FunctionCurrent(b.IsVoltage ? inner : b.Name, plus, minus, controls, () => Differences(b.Value)));
        if (!b.IsVoltage) return;

        _circuit.Add(new SharpResistor(b.Name + "#r", inner, Netlist.Ground, 1));
        _circuit.Add(new global::SpiceSharp.Components.VoltageControlledVoltageSource(b.Name, b.Plus, b.Minus, inner, Netlist.Ground, 1));
    }

    private static NodeFunction Differences(Expression expression)
    {
        var compiled = CompiledExpression.Compile(expression);
        var inputs = new double[compiled.Inputs.Count];
        var slopes = new double[inputs.Length];
        return (v, gradient, seconds) =>
        {
            for (int k = 0; k < inputs.Length; k++) inputs[k] = v[2 * k] - v[2 * k + 1];
            compiled.TimeSeconds = seconds;
            double value = compiled.Evaluate(inputs, slopes);
            for (int k = 0; k < inputs.Length; k++) (gradient[2 * k], gradient[2 * k + 1]) = (slopes[k], -slopes[k]);
            return value;
        };
    }

    private static void SetAll(Entity entity, params ReadOnlySpan<(string Name, double Value)> parameters)
    {
        foreach ((string name, double value) in parameters) entity.SetParameter(name, value);
    }
}
