using CircuitSim.Circuit.Linear;
using CircuitSim.Training.Kernels;

namespace CircuitSim.Training.Phax;

/// <summary>One crossbar of a PHAX network during training: conductances from θ, gate voltages, and the gradient back to θ.</summary>
/// <remarks>
/// With σ in units of σ_min and S = Σσ of a bit line, Vnet = Σσ·V/S, ∂Vnet/∂σ = (V − Vnet)/S and ∂Vnet/∂V = σ/S: the normalisation's
/// Jacobian needs no matrix. All backward quantities carry the factor 1/S in <c>q</c> = dJ/dVnet/S. The first layer's inputs are
/// differential, so one product with σ₊ − σ₋ serves both lines of a pair.
/// </remarks>
internal sealed class PhaxLayer
{
    private readonly double[] _sigma;
    private readonly double[] _slope;
    private readonly double[] _difference;
    private readonly double[] _inverseSum;
    private readonly double[] _bias;
    private readonly double[] _drive;
    private readonly double[] _common;
    private readonly double[] _biasDrive;
    private readonly double _railVolts;
    private readonly double _ratio;
    private readonly double _thetaScale;
    private readonly bool _isFirst;

    /// <summary>Creates a layer.</summary>
    /// <param name="inputCount">Inputs without the bias pair.</param>
    /// <param name="outputCount">Neurons.</param>
    /// <param name="supplyVolts">Supply Vdd, volts.</param>
    /// <param name="ratio">K/σ_min.</param>
    /// <param name="thetaScale">θ per unit of a parameter.</param>
    /// <param name="isFirst">True when the inputs are differential pairs ±x.</param>
    public PhaxLayer(int inputCount, int outputCount, double supplyVolts, double ratio, double thetaScale, bool isFirst)
    {
        InputCount = inputCount;
        OutputCount = outputCount;
        _railVolts = supplyVolts / 2;
        _ratio = ratio;
        _thetaScale = thetaScale;
        _isFirst = isFirst;
        _sigma = new double[ParameterCount];
        _slope = new double[ParameterCount];
        _difference = new double[isFirst ? inputCount * outputCount : 0];
        _drive = new double[(isFirst ? inputCount : 2 * inputCount) * outputCount];
        _inverseSum = new double[outputCount];
        _bias = new double[outputCount];
        _common = new double[outputCount];
        _biasDrive = new double[outputCount];
    }

    /// <summary>Inputs without the bias pair.</summary>
    public int InputCount { get; }

    /// <summary>Neurons.</summary>
    public int OutputCount { get; }

    /// <summary>Devices: (2·inputs + 2)·neurons.</summary>
    public int ParameterCount => (2 * InputCount + 2) * OutputCount;

    /// <summary>Conductances over σ_min, row-major [wordLine, neuron].</summary>
    public ReadOnlySpan<double> Sigma => _sigma;

    /// <summary>1/Σσ of each bit line.</summary>
    public ReadOnlySpan<double> InverseSum => _inverseSum;

    /// <summary>Computes conductances and their sums.</summary>
    /// <param name="parameters">θ over its scale, row-major [wordLine, neuron].</param>
    public void Refresh(ReadOnlySpan<double> parameters)
    {
        VectorMath.Conductance(parameters, _ratio, _thetaScale, _sigma, _slope);
        _inverseSum.AsSpan().Clear();
        for (int i = 0; i < InputCount; i++)
        {
            if (_isFirst)
            {
                RowKernels.AddPair(Row(_sigma, 2 * i), Row(_sigma, 2 * i + 1), _inverseSum, Row(_difference, i));
            }
            else
            {
                RowKernels.Add(Row(_sigma, 2 * i), _inverseSum);
                RowKernels.Add(Row(_sigma, 2 * i + 1), _inverseSum);
            }
        }

        RowKernels.AddPair(Row(_sigma, 2 * InputCount), Row(_sigma, 2 * InputCount + 1), _inverseSum, _bias);
        for (int j = 0; j < OutputCount; j++)
        {
            _inverseSum[j] = 1 / _inverseSum[j];
            _bias[j] *= _railVolts;
        }
    }

    /// <summary>Gate voltages.</summary>
    /// <param name="first">Word-line voltages [sample, input]: +x in the first layer, else outputs <c>n</c> of the layer before.</param>
    /// <param name="second">Outputs <c>p</c> of the layer before; not read in the first layer.</param>
    /// <param name="count">Samples.</param>
    /// <param name="gate">Receives the voltages [sample, neuron].</param>
    public void Forward(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int count, Span<double> gate)
    {
        if (_isFirst)
        {
            Gemm.Multiply(
                GemmView.RowMajor(first, count, InputCount), GemmView.RowMajor(_difference, InputCount, OutputCount), gate, OutputCount);
        }
        else
        {
            Gemm.Multiply(GemmView.RowMajor(first, count, InputCount), EverySecondRow(_sigma, 0), gate, OutputCount);
            Gemm.Multiply(GemmView.RowMajor(second, count, InputCount), EverySecondRow(_sigma, 1), gate, OutputCount, accumulate: true);
        }

        for (int sample = 0; sample < count; sample++)
        {
            Span<double> row = gate.Slice(sample * OutputCount, OutputCount);
            for (int j = 0; j < row.Length; j++) row[j] = (row[j] + _bias[j]) * _inverseSum[j];
        }
    }

    /// <summary>Takes one batch into the gradient.</summary>
    /// <param name="first">As in <see cref="Forward"/>.</param>
    /// <param name="second">As in <see cref="Forward"/>.</param>
    /// <param name="gate">Gate voltages of the batch.</param>
    /// <param name="count">Samples.</param>
    /// <param name="q">On entry dJ/dVnet [sample, neuron]; on return divided by Σσ.</param>
    /// <param name="accumulate">False for the first batch of a gradient.</param>
    public void Backward(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> gate, int count, Span<double> q, bool accumulate)
    {
        if (!accumulate)
        {
            _common.AsSpan().Clear();
            _biasDrive.AsSpan().Clear();
        }

        for (int sample = 0; sample < count; sample++)
        {
            Span<double> row = q.Slice(sample * OutputCount, OutputCount);
            ReadOnlySpan<double> volts = gate.Slice(sample * OutputCount, OutputCount);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] *= _inverseSum[j];
                _common[j] += row[j] * volts[j];
                _biasDrive[j] += row[j];
            }
        }

        GemmView<double> gradient = GemmView.RowMajor(q, count, OutputCount);
        GemmView<double> inputs = GemmView.RowMajor(first, count, InputCount).Transposed;
        if (_isFirst)
        {
            Gemm.Multiply(inputs, gradient, _drive, OutputCount, accumulate);
            return;
        }

        Gemm.Multiply(inputs, gradient, _drive, 2 * OutputCount, accumulate);
        Gemm.Multiply(
            GemmView.RowMajor(second, count, InputCount).Transposed, gradient, _drive.AsSpan(OutputCount), 2 * OutputCount, accumulate);
    }

    /// <summary>Gradient with respect to the outputs of the layer before.</summary>
    /// <param name="q">dJ/dVnet/Σσ [sample, neuron], as <see cref="Backward"/> leaves it.</param>
    /// <param name="count">Samples.</param>
    /// <param name="first">Receives dJ/dn [sample, input].</param>
    /// <param name="second">Receives dJ/dp [sample, input].</param>
    public void Propagate(ReadOnlySpan<double> q, int count, Span<double> first, Span<double> second)
    {
        GemmView<double> gradient = GemmView.RowMajor(q, count, OutputCount);
        Gemm.Multiply(gradient, EverySecondRow(_sigma, 0).Transposed, first, InputCount);
        Gemm.Multiply(gradient, EverySecondRow(_sigma, 1).Transposed, second, InputCount);
    }

    /// <summary>Writes the gradient of everything taken in since the first batch.</summary>
    /// <param name="gradient">Receives thetaScale·dJ/dθ, row-major [wordLine, neuron].</param>
    public void ParameterGradient(Span<double> gradient)
    {
        for (int line = 0; line < 2 * InputCount; line++)
        {
            ReadOnlySpan<double> drive = _isFirst ? Row(_drive, line / 2) : Row(_drive, line);
            double sign = _isFirst && line % 2 == 1 ? -1 : 1;
            RowKernels.ParameterGradient(Row(_slope, line), drive, sign, _common, gradient.Slice(line * OutputCount, OutputCount));
        }

        for (int pole = 0; pole < 2; pole++)
        {
            int line = 2 * InputCount + pole;
            double volts = pole == 0 ? _railVolts : -_railVolts;
            RowKernels.ParameterGradient(Row(_slope, line), _biasDrive, volts, _common, gradient.Slice(line * OutputCount, OutputCount));
        }
    }

    private Span<double> Row(double[] matrix, int row) => matrix.AsSpan(row * OutputCount, OutputCount);

    private GemmView<double> EverySecondRow(double[] matrix, int first) =>
        new(matrix.AsSpan(first * OutputCount), InputCount, OutputCount, 2 * OutputCount);
}
