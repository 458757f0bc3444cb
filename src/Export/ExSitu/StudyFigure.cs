using CircuitSim.Export.Figures;

namespace CircuitSim.Export.ExSitu;

/// <summary>A figure of a study: file name, heading, and how it is drawn.</summary>
internal sealed record StudyFigure(string Name, FigureHeading Heading, Action<TextWriter, bool> Draw)
{
    internal static StudyFigure Of(string name, LineChart chart) => new(name, chart.Heading, (w, isStandalone) => SvgFigure.Write(chart, w, isStandalone));

    internal static StudyFigure Of(string name, ScatterChart chart) => new(name, chart.Heading, (w, isStandalone) => SvgFigure.Write(chart, w, isStandalone));

    internal static StudyFigure Of(string name, IntervalChart chart) => new(name, chart.Heading, (w, isStandalone) => SvgFigure.Write(chart, w, isStandalone));
}
