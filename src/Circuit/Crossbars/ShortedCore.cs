using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Crossbar with shorts between neighbouring lines, by one solve of the crossbar without them a short.</summary>
/// <remarks>
/// With the drops d along the shorts in the crossbar without them and S along each for an ampere through each, the currents of the
/// shorts obey (R + S)·q = d: all are positive definite, so that nothing cancels. The state is that without shorts less the
/// responses to q.
/// </remarks>
internal sealed class ShortedCore : ICrossbarCore, IDisposable
{
    // Responses are scaled to about one volt along the short.
    private const double ToleranceVolts = 1e-14, ScaleToleranceVolts = 1e-10, ScaleAmps = 1e-6;

    private readonly CrossbarSpec _spec;
    private readonly ICrossbarCore _core;
    private readonly Branch[] _shorts;
    private readonly double[] _ohms;
    private CrossbarState[]? _responses;
    private double[] _amps = [];
    private DenseLu? _lu;

    internal ShortedCore(CrossbarSpec spec, ICrossbarCore core)
    {
        (_spec, _core) = (spec, core);
        LineFault[] shorts = [.. spec.Faults.Where(fault => !fault.IsOpen)];
        _shorts = [.. shorts.Select(fault => Branch.OfShort(fault, spec.BitLineCount))];
        _ohms = [.. shorts.Select(fault => fault.Ohms)];
    }

    public CrossbarMethod Method => _core.Method;

    public void Dispose() => (_core as IDisposable)?.Dispose();

    public CrossbarState Solve(in CrossbarDrive drive, double toleranceVolts, int mostIterations, bool hasNodes, CrossbarState? spare = null)
    {
        CrossbarState state = _core.Solve(drive, toleranceVolts, mostIterations, hasNodes: true);
        _responses ??= Respond(mostIterations);
        var amps = new double[_shorts.Length];
        for (int k = 0; k < amps.Length; k++)
            amps[k] = _shorts[k].Drop(state) + SourceVolts(drive, _shorts[k].From, _shorts[k].FromWord) - SourceVolts(drive, _shorts[k].To, _shorts[k].ToWord);
        _lu!.Solve(amps);
        for (int k = 0; k < amps.Length; k++) Subtract(state, _responses[k], amps[k] / _amps[k]);
        state.ShortAmps = amps;
        return hasNodes ? state : state.WithoutNodes();
    }

    /// <summary>Volts, currents and ends that one ampere through each short makes, with sources at 0 V.</summary>
    private CrossbarState[] Respond(int mostIterations)
    {
        int count = _shorts.Length;
        var responses = new CrossbarState[count];
        _amps = new double[count];
        double[] wordAmps = new double[_spec.ConductanceSiemens.Length], bitAmps = new double[wordAmps.Length], noVolts = new double[_spec.WordLineCount];
        for (int k = 0; k < count; k++)
        {
            double drop = _shorts[k].Drop(Push(_shorts[k], ScaleAmps, ScaleToleranceVolts));
            // Between two nodes of known voltage a current makes no drop.
            _amps[k] = drop > 0 ? Math.Min(ScaleAmps / drop, 1) : 1;
            responses[k] = Push(_shorts[k], _amps[k], ToleranceVolts);
        }

        _lu = new DenseLu(count);
        for (int k = 0; k < count; k++)
            for (int l = 0; l < count; l++) _lu.Matrix[k * count + l] = _shorts[k].Drop(responses[l]) / _amps[l] + (k == l ? _ohms[k] : 0);
        _lu.Factorize();
        return responses;

        CrossbarState Push(Branch branch, double amps, double toleranceVolts)
        {
            Array.Clear(wordAmps);
            Array.Clear(bitAmps);
            branch.Push(amps, wordAmps, bitAmps);
            var drive = new CrossbarDrive { SourceVolts = noVolts, WordNodeAmps = wordAmps, BitNodeAmps = bitAmps };
            return _core.Solve(drive, toleranceVolts, mostIterations, hasNodes: true);
        }
    }

    private double SourceVolts(in CrossbarDrive drive, int at, bool isWord) => isWord ? drive.SourceVolts[at / _spec.BitLineCount] : 0;

    private static void Subtract(CrossbarState state, CrossbarState response, double factor)
    {
        DenseKernels.AddScaled(-factor, response.WordDeviationVolts, state.WordDeviationVolts);
        DenseKernels.AddScaled(-factor, response.BitVolts, state.BitVolts);
        DenseKernels.AddScaled(-factor, response.LastVolts, state.LastVolts);
        DenseKernels.AddScaled(-factor, response.EndAmps, state.EndAmps);
        DenseKernels.AddScaled(-factor, response.WordLineAmps, state.WordLineAmps);
        state.ErrorVolts += Math.Abs(factor) * response.ErrorVolts;
        state.Iterations = Math.Max(state.Iterations, response.Iterations);
    }
}
