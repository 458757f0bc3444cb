using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Devices;

/// <summary>One figure of a device card, ready to be written.</summary>
public sealed class DeviceFigure
{
    private readonly Action<TextWriter> _write;

    internal DeviceFigure(string name, LineChart chart)
    {
        Name = name;
        Title = chart.Heading.Title;
        _write = writer => SvgFigure.Write(chart, writer);
    }

    /// <summary>What the figure shows, as part of a file name, for example <c>spread</c>.</summary>
    public string Name { get; }

    /// <summary>Its title.</summary>
    public string Title { get; }

    /// <summary>Writes the figure as an SVG file of its own.</summary>
    /// <param name="writer">Where the markup goes.</param>
    public void Write(TextWriter writer) => _write(writer);
}
