using System.Buffers;
using System.Globalization;
using System.Numerics;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.Tiles;

namespace CircuitSim.Training.Layers;

/// <summary>A layer that is a matrix of weights: computed exactly, or as arrays of devices would.</summary>
/// <remarks>
/// On arrays the forward pass uses quantised inputs, the pairs' conductances and converted partial sums. The backward pass takes every rounding, clipping
/// and programming error for the identity (straight-through estimator; Bengio, Léonard, Courville, arXiv 1308.3432, 2013), but uses the weights and inputs
/// that the forward pass used. Inputs of both signs are read in two steps, what is above zero and what is below, and the second sums are subtracted digitally.
/// </remarks>
internal abstract class MatrixLayer<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int DrawChunk = 4096, FewestSaturated = 16;

    // A normal distribution has one weight in 16 000 beyond; a range that follows the largest weight would waste levels on it, and run away with it.
    private const double RangeInDeviations = 4;

    private readonly bool _hasBias;
    private readonly T[] _effective;
    private readonly T[] _packed;
    private Memory<T> _weights, _bias, _range;
    private T[] _output = [];
    private double _weightFullScale;
    private T[][] _steps = [], _inverses = [], _negatives = [];
    private T[][] _rangeSlopes = [];

    protected MatrixLayer(FeatureShape input, FeatureShape output, int inputs, int outputs, bool hasBias, bool hasSignedInput, int threads)
        : base(input, output, threads)
    {
        (Inputs, Outputs, _hasBias, HasSignedInput) = (inputs, outputs, hasBias, hasSignedInput);
        _effective = new T[inputs * outputs];
        _packed = new T[inputs * RoundUp(outputs)];
        Calibration = new MatrixCalibration(1);
        Ranges = new RangeLearner(1);
    }

    /// <summary>Inputs of the matrix.</summary>
    public int Inputs { get; }

    /// <summary>Outputs of the matrix.</summary>
    public int Outputs { get; }

    /// <summary>Whether inputs may be below zero.</summary>
    public bool HasSignedInput { get; }

    public override int ParameterCount => Inputs * Outputs + (_hasBias ? Outputs : 0);

    /// <summary>The range of weights that training on arrays holds, or 0 where it follows the largest.</summary>
    public override int StateCount => 1;

    /// <summary>Absolute weight of a pair at its largest difference.</summary>
    public double WeightFullScale => _weightFullScale;

    public ArrayModel? Model { get; private set; }

    public TilePlan? Plan { get; private set; }

    public MatrixMode Mode { get; set; }

    public MatrixCalibration Calibration { get; private set; }

    /// <summary>The ranges of the ADCs, where they are learnt.</summary>
    public RangeLearner Ranges { get; private set; }

    public bool HasLearntRanges => Model?.Tiles?.Range == ConverterRange.Learnt;

    private int SignCount => HasSignedInput ? 2 : 1;

    private int GroupCount => (Inputs + Model!.Tiles!.Inputs - 1) / Model.Tiles.Inputs;

    private int PlaneCount => Model!.Tiles!.IsBitSerial ? Model.InputBits!.Value : 1;

    protected Memory<T> WeightGradient { get; private set; }

    protected Memory<T> BiasGradient { get; private set; }

    protected T[] OutputBuffer => _output;

    /// <summary>Weights for the gradient of the inputs: packed by the layer itself.</summary>
    protected abstract void PackBackward(ReadOnlySpan<T> effective);

    /// <summary>Makes the inputs of a batch ready, through a quantiser where one is given.</summary>
    protected abstract void Take(T[] input, int batch, Action<ReadOnlyMemory<T>, Memory<T>>? quantize);

    protected abstract int ItemCount(int batch);

    /// <summary>Everything an item's product reads.</summary>
    protected abstract ReadOnlyMemory<T> ItemInput(int item, int batch);

    /// <summary>Rows of an item's product; some may belong to no output.</summary>
    protected abstract int ItemRows(int item, int batch);

    /// <summary>Product over the inputs from first to end, row-major with all outputs.</summary>
    protected abstract void Product(ReadOnlySpan<T> left, int rows, int first, int end, Span<T> product);

    /// <summary>The input vector of one output pixel of a sample of the last forward pass, as the arrays get it.</summary>
    public abstract void Patch(int sample, int pixel, Span<T> inputs);

    /// <summary>Copies an item's product to the outputs.</summary>
    protected abstract void Store(int item, int batch, ReadOnlySpan<T> product, T[] output, ReadOnlySpan<T> bias);

    public override void Bind(Memory<T> parameters, Memory<T> gradient, Memory<T> state)
    {
        int count = Inputs * Outputs;
        (_weights, WeightGradient) = (parameters[..count], gradient[..count]);
        (_bias, BiasGradient) = (parameters[count..], gradient[count..]);
        _range = state;
        state.Span.Clear();
    }

    /// <summary>He's initial weights for layers before a ReLU, √(2/inputs)·normal (He, Zhang, Ren, Sun, ICCV 2015); biases 0.</summary>
    public void Initialize(ulong seed, int index)
    {
        var random = new CounterRandom(seed, string.Create(CultureInfo.InvariantCulture, $"initial weights of matrix {index}"));
        double deviation = Math.Sqrt(2.0 / Inputs);
        Span<T> weights = _weights.Span;
        for (int i = 0; i < weights.Length; i++) weights[i] = T.CreateChecked(deviation * random.Normal((ulong)i));
        _bias.Span.Clear();
    }

    /// <summary>Fixes the range of weights for training on arrays: four deviations, or the largest weight where that is less. A range that is fixed stays.</summary>
    public void HoldRange()
    {
        if (_range.Span[0] > T.Zero) return;
        double squares = 0;
        foreach (T w in _weights.Span) squares += double.CreateChecked(w * w);
        double largest = double.CreateChecked(Lanes.Largest<T>(_weights.Span));
        _range.Span[0] = T.CreateChecked(Math.Min(largest, RangeInDeviations * Math.Sqrt(squares / (Inputs * Outputs))));
        Clamp();
    }

    /// <summary>Keeps weights within the fixed range, which is all that devices offer.</summary>
    public void Clamp()
    {
        T range = _range.Span[0];
        foreach (ref T w in _weights.Span) w = T.Min(T.Max(w, -range), range);
    }

    /// <summary>Whether every weight is at an end of the fixed range; never for a handful of weights, which may all be wanted there.</summary>
    public bool IsSaturated
    {
        get
        {
            if (_weights.Length < FewestSaturated) return false;
            T range = _range.Span[0];
            foreach (T w in _weights.Span)
                if (T.Abs(w) < range) return false;
            return true;
        }
    }

    /// <summary>Puts the matrix on arrays, or takes it off them; calibration begins anew when the arrays change.</summary>
    public void Attach(ArrayModel? model)
    {
        TilePlan? plan = model?.Tiles is { } t ? new TilePlan(Inputs, Outputs, t.Inputs, t.Outputs) : null;
        if ((plan?.ArrayCount ?? 1) != Calibration.SumShare.Length)
        {
            Calibration = new MatrixCalibration(plan?.ArrayCount ?? 1) { InputFullScale = Calibration.InputFullScale };
            Ranges = new RangeLearner(plan?.ArrayCount ?? 1);
        }

        (Model, Plan, Mode) = (model, plan, MatrixMode.Compute);
    }

    /// <summary>Turns weights into what the forward pass uses. Needed after every change of weights, model or calibration.</summary>
    /// <param name="draw">Programming errors, or null for none.</param>
    /// <param name="index">Place of the matrix in its network, from 1.</param>
    public void Prepare(WeightDraw? draw, int index)
    {
        ReadOnlySpan<T> weights = _weights.Span;
        _weightFullScale = FullScale();
        if (Model is null || _weightFullScale == 0) weights.CopyTo(_effective);
        else ToPairs(Model, draw, index);

        Pack(_effective, Inputs, Outputs, _packed);
        PackBackward(_effective);
        if (Plan is not null) SetSteps(Plan, Model!);
    }

    public override T[] Forward(T[] input, int batch, bool isTraining)
    {
        T[] output = Room(ref _output, batch * Output.Count);
        if (Mode == MatrixMode.MeasureInputs)
        {
            double largest = double.CreateChecked(Lanes.Largest<T>(input.AsSpan(0, batch * Input.Count)));
            Calibration.InputFullScale = Math.Max(Calibration.InputFullScale, largest);
        }

        bool isQuantized = Model?.InputBits is not null && Mode != MatrixMode.MeasureInputs;
        Take(input, batch, isQuantized ? Quantize : null);
        int items = ItemCount(batch);
        bool learns = isTraining && HasLearntRanges && Mode == MatrixMode.Compute;
        if (learns) MakeRoomForSlopes(batch);
        var clipped = new long[items];
        var largestSums = Mode == MatrixMode.MeasureSums && Plan is not null ? new double[items * Plan.ArrayCount] : [];
        Each(items, item =>
        {
            int rows = ItemRows(item, batch);
            T[] product = ArrayPool<T>.Shared.Rent(rows * Outputs);
            Span<T> sums = product.AsSpan(0, rows * Outputs);
            ReadOnlySpan<T> left = ItemInput(item, batch).Span;
            if (Plan is null || Mode == MatrixMode.MeasureInputs) Product(left, rows, 0, Inputs, sums);
            else clipped[item] = Convert(left, rows, sums, largestSums, item, learns ? slopes => StoreSlopes(item, batch, slopes) : null);
            Store(item, batch, sums, output, _hasBias ? _bias.Span : []);
            ArrayPool<T>.Shared.Return(product);
        });
        Count(batch, items, clipped, largestSums);
        return output;
    }

    /// <summary>Multiplies packed weights into a product, one block of columns after the other.</summary>
    protected void MultiplyPacked(ReadOnlySpan<T> left, int leftRowStride, int firstInput, GemmDepth depth, int rows, Span<T> product, int stride, bool accumulate)
    {
        int block = PatchGemm.ColumnBlock<T>();
        for (int column = 0; column < Outputs; column += block)
        {
            int width = BlockWidth(Outputs, column);
            PatchGemm.Multiply(left, leftRowStride, _packed.AsSpan(column * Inputs + firstInput * width, (Inputs - firstInput) * width),
                WithRight(depth, width), rows, Math.Min(block, Outputs - column), product[column..], stride, accumulate);
        }
    }

    /// <summary>A depth whose right strides count rows of a packed block.</summary>
    protected static GemmDepth WithRight(GemmDepth depth, int width) => new(
        depth.Outer with { RightStride = depth.Outer.RightStride * width }, depth.Middle with { RightStride = depth.Middle.RightStride * width },
        depth.Inner with { RightStride = depth.Inner.RightStride * width });

    /// <summary>Columns, rounded up, of the packed block that begins at a column.</summary>
    protected static int BlockWidth(int columns, int column) => Math.Min(PatchGemm.ColumnBlock<T>(), RoundUp(columns - column));

    protected static int RoundUp(int columns) => (columns + PatchGemm.ColumnStep<T>() - 1) / PatchGemm.ColumnStep<T>() * PatchGemm.ColumnStep<T>();

    /// <summary>Cuts a row-major matrix into blocks of columns, each stored row after row, missing columns as zeros.</summary>
    private static void Pack(ReadOnlySpan<T> matrix, int rows, int columns, Span<T> packed)
    {
        int block = PatchGemm.ColumnBlock<T>();
        for (int column = 0; column < columns; column += block)
        {
            int width = BlockWidth(columns, column), real = Math.Min(width, columns - column);
            Span<T> target = packed.Slice(column * rows, rows * width);
            for (int row = 0; row < rows; row++)
            {
                matrix.Slice(row * columns + column, real).CopyTo(target[(row * width)..]);
                target.Slice(row * width + real, width - real).Clear();
            }
        }
    }

    private void ToPairs(ArrayModel model, WeightDraw? draw, int index)
    {
        bool isInjected = draw is { Step: not null };
        int count = Inputs * Outputs;
        ulong start = (ulong)(draw?.Step ?? 0) * (ulong)count;
        double full = _weightFullScale, sigma = isInjected ? model.Variation * (1 - model.OffShare) : 0, scale = full * model.DifferenceScale;
        var random = new CounterRandom(draw?.Seed ?? 0, string.Create(CultureInfo.InvariantCulture, $"injected variation of matrix {index}"));
        CounterRandom? errors = Errors(model, draw, index);
        Each((count + DrawChunk - 1) / DrawChunk, chunk =>
        {
            ReadOnlySpan<T> weights = _weights.Span;
            for (int i = chunk * DrawChunk; i < Math.Min(count, (chunk + 1) * DrawChunk); i++)
            {
                (double positive, double negative) = Programmed(model, double.CreateChecked(weights[i]) / full, errors, i);

                // While training one draw stands for the difference of two devices.
                double injected = sigma > 0 ? Math.Sqrt(2) * sigma * random.Normal(start + (ulong)i) : 0;
                _effective[i] = T.CreateChecked((positive - negative + injected) * scale);
            }
        });
    }

    /// <summary>Conductances of an array over the largest, row-major [input of the tile, output of the tile, positive then negative].</summary>
    public double[] Conductances(Tile tile, WeightDraw? draw, int index)
    {
        CounterRandom? errors = Errors(Model!, draw, index);
        double full = FullScale();
        var shares = new double[tile.InputCount * tile.OutputCount * 2];
        for (int i = 0; i < tile.InputCount; i++)
        {
            for (int j = 0; j < tile.OutputCount; j++)
            {
                int place = (tile.FirstInput + i) * Outputs + tile.FirstOutput + j, k = 2 * (i * tile.OutputCount + j);
                (shares[k], shares[k + 1]) = Programmed(Model!, full == 0 ? 0 : double.CreateChecked(_weights.Span[place]) / full, errors, place);
            }
        }

        return shares;
    }

    /// <summary>Uses given weights, such as those of arrays with wires, until the next <see cref="Prepare"/>.</summary>
    public void Replace(ReadOnlySpan<T> effective)
    {
        effective.CopyTo(_effective);
        Pack(_effective, Inputs, Outputs, _packed);
    }

    private double FullScale() => _range.Span[0] > T.Zero ? double.CreateChecked(_range.Span[0]) : double.CreateChecked(Lanes.Largest<T>(_weights.Span));

    private static CounterRandom? Errors(ArrayModel model, WeightDraw? draw, int index) => draw is { Step: null } chip && model.Variation > 0
        ? new CounterRandom(chip.Seed, string.Create(CultureInfo.InvariantCulture, $"programming error of matrix {index}"))
        : null;

    // The two devices of a pair err separately, and no conductance is below zero.
    private static (double Positive, double Negative) Programmed(ArrayModel model, double weight, CounterRandom? errors, int place)
    {
        (double positive, double negative) = model.Pair(weight);
        if (errors is not { } random) return (positive, negative);
        double sigma = model.Variation * (1 - model.OffShare);
        return (Math.Max(0, positive + sigma * random.Normal(2 * (ulong)place)), Math.Max(0, negative + sigma * random.Normal(2 * (ulong)place + 1)));
    }

    private void SetSteps(TilePlan plan, ArrayModel model)
    {
        TileModel tiles = model.Tiles!;
        int groups = GroupCount, planes = PlaneCount;
        (_steps, _inverses, _negatives) = (new T[planes * groups][], new T[planes * groups][], new T[planes * groups][]);
        for (int plane = 0; plane < planes; plane++)
        {
            double amplitude = Amplitude(model, plane);
            for (int group = 0; group < groups; group++)
            {
                T[] steps = _steps[plane * groups + group] = new T[Outputs], inverses = _inverses[plane * groups + group] = new T[Outputs];
                T[] negatives = _negatives[plane * groups + group] = new T[Outputs];
                for (int a = 0; a < plan.ArrayCount; a++)
                {
                    Tile tile = plan.Tiles[a];
                    if (tile.FirstInput != group * tiles.Inputs) continue;
                    double share = tiles.Range == ConverterRange.FullScale ? 1 : Math.Max(Calibration.SumShare[a], 1e-6);
                    if (tiles.Range == ConverterRange.Learnt) share *= Ranges.Shares[a];
                    double step = share * tile.InputCount * SumUnit(model) * amplitude / (1 << (tiles.ConverterBits - 1));
                    steps.AsSpan(tile.FirstOutput, tile.OutputCount).Fill(T.CreateChecked(step));
                    negatives.AsSpan(tile.FirstOutput, tile.OutputCount).Fill(T.CreateChecked(-step));
                    inverses.AsSpan(tile.FirstOutput, tile.OutputCount).Fill(T.CreateChecked(1 / step));
                }
            }
        }
    }

    // A pair's largest difference, in the units of weights.
    private double SumUnit(ArrayModel model) => Math.Max(_weightFullScale, 1e-12) * model.DifferenceScale;

    // The input that stands for the read voltage: the full scale, or the weight of one bit.
    private double Amplitude(ArrayModel model, int plane) =>
        model.Tiles!.IsBitSerial ? Calibration.InputFullScale / ((1 << model.InputBits!.Value) - 1) * (1 << plane) : Calibration.InputFullScale;

    private void Quantize(ReadOnlyMemory<T> from, Memory<T> to)
    {
        double top = (1 << Model!.InputBits!.Value) - 1;
        T most = T.CreateChecked(top);
        Lanes.Quantize(from.Span, T.CreateChecked(Calibration.InputFullScale / top), HasSignedInput ? -most : T.Zero, most, to.Span);
    }

    private long Convert(ReadOnlySpan<T> left, int rows, Span<T> sums, double[] largest, int item, Action<T[]>? storeSlopes)
    {
        TileModel tiles = Model!.Tiles!;
        TilePlan plan = Plan!;
        int groups = GroupCount, size = rows * Outputs;
        T high = T.CreateChecked((1 << (tiles.ConverterBits - 1)) - 1), low = T.CreateChecked(1 << (tiles.ConverterBits - 1));
        T[] partial = ArrayPool<T>.Shared.Rent(size);
        T[]? side = HasSignedInput ? ArrayPool<T>.Shared.Rent(left.Length) : null, bits = tiles.IsBitSerial ? ArrayPool<T>.Shared.Rent(left.Length) : null;
        T[]? slopes = storeSlopes is null ? null : ArrayPool<T>.Shared.Rent(groups * size);
        Span<T> part = partial.AsSpan(0, size);
        sums.Clear();
        slopes?.AsSpan(0, groups * size).Clear();
        long clipped = 0;
        for (int pass = 0; pass < SignCount * PlaneCount; pass++)
        {
            int plane = pass % PlaneCount;
            bool isNegative = pass >= PlaneCount;
            ReadOnlySpan<T> source = left;
            if (side is not null)
            {
                for (int i = 0; i < left.Length; i++) side[i] = T.Max(isNegative ? -left[i] : left[i], T.Zero);
                source = side.AsSpan(0, left.Length);
            }

            if (bits is not null)
            {
                Plane(source, plane, bits);
                source = bits.AsSpan(0, left.Length);
            }

            for (int group = 0; group < groups; group++)
            {
                int first = group * tiles.Inputs;
                Product(source, rows, first, Math.Min(Inputs, first + tiles.Inputs), part);
                if (Mode == MatrixMode.MeasureSums)
                {
                    Note(part, rows, plane, first, largest.AsSpan(item * plan.ArrayCount, plan.ArrayCount));
                    if (isNegative) Lanes.Subtract(part, sums);
                    else Lanes.Add(part, sums);
                    continue;
                }

                T[] step = (isNegative ? _negatives : _steps)[plane * groups + group], inverse = _inverses[plane * groups + group];
                for (int row = 0; row < rows; row++)
                {
                    ReadOnlySpan<T> values = part.Slice(row * Outputs, Outputs);
                    clipped += Lanes.AddConverted(values, step, inverse, low, high, sums.Slice(row * Outputs, Outputs));
                    if (slopes is not null) Lanes.AddRangeSlopes(values, step, inverse, low, high, slopes.AsSpan(group * size + row * Outputs, Outputs));
                }
            }
        }

        if (slopes is not null)
        {
            storeSlopes!(slopes);
            ArrayPool<T>.Shared.Return(slopes);
        }

        if (side is not null) ArrayPool<T>.Shared.Return(side);
        if (bits is not null) ArrayPool<T>.Shared.Return(bits);
        ArrayPool<T>.Shared.Return(partial);
        return clipped;
    }

    private void MakeRoomForSlopes(int batch)
    {
        if (_rangeSlopes.Length != GroupCount) _rangeSlopes = [.. Enumerable.Range(0, GroupCount).Select(_ => Array.Empty<T>())];
        foreach (ref T[] slopes in _rangeSlopes.AsSpan()) Room(ref slopes, batch * Output.Count);
    }

    // Every group's slopes lie as outputs do, so that they meet the gradient of the outputs.
    private void StoreSlopes(int item, int batch, T[] slopes)
    {
        int size = ItemRows(item, batch) * Outputs;
        for (int group = 0; group < _rangeSlopes.Length; group++) Store(item, batch, slopes.AsSpan(group * size, size), _rangeSlopes[group], []);
    }

    /// <summary>Gradient of the ADCs' ranges; a backward pass begins with it.</summary>
    protected void RangeGradient(T[] outputGradient, int batch)
    {
        if (!HasLearntRanges) return;
        int arrays = Plan!.ArrayCount, count = Output.Count;
        var partial = new double[batch * arrays];
        Each(batch, i =>
        {
            for (int a = 0; a < arrays; a++)
            {
                Tile tile = Plan.Tiles[a];
                ReadOnlySpan<T> slopes = _rangeSlopes[tile.FirstInput / Model!.Tiles!.Inputs];
                double sum = 0;
                for (int pixel = i * count; pixel < (i + 1) * count; pixel += Outputs)
                    for (int k = pixel + tile.FirstOutput; k < pixel + tile.FirstOutput + tile.OutputCount; k++) sum += double.CreateChecked(outputGradient[k] * slopes[k]);
                partial[i * arrays + a] = sum;
            }
        });
        Array.Clear(Ranges.Gradient);
        for (int k = 0; k < partial.Length; k++) Ranges.Gradient[k % arrays] += partial[k];
    }

    private void Plane(ReadOnlySpan<T> input, int plane, T[] bits)
    {
        double step = Calibration.InputFullScale / ((1 << Model!.InputBits!.Value) - 1);
        T inverse = T.CreateChecked(1 / step), one = T.CreateChecked(step * (1 << plane));
        for (int i = 0; i < input.Length; i++) bits[i] = (int.CreateTruncating(T.Round(input[i] * inverse)) >> plane & 1) == 1 ? one : T.Zero;
    }

    private void Note(ReadOnlySpan<T> part, int rows, int plane, int firstInput, Span<double> largest)
    {
        double unit = SumUnit(Model!) * Amplitude(Model!, plane);
        for (int a = 0; a < largest.Length; a++)
        {
            Tile tile = Plan!.Tiles[a];
            if (tile.FirstInput != firstInput) continue;
            T most = T.Zero;
            for (int row = 0; row < rows; row++) most = T.Max(most, Lanes.Largest(part.Slice(row * Outputs + tile.FirstOutput, tile.OutputCount)));
            largest[a] = Math.Max(largest[a], double.CreateChecked(most) / (unit * tile.InputCount));
        }
    }

    private void Count(int batch, int items, long[] clipped, double[] largest)
    {
        if (Plan is null || Mode == MatrixMode.MeasureInputs) return;
        if (Mode == MatrixMode.MeasureSums)
        {
            for (int k = 0; k < largest.Length; k++)
                Calibration.SumShare[k % Plan.ArrayCount] = Math.Max(Calibration.SumShare[k % Plan.ArrayCount], largest[k]);
            return;
        }

        int conversions = SignCount * _steps.Length;
        for (int item = 0; item < items; item++) Calibration.ConversionCount += (long)ItemRows(item, batch) * Outputs * conversions;
        Calibration.ClippedCount += clipped.Sum();
    }
}
