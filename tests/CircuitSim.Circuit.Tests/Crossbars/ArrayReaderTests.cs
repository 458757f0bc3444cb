using System.Text.Json;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

public sealed class ArrayReaderTests
{
    private static readonly (string Key, ReadScheme Scheme)[] Schemes =
    [
        ("floating", ReadScheme.Floating), ("half_v", ReadScheme.HalfVoltage), ("third_v", ReadScheme.ThirdVoltage), ("grounded_unselected", ReadScheme.Grounded),
    ];

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Array_and_closed_form_match_the_published_read_currents()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Repository.SharedFile("fixtures/sneak_path.json")));

        int compared = 0;
        foreach (JsonElement item in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            (int m, int n) = (item.GetProperty("rows").GetInt32(), item.GetProperty("cols").GetInt32());
            double selected = item.GetProperty("r_selected_ohm").GetDouble(), other = item.GetProperty("r_other_ohm").GetDouble();
            double volts = item.GetProperty("v_read").GetDouble();
            ArrayReader reader = ArrayReader.Create(Array(m, n, selected, other));
            foreach ((string key, ReadScheme scheme) in Schemes)
            {
                double expected = item.GetProperty(key).GetProperty("i_read_a").GetDouble();
                CellRead read = reader.Read(0, 0, volts, scheme);
                // The file has 16 digits; floating lines are solved to 1e-12 of the read voltage, over some hundred devices of 1e-4 S.
                Close.Numbers(expected, ReadEstimate.BitLineAmps(m, n, selected, other, volts, scheme), 0, 4e-15, $"{m} x {n} {scheme}, closed form");
                Close.Numbers(expected, read.BitLineAmps, 0, 1e-11, $"{m} x {n} {scheme}, array");
                compared++;
            }

            JsonElement floating = item.GetProperty("floating");
            Close.Numbers(floating.GetProperty("sneak_fraction").GetDouble(), reader.Read(0, 0, volts, ReadScheme.Floating).SneakShare, 1e-11);
            Close.Numbers(floating.GetProperty("r_sneak_ohm").GetDouble(), ReadEstimate.FloatingOhms(m, n, other), 0, 4e-15);
        }

        Assert.Equal(24, compared);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(ReadScheme.Floating)]
    [InlineData(ReadScheme.HalfVoltage)]
    [InlineData(ReadScheme.ThirdVoltage)]
    [InlineData(ReadScheme.Grounded)]
    public void A_read_of_any_device_of_an_even_array_is_the_closed_form(ReadScheme scheme)
    {
        const double selected = 3e5, other = 2e4, volts = -0.3;
        foreach ((int m, int n, int i, int j) in new[] { (1, 1, 0, 0), (5, 3, 4, 1), (2, 9, 1, 8), (17, 4, 6, 3) })
        {
            CrossbarSpec even = Array(m, n, other, other);
            double[] g = even.ConductanceSiemens.ToArray();
            g[i * n + j] = 1 / selected;

            CellRead read = ArrayReader.Create(even.WithConductances(g)).Read(i, j, volts, scheme);

            double expected = ReadEstimate.BitLineAmps(m, n, selected, other, volts, scheme);
            // Lines are solved to 1e-12 of the read voltage.
            Close.Numbers(expected, read.BitLineAmps, 0, 1e-11, $"{m} x {n}");
            Close.Numbers(volts / selected, read.DeviceAmps, 0, 1e-11, "device");
            Close.Numbers(ReadEstimate.SourceWatts(m, n, selected, other, volts, scheme), read.SourceWatts, 0, 1e-11, "power");
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void With_wires_the_sources_deliver_what_devices_and_wires_take_and_schemes_keep_their_order()
    {
        var random = new Random(7);
        double[] g = [.. Enumerable.Range(0, 12 * 8).Select(_ => 1e-6 * (1 + 9 * random.NextDouble()))];
        var spec = new CrossbarSpec(12, 8, g, 20, 20, 100, 50);
        ArrayReader reader = ArrayReader.Create(spec);

        CellRead grounded = reader.Read(3, 5, 0.2, ReadScheme.Grounded), floating = reader.Read(3, 5, 0.2, ReadScheme.Floating);
        CellRead half = reader.Read(3, 5, 0.2, ReadScheme.HalfVoltage), third = reader.Read(3, 5, 0.2, ReadScheme.ThirdVoltage);

        // Grounded lines shunt a little current away from the end; biased and floating ones add much.
        Assert.InRange(grounded.SneakShare, -0.05, 0);
        Assert.True(floating.SneakShare > 0.5 && third.SneakShare > 0.5 && half.SneakShare > third.SneakShare);
        Assert.All(new[] { grounded, floating, half, third }, read => Assert.True(read.SourceWatts > 0));
        // A floating array takes current from one source alone, which all leaves through the selected bit line.
        Close.Numbers(0.2 * floating.BitLineAmps, floating.SourceWatts, 0, 1e-9);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Twice_the_voltage_is_twice_the_current_with_shorted_lines_too()
    {
        var random = new Random(3);
        double[] g = [.. Enumerable.Range(0, 6 * 5).Select(_ => 1e-6 * (1 + 9 * random.NextDouble()))];
        ArrayReader reader = ArrayReader.Create(new CrossbarSpec(6, 5, g, 50, 30, 10, 5).WithFaults(
            [LineFault.ShortBitLines(2, 1, 1e4), LineFault.ShortWordLines(1, 3, 1e3)]));

        CellRead once = reader.Read(2, 2, 0.1, ReadScheme.ThirdVoltage), twice = reader.Read(2, 2, 0.2, ReadScheme.ThirdVoltage);

        // Each is solved to 1e-12 of its read voltage.
        Close.Numbers(2 * once.BitLineAmps, twice.BitLineAmps, 0, 1e-10);
        Close.Numbers(4 * once.SourceWatts, twice.SourceWatts, 0, 1e-9);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void What_cannot_be_read_is_refused()
    {
        ArrayReader reader = ArrayReader.Create(Array(2, 3, 1e5, 1e5));

        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(2, 0, 0.1, ReadScheme.Grounded));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(0, -1, 0.1, ReadScheme.Grounded));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(0, 0, 0, ReadScheme.Grounded));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(0, 0, double.NaN, ReadScheme.Grounded));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(0, 0, 0.1, (ReadScheme)9));
        Assert.Throws<InvalidDesignException>(() => ArrayReader.Create(new CrossbarSpec(2, 2, [1e-6, 1e-6, 1e-6, 1e-6], bitLineEnd: BitLineEnd.Open)));
    }

    private static CrossbarSpec Array(int m, int n, double selectedOhms, double otherOhms)
    {
        var g = new double[m * n];
        System.Array.Fill(g, 1 / otherOhms);
        g[0] = 1 / selectedOhms;
        return new CrossbarSpec(m, n, g);
    }
}
