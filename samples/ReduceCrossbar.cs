using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Samples;

/// <summary>Reduces a crossbar whose bit lines end in gates to its ports: then any input is one matrix product.</summary>
public static class ReduceCrossbar
{
    /// <summary>Prints the response of two gates to three sources.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        double[] siemens =
        [
            1e-6, 4e-6,
            2e-6, 3e-6,
            5e-6, 1e-6,
        ];
        var spec = new CrossbarSpec(3, 2, siemens, wordLineSegmentOhms: 1000, bitLineSegmentOhms: 1000, bitLineEnd: BitLineEnd.Open);
        TransferMatrix transfer = TransferMatrix.Compute(spec);
        for (int gate = 0; gate < transfer.BitLineCount; gate++)
        {
            ReadOnlySpan<double> row = transfer.GateResponse.Span.Slice(3 * gate, 3);
            output.Write($"gate {gate + 1}: {row[0]:F6} {row[1]:F6} {row[2]:F6} V/V, sum {row[0] + row[1] + row[2]:F6}\n");
        }

        output.Write($"source 1 sees {1e6 * transfer.SourceAdmittanceSiemens.Span[0]:F4} µS\n");
    }
}
