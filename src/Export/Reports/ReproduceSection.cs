namespace CircuitSim.Export.Reports;

/// <summary>How each number of the page is had again, here and elsewhere.</summary>
internal static class ReproduceSection
{
    private static readonly (string What, string Key, string Command)[] Origins =
    [
        ("Verdict, accuracy, agreement, confusion", "verdict, accuracies, agreement, confusions", "circuitsim check ."),
        ("Engines against each other", "crossCheck, spiceChecks", "circuitsim check ."),
        ("Error per layer, worst nodes", "layers, worstNodes", "circuitsim check ."),
        ("Where the error comes from", "attribution, reverseAttribution", "circuitsim check ."),
        ("What matters most, sneak paths", "sensitivity, sneakPaths", "circuitsim check ."),
        ("Power, speed", "power, powerBalance, speed", "circuitsim check ."),
        ("Training", "training, baseline", "circuitsim train ."),
        ("Conductances", "network; each device in devices.csv", "circuitsim map ."),
        ("Netlists", "decks", "circuitsim export ."),
        ("Figures, heat maps", "numbers of each figure in figures/", "circuitsim report ."),
    ];

    public static void Write(string experiment, FidelityDocument document, ReportPage page)
    {
        ReportFigures.Paragraph(
            page,
            "Every number on this page is in fidelity.json beside it, or in the table of its figure. A stage made again gives the same numbers, times aside: every draw follows "
            + "from the seed. Commands are given in the run folder, where this page lies.");
        ReportTable.Write(
            page,
            "Where each number comes from",
            ["Section", "Key in fidelity.json", "Made again by"],
            [.. Origins.Select(o => (ReportCell[])[ReportCell.Words(o.What), ReportCell.Words(o.Key), ReportCell.Code(o.Command)])]);
        page.TextElement("h3", "From nothing");
        ReportFigures.Paragraph(page, $"With CircuitSim {document.ProgramVersion}; the second command says what differs, which should be nothing but times.");
        page.TextElement("pre", "circuitsim run experiment.yaml --output again\ncircuitsim report --compare . again --output comparison", ("class", "command"), ("tabindex", "0"));
        if (experiment.Length == 0) return;

        page.TextElement("h3", "The experiment, with every setting");
        page.TextElement("pre", experiment.TrimEnd('\n'), ("tabindex", "0"));
    }
}
