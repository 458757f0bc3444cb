using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.Networks;

namespace CircuitSim.Samples;

/// <summary>A network of random weights, where a sample needs any network.</summary>
internal static class RandomNetwork
{
    internal static TrainedNetwork Create(params int[] sizes)
    {
        var random = new CounterRandom(1, "weights of a sample");
        ulong drawn = 0;
        var layers = new List<TrainedLayer>();
        for (int l = 0; l + 1 < sizes.Length; l++)
        {
            var theta = new double[(2 * sizes[l] + 2) * sizes[l + 1]];
            for (int i = 0; i < theta.Length; i++) theta[i] = random.Uniform(drawn++, -3, 3);
            layers.Add(new TrainedLayer(sizes[l], sizes[l + 1], theta));
        }

        return new TrainedNetwork(supplyVolts: 0.5, conductanceRatio: 7.33, "random", layers);
    }
}
