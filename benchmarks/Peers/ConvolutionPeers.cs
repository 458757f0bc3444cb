using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Training.Layers;

namespace CircuitSim.Peers;

/// <summary>Times a training step of the VGG block (batch 64, float32, gradient descent with momentum) here and in PyTorch, on the same numbers in turns.</summary>
internal static class ConvolutionPeers
{
    private const int Batch = 64;
    private const int WarmUpSteps = 12;
    private const int TimedSteps = 20;
    private const int Turns = 4;
    private const double Rate = 0.01, Momentum = 0.9;

    /// <summary>Runs both and prints milliseconds and their ratio.</summary>
    /// <param name="output">Receives the report.</param>
    /// <returns>Exit code: 0, or 5 when both ran and a step takes longer than PyTorch's fastest.</returns>
    public static int Run(TextWriter output)
    {
        NetworkSpec spec = PublishedNetworks.VggBlock();
        var random = new CounterRandom(1, "images");
        float[] images = [.. Enumerable.Range(0, Batch * spec.Input.Count).Select(i => (float)random.Uniform((ulong)i))];
        byte[] labels = [.. Enumerable.Range(0, Batch).Select(i => (byte)(i % 10))];
        string folder = Directory.CreateTempSubdirectory("circuitsim-peer").FullName;
        try
        {
            Model[] models = [new(spec, 1), new(spec, 2)];
            File.WriteAllBytes(Path.Combine(folder, "images.f32"), MemoryMarshal.AsBytes<float>(images).ToArray());
            File.WriteAllBytes(Path.Combine(folder, "parameters.f32"), MemoryMarshal.AsBytes<float>(models[0].Parameters).ToArray());
            foreach (Model model in models) model.WarmUp(images, labels);
            double firstLoss = models[0].Losses[0], lastLoss = models[0].Losses[WarmUpSteps - 1];
            string? python = PeerScript.FindPython();
            var theirs = new Dictionary<string, List<double>>();
            for (int turn = 0; turn < Turns; turn++)
            {
                foreach (Model model in models) model.Time(images, labels);
                if (python is null) continue;
                (int code, string text, string errors) = PeerScript.Start(python, $"\"{PeerScript.Find("convolution_peer.py")}\" \"{folder}\" {Batch} {WarmUpSteps} {TimedSteps}");
                if (code != 0)
                {
                    output.WriteLine($"PyTorch     failed: {errors}");
                    return 1;
                }

                foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    double[] cells = [.. line.Split(' ').Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
                    string threads = cells[0].ToString(CultureInfo.InvariantCulture);
                    if (!theirs.TryGetValue(threads, out List<double>? times)) theirs[threads] = times = [];
                    times.AddRange(cells[3..]);

                    // float32 carries 24 bits; sums of a thousand terms, twelve steps long, leave about four digits.
                    if (Math.Abs(cells[1] - firstLoss) <= 1e-4 * firstLoss && Math.Abs(cells[2] - lastLoss) <= 1e-2 * lastLoss) continue;
                    output.WriteLine(Line($"The two do not compute the same losses, {cells[1]:F6} and {cells[2]:F6} there, {firstLoss:F6} and {lastLoss:F6} here: the comparison is void."));
                    return 1;
                }
            }

            return Report(output, models, theirs, firstLoss, lastLoss);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Report(TextWriter output, Model[] models, Dictionary<string, List<double>> theirs, double firstLoss, double lastLoss)
    {
        output.WriteLine(Line($"VGG block, batch {Batch}, float32, forward, backward and step, milliseconds; {Turns} turns of {TimedSteps} steps"));
        foreach (Model model in models) Row($"CircuitSim  {model.Threads} thread(s)", model.Times);
        if (theirs.Count == 0)
        {
            output.WriteLine("PyTorch     not compared: no python3 on the PATH can import torch (Debian: apt-get install python3-torch)");
            return 0;
        }

        foreach ((string threads, List<double> times) in theirs) Row($"PyTorch     {threads} thread(s)", times);
        double bestHere = models.Min(m => m.Times.Min()), bestThere = theirs.Values.Min(t => t.Min());
        double medianHere = models.Min(m => Median(m.Times)), medianThere = theirs.Values.Min(Median);
        output.WriteLine(Line($"losses of the first step and after {WarmUpSteps}: {firstLoss:F6} and {lastLoss:F6}, the same in both"));
        output.WriteLine(Line($"PyTorch's fastest set-up over CircuitSim's: best steps {bestThere / bestHere:F2} (bar: 1), medians {medianThere / medianHere:F2}"));
        return bestThere >= bestHere ? 0 : 5;

        void Row(string name, List<double> times) => output.WriteLine(Line($"{name,-26} median {Median(times):F1}  best {times.Min():F1}"));
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Model
    {
        private readonly ConvolutionalModel<float> _model;
        private readonly ParameterStep<float> _optimizer;
        private int _steps;

        public Model(NetworkSpec spec, int threads)
        {
            Threads = threads;
            _model = new ConvolutionalModel<float>(spec, threads);
            _model.Initialize(1);
            _optimizer = new ParameterStep<float>(new ImageTrainingOptions { LearningRate = Rate, Momentum = Momentum }, _model.Parameters.Length);
        }

        public int Threads { get; }

        public float[] Parameters => _model.Parameters;

        public List<double> Losses { get; } = [];

        public List<double> Times { get; } = [];

        public void WarmUp(float[] images, byte[] labels)
        {
            for (int s = 0; s < WarmUpSteps; s++) Step(images, labels);
        }

        public void Time(float[] images, byte[] labels)
        {
            for (int s = 0; s < TimedSteps; s++)
            {
                long begin = Stopwatch.GetTimestamp();
                Step(images, labels);
                Times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
        }

        private void Step(float[] images, byte[] labels)
        {
            _model.Prepare();
            Losses.Add(_model.Loss(_model.Forward(images, Batch, isTraining: true), labels, Batch, out _));
            _model.Backward(Batch);
            _optimizer.Take(_model.Parameters, _model.Gradient, Rate, ++_steps);
        }
    }
}
