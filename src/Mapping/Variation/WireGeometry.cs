using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Variation;

/// <summary>A copper line of rectangular section, and what a stretch of it between two cross-points resists.</summary>
/// <remarks>
/// ρ = ρ₀·(G + S): grain boundaries add G = 1/(1 − 3a/2 + 3a² − 3a³·ln(1 + 1/a)) with a = λ/d·R/(1 − R) (Mayadas, Shatzkes, Phys. Rev. B 1,
/// 1970), surfaces S = 3/8·(1 − p)·λ·(1/w + 1/t) (Fuchs 1938, Sondheimer 1952, for lines wider than λ). With temperature ρ₀ grows and λ falls, so that
/// ρ₀·λ stays, as it does for a metal. Constants are those of IMAC-Sim (Zand et al., GLSVLSI 2023); against the resistivities that
/// NeuroSim tabulates for its nodes the formula is within 13 %.
/// </remarks>
public sealed record WireGeometry
{
    private const double ReferenceKelvin = 300, PerKelvin = 0.0039;

    // Node, width of its local lines (nm), height over width: NeuroSim's Param.cpp.
    private static readonly (double Node, double Width, double Aspect)[] NodeTable =
        [(130, 175, 1.6), (90, 110, 1.6), (65, 105, 1.7), (45, 80, 1.7), (32, 56, 1.8), (22, 40, 1.9), (14, 25, 2.0), (10, 18, 2.0), (7, 18, 2.0)];

    /// <summary>Width w of a line, metres, positive.</summary>
    public required double WidthMetres { get; init; }

    /// <summary>Thickness t of a line, metres, positive.</summary>
    public required double ThicknessMetres { get; init; }

    /// <summary>Distance of two cross-points along a word line, metres, positive.</summary>
    public required double WordLinePitchMetres { get; init; }

    /// <summary>Distance of two cross-points along a bit line, metres, positive.</summary>
    public required double BitLinePitchMetres { get; init; }

    /// <summary>Resistivity ρ₀ of the bulk at 300 K, ohm metres, positive.</summary>
    public double BulkOhmMetres { get; init; } = 1.9e-8;

    /// <summary>Mean free path λ of electrons at 300 K, metres, positive.</summary>
    public double MeanFreePathMetres { get; init; } = 39e-9;

    /// <summary>Share p of electrons that surfaces reflect like a mirror, 0 to 1.</summary>
    public double SurfaceSpecularity { get; init; } = 0.25;

    /// <summary>Share R of electrons that a grain boundary throws back, 0 to below 1.</summary>
    public double GrainReflectivity { get; init; } = 0.3;

    /// <summary>Size d of grains, metres, positive; null takes the width.</summary>
    public double? GrainMetres { get; init; }

    /// <summary>Temperature of the lines, kelvin, from 200 to 450.</summary>
    public double TemperatureKelvin { get; init; } = ReferenceKelvin;

    /// <summary>Technology nodes that <see cref="OfNode"/> knows, nanometres.</summary>
    public static IReadOnlyList<double> Nodes { get; } = [.. NodeTable.Select(n => n.Node)];

    /// <summary>Resistivity of the line, ohm metres.</summary>
    public double OhmMetres
    {
        get
        {
            double bulk = BulkOhmMetres * (1 + PerKelvin * (TemperatureKelvin - ReferenceKelvin)), path = MeanFreePathMetres * BulkOhmMetres / bulk;
            double a = path / (GrainMetres ?? WidthMetres) * GrainReflectivity / (1 - GrainReflectivity);
            double grains = a == 0 ? 1 : 1 / (1 - 1.5 * a + 3 * a * a - 3 * a * a * a * Math.Log(1 + 1 / a));
            double surfaces = 0.375 * (1 - SurfaceSpecularity) * path * (1 / WidthMetres + 1 / ThicknessMetres);
            return bulk * (grains + surfaces);
        }
    }

    /// <summary>Resistance of a word line between two cross-points, ohms.</summary>
    public double WordLineSegmentOhms => OhmMetres * WordLinePitchMetres / (WidthMetres * ThicknessMetres);

    /// <summary>Resistance of a bit line between two cross-points, ohms.</summary>
    public double BitLineSegmentOhms => OhmMetres * BitLinePitchMetres / (WidthMetres * ThicknessMetres);

    /// <summary>Lines of a technology node.</summary>
    /// <param name="nodeNanometres">One of <see cref="Nodes"/>.</param>
    /// <param name="hasTransistors">True for cells of one transistor and one device, 4 by 12 line widths as in NeuroSim; false for bare cross-points, 2 by 2 line widths.</param>
    /// <returns>The geometry at 300 K.</returns>
    /// <exception cref="InvalidDesignException">The node is not known.</exception>
    public static WireGeometry OfNode(double nodeNanometres, bool hasTransistors)
    {
        int at = Array.FindIndex(NodeTable, n => n.Node == nodeNanometres);
        if (at < 0)
            throw new InvalidDesignException("Wire geometry", [string.Create(CultureInfo.InvariantCulture,
                $"Node {nodeNanometres:R} nm is not known; choose {string.Join(", ", Nodes.Select(n => n.ToString("R", CultureInfo.InvariantCulture)))}, or give width, thickness and pitch.")]);

        (_, double width, double aspect) = NodeTable[at];
        return new WireGeometry
        {
            WidthMetres = 1e-9 * width,
            ThicknessMetres = 1e-9 * width * aspect,
            WordLinePitchMetres = 1e-9 * width * (hasTransistors ? 4 : 2),
            BitLinePitchMetres = 1e-9 * width * (hasTransistors ? 12 : 2),
        };
    }

    /// <summary>Refuses sizes and constants out of range.</summary>
    /// <exception cref="InvalidDesignException">Values are out of range; all violations are listed.</exception>
    public void Check()
    {
        var violations = new List<string>();
        foreach ((string what, double metres) in new[]
        {
            ("Width", WidthMetres), ("Thickness", ThicknessMetres), ("Word-line pitch", WordLinePitchMetres), ("Bit-line pitch", BitLinePitchMetres),
            ("Mean free path", MeanFreePathMetres),
        })
            Require(metres > 0 && double.IsFinite(metres), what, metres, "m; it must be positive");
        if (GrainMetres is double grain) Require(grain > 0 && double.IsFinite(grain), "Grain size", grain, "m; it must be positive");
        Require(BulkOhmMetres > 0 && double.IsFinite(BulkOhmMetres), "Bulk resistivity", BulkOhmMetres, "ohm m; it must be positive");
        Require(SurfaceSpecularity is >= 0 and <= 1, "Surface specularity", SurfaceSpecularity, "; it must be from 0 to 1");
        Require(GrainReflectivity is >= 0 and < 1, "Grain reflectivity", GrainReflectivity, "; it must be from 0 to below 1");
        Require(TemperatureKelvin is >= 200 and <= 450, "Temperature", TemperatureKelvin, "K; the linear law of copper holds from 200 to 450 K");
        if (violations.Count > 0) throw new InvalidDesignException("Wire geometry", violations);

        void Require(bool holds, string what, double value, string rule)
        {
            if (!holds) violations.Add(string.Create(CultureInfo.InvariantCulture, $"{what} is {value:R} {rule}."));
        }
    }
}
