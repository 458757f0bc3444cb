using System.Globalization;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>
/// A random ladder of one kind of section behind a source with corners, and its exact course: x′ = A·x + b·u(t), where the source is itself a linear
/// system between its corners, so that every step of the course is one matrix exponential.
/// </summary>
internal sealed class RandomLadder
{
    private readonly Random _random;
    private readonly double[,] _dynamics;
    private readonly double[] _drive, _outputs;
    private readonly double _outputDrive, _firstOutput;
    private readonly List<(double From, double[,] Matrix, double[] Start, double[] Level)> _pieces = [];

    private RandomLadder(int seed)
    {
        _random = new Random(seed);
        int sections = _random.Next(1, 4);
        double step = Math.Pow(10, -9 + 6 * _random.NextDouble()), scale = Math.Pow(10, -1 + 2 * _random.NextDouble()), ohms = Math.Pow(10, 6 * _random.NextDouble());
        StopSeconds = 50 * step;
        string source = Source(step, scale);
        Kind = _random.Next(3) switch { 0 => "rc", 1 => "rl", _ => "rlc" };
        var lines = new List<string> { Text($"v1 n0 0 {source}") };
        double[] r = Draw(sections, ohms), tau = [.. Enumerable.Range(0, sections).Select(_ => step * Math.Pow(10, -3 + 6 * _random.NextDouble()))];
        int states = Kind == "rlc" ? 2 * sections : sections;
        _dynamics = new double[states, states];
        _drive = new double[states];
        _outputs = new double[states];
        for (int i = 0; i < sections; i++)
        {
            string middle = Kind == "rlc" ? Text($"m{i + 1}") : Text($"n{i + 1}");
            lines.Add(Text($"r{i + 1} n{i} {middle} {r[i]:R}"));
            if (Kind == "rc")
            {
                double farads = tau[i] / r[i];
                lines.Add(Text($"c{i + 1} n{i + 1} 0 {farads:R}"));
                _dynamics[i, i] -= 1 / (r[i] * farads);
                if (i == 0) _drive[0] = 1 / (r[0] * farads);
                else _dynamics[i, i - 1] = 1 / (r[i] * farads);
                if (i + 1 < sections)
                {
                    _dynamics[i, i] -= 1 / (r[i + 1] * farads);
                    _dynamics[i, i + 1] = 1 / (r[i + 1] * farads);
                }
            }
            else if (Kind == "rlc")
            {
                // The quality factor is at most about 3, so that what rings beyond the printing step also decays.
                double henries = tau[i] * r[i], farads = tau[i] / r[i] * Math.Pow(10, -1 + 2 * _random.NextDouble());
                lines.Add(Text($"l{i + 1} m{i + 1} n{i + 1} {henries:R}"));
                lines.Add(Text($"c{i + 1} n{i + 1} 0 {farads:R}"));
                int current = 2 * i, volts = current + 1;
                _dynamics[current, current] = -r[i] / henries;
                _dynamics[current, volts] = -1 / henries;
                if (i == 0) _drive[0] = 1 / henries;
                else _dynamics[current, volts - 2] = 1 / henries;
                _dynamics[volts, current] = 1 / farads;
                if (i + 1 < sections) _dynamics[volts, current + 2] = -1 / farads;
            }
        }

        if (Kind == "rl")
        {
            // Shunt inductors carry currents j: the voltage of node i is u − Σ_k R(min(i,k))·j_k with the resistance R up to a node.
            double[] upTo = new double[sections];
            for (int i = 0; i < sections; i++) upTo[i] = r[i] + (i > 0 ? upTo[i - 1] : 0);
            for (int i = 0; i < sections; i++)
            {
                double henries = tau[i] * r[i];
                lines.Add(Text($"l{i + 1} n{i + 1} 0 {henries:R}"));
                _drive[i] = 1 / henries;
                for (int k = 0; k < sections; k++) _dynamics[i, k] = -upTo[Math.Min(i, k)] / henries;
                _outputs[i] = -upTo[i];
            }

            _outputDrive = 1;
        }
        else
        {
            _outputs[states - 1] = 1;
        }

        Output = Text($"n{sections}");
        // Before the analysis the circuit rests at the source's first level; inductors to ground short the node.
        _firstOutput = Kind == "rl" ? 0 : Level(0);
        lines.Add(Text($".tran {step:R} {StopSeconds:R}"));
        Netlist = SpiceParser.Parse($"ladder {seed}\n{string.Join('\n', lines)}\n", "ladder.cir").Netlist;
    }

    public string Kind { get; }

    public Netlist Netlist { get; }

    /// <summary>The last node, whose exact course is known.</summary>
    public string Output { get; }

    public double StopSeconds { get; }

    /// <summary>Least and largest voltage of the source.</summary>
    public (double Low, double High) Range { get; private set; }

    public static RandomLadder Draw(int seed) => new(seed);

    /// <summary>The exact voltages of the last node at ascending times that begin with 0.</summary>
    public double[] Exact(IReadOnlyList<double> times)
    {
        int n = _drive.Length;
        double[] x = Rest(Level(0));
        var exact = new double[times.Count];
        exact[0] = _firstOutput;
        double now = 0;
        int piece = 0;
        double[] z = _pieces[0].Start;
        for (int k = 1; k < times.Count; k++)
        {
            while (piece + 1 < _pieces.Count && _pieces[piece + 1].From <= times[k])
            {
                Advance(_pieces[piece + 1].From);
                z = _pieces[++piece].Start;
            }

            Advance(times[k]);
            double u = Dot(_pieces[piece].Level, z);
            exact[k] = _outputDrive * u + Dot(_outputs, x);
        }

        return exact;

        void Advance(double to)
        {
            double h = to - now;
            now = to;
            if (h == 0) return;
            (_, double[,] source, _, double[] level) = _pieces[piece];
            int m = z.Length;
            var joint = new double[n + m, n + m];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++) joint[i, j] = h * _dynamics[i, j];
                for (int j = 0; j < m; j++) joint[i, n + j] = h * _drive[i] * level[j];
            }

            for (int i = 0; i < m; i++)
                for (int j = 0; j < m; j++) joint[n + i, n + j] = h * source[i, j];
            double[] after = Times(Exponential(joint), [.. x, .. z]);
            x = after[..n];
            z = after[n..];
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private double[] Draw(int count, double around) => [.. Enumerable.Range(0, count).Select(_ => around * Math.Pow(10, -1 + 2 * _random.NextDouble()))];

    private double Level(int piece) => Dot(_pieces[piece].Level, _pieces[piece].Start);

    /// <summary>State of rest under a constant source.</summary>
    private double[] Rest(double level)
    {
        var x = new double[_drive.Length];
        if (Kind == "rc") Array.Fill(x, level);
        for (int i = 1; Kind == "rlc" && i < x.Length; i += 2) x[i] = level;
        // All current flows through the first inductor, which shorts the source behind its resistor.
        if (Kind == "rl") x[0] = -level / (_dynamics[0, 0] / _drive[0]);
        return x;
    }

    private string Source(double step, double scale)
    {
        double low = scale * (2 * _random.NextDouble() - 1), high = scale * (2 * _random.NextDouble() - 1);
        Range = (Math.Min(low, high), Math.Max(low, high));
        double stop = StopSeconds, delay = stop * 0.2 * _random.NextDouble();
        switch (_random.Next(4))
        {
            case 0:
                double rise = Edge(), fall = Edge(), width = stop * 0.3 * _random.NextDouble();
                Lines([(0, low), (delay, low), (delay + rise, high), (delay + rise + width, high), (delay + rise + width + fall, low)]);
                return Text($"pulse({low:R} {high:R} {delay:R} {rise:R} {fall:R} {width:R} {2 * stop:R})");
            case 1:
                var points = new List<(double Seconds, double Volts)> { (0, low) };
                for (int i = 0; i < 4; i++) points.Add((points[^1].Seconds + (i % 2 == 0 ? Edge() : stop * 0.3 * _random.NextDouble()), low + (high - low) * _random.NextDouble()));
                Lines(points);
                return Text($"pwl({string.Join(' ', points.Select(p => Text($"{p.Seconds:R} {p.Volts:R}")))})");
            case 2:
                double up = Edge(), down = Edge(), second = delay + stop * 0.3 * _random.NextDouble();
                // When the fall is the quicker one it overtakes the rise.
                Range = (Math.Min(Range.Low, 2 * low - high), Math.Max(Range.High, 2 * low - high));
                // States: 1, and the two exponentials that begin at 1.
                _pieces.Add((0, new double[1, 1], [1], [low]));
                _pieces.Add((delay, new double[,] { { 0, 0 }, { 0, -1 / up } }, [1, 1], [high, low - high]));
                double left = Math.Exp(-(second - delay) / up);
                _pieces.Add((second, new double[,] { { 0, 0, 0 }, { 0, -1 / up, 0 }, { 0, 0, -1 / down } }, [1, left, 1], [low, low - high, high - low]));
                return Text($"exp({low:R} {high:R} {delay:R} {up:R} {second:R} {down:R})");
            default:
                double hertz = 0.2 * Math.Pow(10, -2 * _random.NextDouble()) / step, omega = 2 * Math.PI * hertz, decay = hertz * _random.NextDouble();
                Range = (low - Math.Abs(high), low + Math.Abs(high));
                _pieces.Add((0, new double[1, 1], [1], [low]));
                _pieces.Add((delay, new double[,] { { 0, 0, 0 }, { 0, -decay, omega }, { 0, -omega, -decay } }, [1, 0, 1], [low, high, 0]));
                return Text($"sin({low:R} {high:R} {hertz:R} {delay:R} {decay:R})");
        }

        double Edge() => step * Math.Pow(10, -4 + 5 * _random.NextDouble());

        void Lines(IReadOnlyList<(double Seconds, double Volts)> points)
        {
            for (int i = 0; i < points.Count; i++)
            {
                double slope = i + 1 < points.Count ? (points[i + 1].Volts - points[i].Volts) / (points[i + 1].Seconds - points[i].Seconds) : 0;
                _pieces.Add((points[i].Seconds, new double[,] { { 0, 1 }, { 0, 0 } }, [points[i].Volts, slope], [1, 0]));
            }
        }
    }

    /// <summary>e^M by Taylor's series of M/2^s and s squarings.</summary>
    private static double[,] Exponential(double[,] matrix)
    {
        const int Terms = 18;
        int n = matrix.GetLength(0);
        double norm = 0;
        for (int i = 0; i < n; i++) norm = Math.Max(norm, Enumerable.Range(0, n).Sum(j => Math.Abs(matrix[i, j])));
        int squarings = Math.Max(0, (int)Math.Ceiling(Math.Log2(norm)) + 1);
        double part = Math.ScaleB(1, -squarings);
        // Kept as e^M − 1 as long as that is small, so that no digits are lost to the 1.
        var small = new double[n, n];
        for (int term = Terms; term >= 1; term--)
        {
            for (int i = 0; i < n; i++) small[i, i] += 1;
            small = Times(matrix, small, part / term);
        }

        for (int s = 0; s < squarings; s++)
        {
            double[,] square = Times(small, small, 1);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) small[i, j] = 2 * small[i, j] + square[i, j];
        }

        for (int i = 0; i < n; i++) small[i, i] += 1;
        return small;
    }

    private static double[,] Times(double[,] a, double[,] b, double factor)
    {
        int n = a.GetLength(0);
        var product = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                double value = factor * a[i, k];
                for (int j = 0; value != 0 && j < n; j++) product[i, j] += value * b[k, j];
            }
        }

        return product;
    }

    private static double[] Times(double[,] a, double[] x)
    {
        var product = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j < x.Length; j++) product[i] += a[i, j] * x[j];
        return product;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
