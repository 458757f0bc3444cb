using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.TestSupport;
using CircuitSim.Training.Layers;
using CircuitSim.Training.Onnx;

namespace CircuitSim.Training.Tests.Onnx;

/// <summary>A broken file gives a network or an error of this project, never a crash.</summary>
[Trait("Kind", "property")]
public class OnnxFuzzTests
{
    [Theory]
    [InlineData("wide-residual", 2000)]
    [InlineData("view", 1000)]
    [InlineData("channels-last", 1000)]
    public void Damaged_models_give_a_network_or_a_typed_error(string name, int count)
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(OnnxNetworkTests.Folder, name + ".onnx"));
        var random = new CounterRandom(11, "damage to a model");
        using var folder = new TemporaryFolder();
        string path = folder.File("damaged.onnx");
        (int networks, int invalid, int unsupported) = (0, 0, 0);
        for (int n = 0; n < count; n++)
        {
            File.WriteAllBytes(path, Damaged(whole, random, n));
            try
            {
                TrainedImageNetwork network = OnnxNetwork.Read(path);
                Assert.True(network.Parameters.Length > 0, $"damage {n} of {name}");
                networks++;
            }
            catch (InputFileException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
                invalid++;
            }
            catch (InvalidDesignException e)
            {
                Assert.NotEmpty(e.Violations);
                unsupported++;
            }
            catch (Exception e)
            {
                Assert.Fail($"damage {n} of {name} (seed 11): {e}");
            }
        }

        // All three outcomes occur: the damage neither always nor never matters.
        Assert.True(networks > count / 100 && invalid > count / 100 && unsupported > count / 100, $"{networks} networks, {invalid} invalid, {unsupported} unsupported");
    }

    // One to four bytes changed, most of them away from the weights; or a piece cut off, taken out, or put in twice.
    private static byte[] Damaged(byte[] whole, CounterRandom random, int n)
    {
        ulong key = (ulong)n * 16;
        int at = random.Below(key, whole.Length), length = Math.Min(whole.Length - at, 1 + random.Below(key + 1, 40));
        switch (random.Below(key + 2, 8))
        {
            case 0:
                return whole[..at];
            case 1:
                return [.. whole[..at], .. whole[(at + length)..]];
            case 2:
                return [.. whole[..at], .. whole[at..(at + length)], .. whole[at..]];
            default:
                byte[] changed = [.. whole];
                for (int k = random.Below(key + 3, 4); k >= 0; k--)
                {
                    int place = random.Below(key + 4 + 3 * (ulong)k, random.Below(key + 3, 2) == 0 ? whole.Length : Math.Min(whole.Length, 1500));
                    changed[place] = (byte)random.Below(key + 5 + 3 * (ulong)k, 256);
                }

                return changed;
        }
    }
}
