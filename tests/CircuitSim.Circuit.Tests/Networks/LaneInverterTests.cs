using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Networks;

public sealed unsafe class LaneInverterTests
{
    [SkippableFact]
    [Trait("Kind", "property")]
    public void Wide_vectors_give_the_current_of_the_scalar_equations()
    {
        Skip.IfNot(DenseLanes512.IsSupported, "needs AVX-512");

        CompareWithScalar<DenseLanes512>();
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void Narrow_vectors_give_the_current_of_the_scalar_equations()
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");

        CompareWithScalar<DenseLanes256>();
    }

    private static void CompareWithScalar<TLanes>()
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        var random = new Random(1);
        var input = new DenseBuffer(8);
        var output = new DenseBuffer(8);
        var result = new DenseBuffer(24);
        foreach (InverterModel model in (InverterModel[])[InverterModel.EkvSym, InverterModel.EkvPhax90])
        {
            var lanes = new LaneInverter<TLanes>(model, 0.5);
            for (int round = 0; round < 200; round++)
            {
                for (int s = 0; s < 8; s++) (input.Span[s], output.Span[s]) = (random.NextDouble() - 0.5, random.NextDouble() - 0.5);

                TLanes amps = lanes.Current(TLanes.Load(input.Start), TLanes.Load(output.Start), out TLanes perInput, out TLanes perOutput);
                TLanes.Store(result.Start, amps);
                TLanes.Store(result.Start + 8, perInput);
                TLanes.Store(result.Start + 16, perOutput);

                for (int s = 0; s < 8; s++)
                {
                    InverterCurrent expected = model.OutputCurrent(input.Span[s], output.Span[s], 0.5);
                    // A dozen roundings of terms up to 2e-4 A and 5e-4 S, whose difference is taken.
                    Close.Numbers(expected.Amps, result.Span[s], 1e-18, 1e-13, "amps");
                    Close.Numbers(expected.PerInputVolt, result.Span[8 + s], 5e-18, 1e-13, "per input");
                    Close.Numbers(expected.PerOutputVolt, result.Span[16 + s], 5e-18, 1e-13, "per output");
                }
            }
        }
    }
}
