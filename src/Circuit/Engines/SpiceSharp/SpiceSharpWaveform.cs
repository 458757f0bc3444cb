using CircuitSim.Circuit.Netlists.Waveforms;
using global::SpiceSharp.Components;
using global::SpiceSharp.Entities;
using global::SpiceSharp.ParameterSets;
using global::SpiceSharp.Simulations;
using global::SpiceSharp.Simulations.IntegrationMethods;

namespace CircuitSim.Circuit.Engines.SpiceSharp;

/// <summary>One of our waveforms for a SpiceSharp source, with its corners as break points.</summary>
internal sealed class SpiceSharpWaveform(Waveform waveform, double stepSeconds, double stopSeconds) : ParameterSet, IWaveformDescription
{
    /// <inheritdoc/>
    public IWaveform Create(IBindingContext context)
    {
        context.TryGetState(out IIntegrationMethod? method);
        return new Course(waveform, stepSeconds, stopSeconds, method);
    }

    /// <inheritdoc/>
    public IWaveformDescription Clone() => new SpiceSharpWaveform(waveform, stepSeconds, stopSeconds);

    private sealed class Course : IWaveform
    {
        private readonly Waveform _waveform;
        private readonly double _stepSeconds, _stopSeconds;
        private readonly IIntegrationMethod? _method;
        private readonly double[] _corners;

        internal Course(Waveform waveform, double stepSeconds, double stopSeconds, IIntegrationMethod? method)
        {
            (_waveform, _stepSeconds, _stopSeconds, _method) = (waveform, stepSeconds, stopSeconds, method);
            _corners = method is null ? [] : [.. waveform.Corners(stepSeconds, stopSeconds).Where(t => t > 0 && t < stopSeconds).Order()];
            Probe();
        }

        public double Value { get; private set; }

        public void Probe() => Value = _waveform.At(_method?.Time ?? 0, _stepSeconds, _stopSeconds);

        public void Accept()
        {
            if (_method is not IBreakpointMethod { Break: true } breaks) return;

            int next = Array.FindIndex(_corners, t => t > _method.Time + 1e-12 * _stopSeconds);
            if (next >= 0) breaks.Breakpoints.SetBreakpoint(_corners[next]);
        }
    }
}
