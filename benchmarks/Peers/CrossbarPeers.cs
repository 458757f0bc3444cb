using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Networks;
using static CircuitSim.Peers.CrossbarCases;

namespace CircuitSim.Peers;

/// <summary>Crossbar and network solvers against direct solution, ngspice and ideal matrix products, in one run; Markdown with ratios.</summary>
internal static class CrossbarPeers
{
    private const int LargestLu = 128, LargestCholesky = 512;

    private static readonly (string Name, Action<TextWriter> Write)[] Parts =
    [
        // Inference first: it returns new arrays each time, which costs more where a heap is in pieces.
        ("inference", Inference), ("exactness", Exactness), ("one-shot", OneShot), ("transfer", Ports), ("precision", SinglePrecision),
        ("changes", Changes), ("gradients", Gradients), ("memory", CrossbarMemory.Table),
    ];

    /// <summary>Writes all parts, or the one that is named.</summary>
    public static int Run(TextWriter output, string? only)
    {
        (string Name, Action<TextWriter> Write)[] chosen = [.. Parts.Where(p => only is null || p.Name == only)];
        foreach ((_, Action<TextWriter> write) in chosen) write(output);
        if (chosen.Length > 0) return 0;
        Console.Error.WriteLine($"'{only}' is no part of crossbar; choose {string.Join(", ", Parts.Select(p => p.Name))}.");
        return 2;
    }

    private static void Exactness(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("| conjugate gradients, 1e-14 V: open-end volts | wires | iterations | from Cholesky, relative to largest volt | from sparse LU | rows of T sum to 1 within |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (int size in new[] { 16, 64, 128, 256 })
        {
            Compare(size, $"{size} x {size}, 125 kohm to 8.3 Mohm", "2.5 ohm", Crossbar(size, size));
            Compare(size, $"{size} x {size}, 1 kohm to 100 kohm", "10 ohm", Crossbar(size, size, 1e3, 100e3, 10));
        }

        void Compare(int size, string name, string wires, CrossbarSpec spec)
        {
            double[] volts = Volts(spec.WordLineCount);
            double[] Ends(CrossbarMethod method, out int iterations)
            {
                var options = new CrossbarSolverOptions { Method = method, ToleranceVolts = 1e-14 };
                CrossbarOperatingPoint point = CrossbarSolver.Factorize(spec, options).Solve(volts);
                iterations = point.Iterations;
                return point.BitLineEndVolts.ToArray();
            }

            double[] actual = Ends(CrossbarMethod.LineConjugateGradients, out int iterations), factor = Ends(CrossbarMethod.Cholesky, out _);
            double scale = factor.Max(Math.Abs);
            string lu = size <= LargestLu ? Text($"{LargestDifference(CrossbarDirect.Factor(spec).Solve(volts), actual) / scale:0.0E+0}") : "";
            double[] sums = RowSums(TransferMatrix.Compute(spec, hasSourceAdmittance: false));
            output.WriteLine(Text($"| {name} | {wires} | {iterations} | {LargestDifference(factor, actual) / scale:0.0E+0} | {lu} | {sums.Max(s => Math.Abs(s - 1)):0.0E+0} |"));
        }
    }

    private static double[] RowSums(TransferMatrix transfer)
    {
        var sums = new double[transfer.BitLineCount];
        for (int j = 0; j < sums.Length; j++)
            foreach (double response in transfer.GateResponse.Span.Slice(j * transfer.WordLineCount, transfer.WordLineCount)) sums[j] += response;
        return sums;
    }

    private static void OneShot(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("| one-shot solve, 1e-10 V, best / median | ms | iterations | ns a device | Cholesky / ms | ratio | ngspice .op / s | ratio |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        string note = "ngspice was not found on the PATH.";
        NgspiceEngine? ngspice = NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"));
        foreach (int size in new[] { 64, 128, 256, 512, 1024 })
        {
            CrossbarSpec spec = Crossbar(size, size);
            double[] volts = Volts(size);
            var options = new CrossbarSolverOptions { ToleranceVolts = 1e-10 };
            CrossbarOperatingPoint? point = null;
            (Timing fast, Timing slow) = Interleaved(
                size <= 128 ? 30 : 6, size <= 256 ? 20 : 3,
                () => point = Solve(options), size > LargestCholesky ? null : () => Solve(options with { Method = CrossbarMethod.Cholesky }));
            string direct = size > LargestCholesky ? "| | |"
                : Text($"| {1e3 * slow.Best:F1} / {1e3 * slow.Median:F1} | {slow.Best / fast.Best:F0} / {slow.Median / fast.Median:F0} |");
            string peer = " | |";
            if (size == 64 && ngspice is not null)
            {
                (double seconds, double[] ends) = SolveIn(ngspice, spec, volts);
                peer = Text($" {seconds:F2} | {seconds / fast.Median:F0} |");
                note = Text($"{ngspice.Version} agrees within {LargestDifference(ends, point!.BitLineEndVolts.Span):0.0E+0} V at 64 x 64.");
            }

            output.WriteLine(Text(
                $"| {size} x {size} | {1e3 * fast.Best:F3} / {1e3 * fast.Median:F3} | {point!.Iterations} | {1e9 * fast.Median / size / size:F1} {direct}{peer}"));

            CrossbarOperatingPoint Solve(CrossbarSolverOptions by)
            {
                using CrossbarSolver solver = CrossbarSolver.Factorize(spec, by);
                return solver.Solve(volts);
            }
        }

        output.WriteLine();
        output.WriteLine(note);
    }

    private static void Ports(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("| transfer matrix | T / ms | T and Y / ms |");
        output.WriteLine("|---|---|---|");
        foreach ((int m, int n) in new[] { (784, 100), (1570, 100), (1024, 1024) })
        {
            CrossbarSpec spec = Crossbar(m, n);
            double response = Best(3, () => TransferMatrix.Compute(spec, hasSourceAdmittance: false));
            double both = Best(3, () => TransferMatrix.Compute(spec));
            output.WriteLine(Text($"| {m} x {n} | {1e3 * response:F1} | {1e3 * both:F1} |"));
        }
    }

    private static void SinglePrecision(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("| T and Y, best / median | double / ms | single, error measured with it / ms | ratio | stated error of a row of T, V/V | found | stated, share of full scale | rows of T sum to 1 within |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        var options = new TransferMatrixOptions { Precision = TransferPrecision.Binary32 };
        foreach ((int m, int n, bool isHard) in new[] { (784, 100, false), (784, 100, true), (1024, 1024, false), (1024, 1024, true) })
        {
            CrossbarSpec spec = isHard ? Crossbar(m, n, 1e3, 100e3, 10) : Crossbar(m, n);
            TransferMatrix exact = TransferMatrix.Compute(spec), single = exact;
            (Timing fast, Timing slow) = Interleaved(
                m * n < 100_000 ? 15 : 4, 1, () => single = TransferMatrix.Compute(spec, options), () => exact = TransferMatrix.Compute(spec));
            SinglePrecisionError error = single.SingleError!;
            output.WriteLine(Text(
                $"| {m} x {n}{(isHard ? ", 1 kohm to 100 kohm, 10 ohm" : "")} | {1e3 * slow.Best:F1} / {1e3 * slow.Median:F1} | {1e3 * fast.Best:F1} / {1e3 * fast.Median:F1} | {slow.Best / fast.Best:F2} / {slow.Median / fast.Median:F2} | {error.GateResponse:0.0E+0} | {LargestRow(exact, single):0.0E+0} | {error.Relative:0.0E+0} | {error.RowSum:0.0E+0} |"));
        }

        output.WriteLine();
        output.WriteLine("| product, one thread, best / median | double / Gflop/s | float / Gflop/s | ratio |");
        output.WriteLine("|---|---|---|---|");
        foreach ((int m, int n, int k) in new[] { (64, 32, 288), (64, 128, 1152), (1024, 100, 784), (1024, 1024, 1024) })
        {
            double[] a = Volts(m * k), b = Volts(k * n), c = new double[m * n];
            float[] x = [.. a.Select(v => (float)v)], y = [.. b.Select(v => (float)v)], z = new float[m * n];
            double flops = 2e-9 * m * n * k;
            int runs = (int)Math.Max(1, 0.2 / flops);
            (Timing fast, Timing slow) = Interleaved(30, 1, () => Repeat(() => Gemm.Multiply(GemmView.RowMajor(x, m, k), GemmView.RowMajor(y, k, n), z, n)),
                () => Repeat(() => Gemm.Multiply(GemmView.RowMajor(a, m, k), GemmView.RowMajor(b, k, n), c, n)));
            output.WriteLine(Text(
                $"| {m} x {k} times {k} x {n} | {runs * flops / slow.Best:F0} / {runs * flops / slow.Median:F0} | {runs * flops / fast.Best:F0} / {runs * flops / fast.Median:F0} | {slow.Best / fast.Best:F2} / {slow.Median / fast.Median:F2} |"));

            void Repeat(Action product)
            {
                for (int run = 0; run < runs; run++) product();
            }
        }
    }

    // Largest Euclidean norm of the difference of two rows of T.
    private static double LargestRow(TransferMatrix exact, TransferMatrix single)
    {
        double largest = 0;
        for (int j = 0; j < exact.BitLineCount; j++)
        {
            double squares = 0;
            for (int at = j * exact.WordLineCount; at < (j + 1) * exact.WordLineCount; at++)
                squares += Math.Pow(exact.GateResponse.Span[at] - single.GateResponse.Span[at], 2);
            largest = Math.Max(largest, Math.Sqrt(squares));
        }

        return largest;
    }

    private static void Changes(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("| T and Y after changes | one device: tiles kept / ms | Woodbury / ms | 8 x 8 devices: tiles kept / ms | Woodbury / ms | afresh / ms |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach ((int m, int n) in new[] { (784, 100), (512, 512) })
        {
            CrossbarSpec spec = Crossbar(m, n);
            TransferMatrixTiles tiles = TransferMatrixTiles.Create(spec);
            string row = Region(1) + Region(8);
            double fresh = Best(3, () => TransferMatrix.Compute(spec));
            output.WriteLine(Text($"| {m} x {n} |{row} {1e3 * fresh:F1} |"));

            string Region(int side)
            {
                DeviceChange[] changes = [.. Enumerable.Range(0, side * side).Select(k => new DeviceChange(m / 3 + k / side, n / 3 + k % side, 2e-6))];
                double kept = Best(3, () => tiles.Change(changes));
                // Woodbury keeps what it learned of a device; here every device is new.
                TransferMatrixUpdater[] updaters = [.. Enumerable.Range(0, 3).Select(_ => TransferMatrixUpdater.Create(spec))];
                double woodbury = updaters.Min(updater => Once(() => updater.Update(changes)));
                return Text($" {1e3 * kept:F1} | {1e3 * woodbury:F1} |");
            }
        }
    }

    private static void Inference(TextWriter output)
    {
        const int samples = 8192;
        NetworkCircuit circuit = Network(1, 784, 100, 10);
        double[] inputs = Volts(samples * 784);
        NetworkSolver solver = NetworkSolver.Create(circuit);
        double[] weights = Volts(784 * 100), outputWeights = Volts(200 * 10);
        double[] hidden = new double[samples * 200], last = new double[samples * 10];
        // Both in turn, so that both see the same machine.
        (Timing circuitTime, Timing idealTime) = Interleaved(9, 1, () => solver.SolveBatch(inputs, samples), () =>
        {
            Gemm.Multiply(GemmView.RowMajor(inputs, samples, 784), GemmView.RowMajor(weights, 784, 100), hidden, 200, maxThreads: 2);
            Gemm.Multiply(GemmView.RowMajor(hidden, samples, 200), GemmView.RowMajor(outputWeights, 200, 10), last, 10, maxThreads: 2);
        });
        output.WriteLine();
        output.WriteLine("| exact inference of 784-100-10, every wire, loaded inverters | samples/s, best | median |");
        output.WriteLine("|---|---|---|");
        output.WriteLine(Text($"| circuit | {samples / circuitTime.Best:F0} | {samples / circuitTime.Median:F0} |"));
        output.WriteLine(Text($"| its ideal matrix products alone | {samples / idealTime.Best:F0} | {samples / idealTime.Median:F0} |"));
        output.WriteLine(Text($"| ratio | {circuitTime.Best / idealTime.Best:F2} | {circuitTime.Median / idealTime.Median:F2} |"));
    }

    private static void Gradients(TextWriter output)
    {
        const int samples = 64;
        output.WriteLine();
        output.WriteLine("| 196-100-10, one thread, a sample, every device and wire | forward, all nodes / ms | forward and gradient / ms | ratio | epoch of 800 samples in batches of 32, 2 threads / s |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (double ohms in new[] { 1.0, 70 })
        {
            NetworkCircuit circuit = Network(ohms, 196, 100, 10);
            double[] inputs = Volts(samples * 196), perVolt = Volts(samples * 10);
            NetworkSolver solver = NetworkSolver.Create(circuit, new NetworkSolverOptions { ThreadCount = 1 });
            NetworkOperatingPoint point = solver.SolveBatch(inputs, samples);
            CrossbarSolver[] crossbars =
                [.. circuit.Layers.Select(l => CrossbarSolver.Factorize(l.Crossbar, new CrossbarSolverOptions { ToleranceVolts = 1e-14 }))];
            NetworkAdjoint adjoint = NetworkAdjoint.Create(solver);
            (double forward, double gradient) = (double.PositiveInfinity, double.PositiveInfinity);
            // Alternating, so that what else runs on the machine meets both.
            for (int round = 0; round < 10; round++)
            {
                forward = Math.Min(forward, Once(() =>
                {
                    for (int s = 0; s < samples; s++)
                        for (int l = 0; l < crossbars.Length; l++) crossbars[l].Solve(solver.WordLineSourceVolts(point, l, s), hasNodeVolts: true);
                }));
                gradient = Math.Min(gradient, Once(() => adjoint.Gradient(point, perVolt)));
            }

            output.WriteLine(Text($"| {ohms} ohm segments | {1e3 * forward / samples:F3} | {1e3 * gradient / samples:F3} | {gradient / forward:F2} | {Epoch(circuit):F2} |"));
        }
    }

    // What a step of training in the loop costs beside the optimiser: ports of new conductances, forward solution, gradient.
    private static double Epoch(NetworkCircuit circuit)
    {
        const int batch = 32, batches = 25;
        double[] inputs = Volts(batch * 196), perVolt = Volts(batch * 10);
        return Once(() =>
        {
            for (int k = 0; k < batches; k++)
            {
                NetworkSolver solver = NetworkSolver.Create(circuit);
                NetworkAdjoint.Create(solver).Gradient(solver.SolveBatch(inputs, batch), perVolt);
            }
        });
    }
}
