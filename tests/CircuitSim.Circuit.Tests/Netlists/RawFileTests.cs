using System.Text;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Tests.Netlists;

public sealed class RawFileTests
{
    // Written by ngspice-39: set filetype=ascii, op, write.
    private const string Point = """
        Title: title line
        Date: Sun Nov 22 01:11:36  2026
        Plotname: Operating Point
        Flags: real
        No. Variables: 2
        No. Points: 1
        Variables:
        	0	v(a)	voltage
        	1	i(v.x1.v1)	current
        Values:
         0	3.000000000000000e-01
        	-7.955206883056241e-07

        """;

    private const string Sweep = """
        Title: t
        Plotname: AC Analysis
        Flags: complex
        No. Variables: 2
        No. Points: 2
        Variables:
        	0	frequency	frequency grid=3
        	1	v(B)	voltage
        Values:
         0	1.0e+00,0.0e+00
        	5.0e-01,-2.5e-01

         1	1.0e+01,0.0e+00
        	1.0e-01,-5.0e-02

        """;

    [Fact]
    [Trait("Kind", "peer")]
    public void Reads_ascii_plots_one_after_the_other()
    {
        IReadOnlyList<RawPlot> plots = RawFile.Parse(Encoding.UTF8.GetBytes(Point.ReplaceLineEndings("\n") + Sweep.ReplaceLineEndings("\n")), "two.raw");

        Assert.Equal(["Operating Point", "AC Analysis"], plots.Select(p => p.Name));
        Assert.Equal(["v(a)", "i(v.x1.v1)"], plots[0].Variables.Select(v => v.Name));
        Assert.Equal(-7.955206883056241e-07, plots[0].Real(1, 0));
        Assert.Equal("v(b)", plots[1].Variables[1].Name);
        Assert.Equal((0.1, -0.05), (plots[1].Real(1, 1), plots[1].Imaginary(1, 1)));
        Assert.Equal([1, 10], plots[1].RealParts(0));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Reads_binary_plots()
    {
        string header = Point[..Point.IndexOf("Values:", StringComparison.Ordinal)].ReplaceLineEndings("\n") + "Binary:\n";
        byte[] content = [.. Encoding.UTF8.GetBytes(header), .. BitConverter.GetBytes(0.25), .. BitConverter.GetBytes(-1e-7)];

        RawPlot plot = Assert.Single(RawFile.Parse(content, "b.raw"));

        Assert.Equal((0.25, -1e-7), (plot.Real(0, 0), plot.Real(1, 0)));
        var error = Assert.Throws<InputFileException>(() => RawFile.Parse(content[..^3], "b.raw"));
        Assert.NotNull(error.ByteOffset);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_file_cut_anywhere_is_refused_with_a_typed_error()
    {
        byte[] content = Encoding.UTF8.GetBytes(Sweep.ReplaceLineEndings("\n").TrimEnd());
        for (int length = 0; length < content.Length - 24; length++) Assert.Throws<InputFileException>(() => RawFile.Parse(content[..length], "cut.raw"));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_missing_file_is_an_input_error() => Assert.Throws<InputFileException>(() => RawFile.Read("no-such.raw"));
}
