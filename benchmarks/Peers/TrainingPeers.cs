using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;

namespace CircuitSim.Peers;

/// <summary>Times an epoch of PHAX training (196-100-10, 800 samples, batches of 32) here and in PyTorch, on the same data in one run.</summary>
internal static class TrainingPeers
{
    private const int WarmUpEpochs = 60;
    private const int TimedEpochs = 100;
    private const int PeerEpochs = 23;
    private const double ThetaScale = 10;

    /// <summary>Runs both and prints milliseconds and their ratio.</summary>
    /// <param name="output">Receives the report.</param>
    /// <returns>Exit code: 0, or 5 when both ran and the trainer is not at least twice as fast.</returns>
    public static int Run(TextWriter output)
    {
        DataSplit split = DataSets.Open("mnist14").Split(0.8, 1);
        VoltageSet training = FeatureScaling.Fit(split.Training).ToVolts(split.Training, 0.5);
        var options = new PhaxTrainingOptions { LayerSizes = [196, 100, 10], ThetaScale = ThetaScale };
        INeuronCurve curve = TanhNeuronCurve.PublishedPhax;
        PhaxModel model = PhaxTrainer.CreateModel(options, [curve, curve]);
        var order = new int[training.SampleCount];
        new CounterRandom(1, "sample order of epoch 1").Permutation(order);
        string folder = Directory.CreateTempSubdirectory("circuitsim-peer").FullName;
        try
        {
            WriteInputs(folder, training, model, order);
            double firstLoss = FirstBatchLoss(options, model, training, order);
            (double median, double best) = TimeEpochs(options, model, training);
            output.WriteLine(Line($"PHAX training, 196-100-10, {training.SampleCount} samples, batches of {options.Schedule.BatchSize}, Adam, milliseconds an epoch"));
            output.WriteLine(Line($"CircuitSim  float64  1 thread            median {median:F2}  best {best:F2}  first loss {firstLoss:F6}"));
            string? python = PeerScript.FindPython();
            if (python is null)
            {
                output.WriteLine("PyTorch     not compared: no python3 on the PATH can import torch (Debian: apt-get install python3-torch)");
                return 0;
            }

            return Compare(output, python, folder, options, firstLoss, median, best);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Compare(TextWriter output, string python, string folder, PhaxTrainingOptions options, double firstLoss, double median, double best)
    {
        string script = PeerScript.Find("training_peer.py");
        string arguments = Line(
            $"\"{script}\" \"{folder}\" 196 100 10 800 {options.Schedule.BatchSize} {options.ConductanceRatio:R} {ThetaScale:R} {PeerEpochs}");
        (int code, string text, string errors) = PeerScript.Start(python, arguments);
        if (code != 0)
        {
            output.WriteLine($"PyTorch     failed: {errors}");
            return 1;
        }

        double fastestMedian = double.PositiveInfinity, fastestBest = double.PositiveInfinity;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] cells = line.Split(' ');
            double loss = Number(cells[2]), peerMedian = Number(cells[3]), peerBest = Number(cells[4]);
            fastestMedian = Math.Min(fastestMedian, peerMedian);
            fastestBest = Math.Min(fastestBest, peerBest);
            output.WriteLine(Line($"PyTorch     float32  {cells[0]} thread(s), {cells[1],-8}  median {peerMedian:F2}  best {peerBest:F2}  first loss {loss:F6}"));

            // float32 carries 24 bits; 400-term sums and a gain near 200 leave about four digits of a loss near 3.
            if (Math.Abs(loss - firstLoss) <= 1e-3 * firstLoss) continue;
            output.WriteLine("The two do not compute the same loss: the comparison is void.");
            return 1;
        }

        // Other work on the machine disturbs medians; the best epochs are what each program can do.
        double ratio = fastestBest / best;
        output.WriteLine(Line($"PyTorch's fastest set-up over CircuitSim: best epochs {ratio:F1} (bar: 2), medians {fastestMedian / median:F1}"));
        return ratio >= 2 ? 0 : 5;
    }

    private static double FirstBatchLoss(PhaxTrainingOptions options, PhaxModel model, VoltageSet training, int[] order)
    {
        int count = options.Schedule.BatchSize;
        var inputs = new double[count * 196];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            training.InputVolts.Span.Slice(order[i] * 196, 196).CopyTo(inputs.AsSpan(i * 196));
            labels[i] = training.Labels.Span[order[i]];
        }

        return model.Evaluate(inputs, labels).Loss;
    }

    private static (double Median, double Best) TimeEpochs(PhaxTrainingOptions options, PhaxModel model, VoltageSet training)
    {
        var loop = new TrainingLoop(model, options.Schedule, training.SampleCount, "Training");
        var times = new double[TimedEpochs];
        for (int epoch = 1; epoch <= WarmUpEpochs + TimedEpochs; epoch++)
        {
            long begin = Stopwatch.GetTimestamp();
            loop.RunEpoch(epoch, training.InputVolts.Span, training.Labels.Span, CancellationToken.None);
            if (epoch > WarmUpEpochs) times[epoch - WarmUpEpochs - 1] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        Array.Sort(times);
        return ((times[TimedEpochs / 2 - 1] + times[TimedEpochs / 2]) / 2, times[0]);
    }

    private static void WriteInputs(string folder, VoltageSet training, PhaxModel model, int[] order)
    {
        File.WriteAllBytes(Path.Combine(folder, "inputs.f64"), MemoryMarshal.AsBytes(training.InputVolts.Span).ToArray());
        File.WriteAllBytes(Path.Combine(folder, "labels.i32"), MemoryMarshal.AsBytes(training.Labels.Span).ToArray());
        File.WriteAllBytes(Path.Combine(folder, "order.i32"), MemoryMarshal.AsBytes<int>(order).ToArray());
        File.WriteAllBytes(Path.Combine(folder, "parameters.f64"), MemoryMarshal.AsBytes(model.Parameters).ToArray());
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
