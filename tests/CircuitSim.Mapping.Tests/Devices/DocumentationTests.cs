using System.Globalization;
using System.Text;
using CircuitSim.Mapping.Devices;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Devices;

/// <summary>docs/devices.md says of the cards what the code holds.</summary>
[Trait("Kind", "golden")]
public class DocumentationTests
{
    [Fact]
    public void The_table_of_cards_is_the_cards()
    {
        var text = new StringBuilder("| card | technology | window (µS) | levels | programming error, µS at ends and middle | other parts | valid |\n|---|---|---|---|---|---|---|\n");
        foreach (DeviceCard card in PublishedCards.All)
        {
            double middle = 0.5 * (card.MinimumSiemens + card.MaximumSiemens);
            string spread = card.ProgrammingError is null ? "none" : string.Join(", ", ((double[])[card.MinimumSiemens, middle, card.MaximumSiemens]).Select(g => Number(1e6 * card.Statistics(g).StandardDeviationSiemens)));
            string[] parts =
            [
                .. card.Drift is { } drift ? [$"drift from {Number(drift.FirstSeconds)} s"] : Array.Empty<string>(),
                .. card.ReadNoise is null ? Array.Empty<string>() : ["read noise"],
                .. card.Conduction is { } law ? [$"conduction to ±{Number(law.MaximumVolts)} V"] : Array.Empty<string>(),
                .. card.Faults is { } faults ? [$"faults {Number(100 * faults.Total)} %"] : Array.Empty<string>(),
            ];
            text.Append(CultureInfo.InvariantCulture, $"| `{card.Name}` | {card.Technology} | {Number(1e6 * card.MinimumSiemens)} to {Number(1e6 * card.MaximumSiemens)} | {(card.Levels.Count == 0 ? "analogue" : card.Levels.Count)} | {spread} | {(parts.Length == 0 ? "none" : string.Join(", ", parts))} | {card.Validity} |\n");
        }

        Golden.PartMatches("docs/devices.md", "cards", text.ToString());
    }

    [Fact]
    public void Sources_and_assumptions_are_those_of_the_cards()
    {
        var text = new StringBuilder();
        foreach (DeviceCard card in PublishedCards.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"- `{card.Name}`: {card.Source}.\n");
            IEnumerable<string> laws = ((IEnumerable<string?>)[card.ProgrammingError?.Source, card.Drift?.Source, card.ReadNoise?.Source, card.Conduction?.Source, card.Faults?.Source])
                .OfType<string>().Distinct().Where(s => s != card.Source);
            foreach (string law in laws) text.Append(CultureInfo.InvariantCulture, $"  - law: {law}.\n");
            foreach (string assumption in card.Assumptions) text.Append(CultureInfo.InvariantCulture, $"  - **assumed**: {assumption}\n");
        }

        Golden.PartMatches("docs/devices.md", "sources", text.ToString());
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
