using System.CommandLine;
using CircuitSim.Export.Devices;
using CircuitSim.Export.Figures;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Devices.Fitting;

namespace CircuitSim.Cli.Commands;

/// <summary><c>circuitsim devices</c>: lists device cards, shows one, and makes one from measurements.</summary>
internal static class DevicesCommand
{
    private static readonly Argument<string> Card = new("CARD") { Description = "Name of a published card, or a card file (.json)." };
    private static readonly Argument<string> Samples = new("SAMPLES") { Description = "CSV table: target_siemens or level, measured_siemens, and if wanted time_seconds and cycle." };
    private static readonly Option<string?> Figures = new("--output") { Description = "Folder for figures (SVG) and their numbers (CSV).", HelpName = "DIR" };
    private static readonly Option<string?> CardFile = new("--output-file", "-o") { Description = "Card file to write (JSON); experiments and 'devices show' take it.", HelpName = "FILE" };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of the card (default: that of the file).", HelpName = "NAME" };
    private static readonly Option<string?> Source = new("--source") { Description = "Where the measurements come from (default: the file).", HelpName = "TEXT" };
    private static readonly Option<int> Fewest = new("--fewest") { Description = "Fewest reads of a level at one time.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private static readonly Option<bool> Verified = new("--verified") { Description = "The devices were programmed with a verify loop before they were read." };
    private static readonly Option<double?> PulseEnergy = new("--pulse-energy") { Description = "Energy of one programming pulse, joules.", HelpName = "J" };
    private static readonly Option<bool> Force = new("--force") { Description = "Replace files that exist." };

    internal static Command Create(CliContext context)
    {
        var command = new Verb("devices", "Lists the device cards that ship, each with its source and what it assumes; shows one; makes one from your own measurements.",
            "devices", "devices show hfo2-milo --json", "devices fit samples/device-samples.csv");
        command.Subcommands.Add(Show(context));
        command.Subcommands.Add(Fit(context));
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(SharedOptions.Json)) DevicesOutput.WriteJson(context.Output, PublishedCards.All);
            else DevicesOutput.WriteText(context.Output, PublishedCards.All);
            return ExitCode.Done;
        });
        return command;
    }

    private static Verb Show(CliContext context)
    {
        var command = new Verb("show", "Shows a device card: window, programming error, drift, noise, conduction, faults, sources and assumptions; figures with --output.",
            "devices show pcm-nandakumar", "devices show neurram-wan --output figures")
        {
            Card, Figures, SharedOptions.Seed, Force,
        };
        command.SetAction(parsed =>
        {
            DeviceCard card = DeviceCards.Open(parsed.GetValue(Card)!);
            string[] files = Write(parsed, card.Name, () => DeviceFigures.Of(card, parsed.GetValue(SharedOptions.Seed) ?? 1));
            if (parsed.GetValue(SharedOptions.Json)) DevicesOutput.WriteJson(context.Output, card, files);
            else DevicesOutput.WriteText(context.Output, card, files);
            return ExitCode.Done;
        });
        return command;
    }

    private static Verb Fit(CliContext context)
    {
        var command = new Verb("fit", "Makes a device card from measured conductances: an empirical distribution for every level and time, tails as measured.",
            "devices fit samples/device-samples.csv", "devices fit samples/device-samples.csv --name mine -o mine.json --output figures")
        {
            Samples, CardFile, Name, Source, Fewest, Verified, PulseEnergy, Figures, SharedOptions.Seed, Force,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(Samples)!;
            if (parsed.GetValue(Fewest) < 5) throw new UsageException("--fewest: a distribution needs at least 5 reads.");
            if (parsed.GetValue(PulseEnergy) is double energy && !(energy >= 0 && double.IsFinite(energy))) throw new UsageException("--pulse-energy: joules, at least 0.");
            string? file = parsed.GetValue(CardFile);
            if (file is not null && File.Exists(file) && !parsed.GetValue(Force)) throw new UsageException($"'{file}' exists; give another name, or --force to replace it.");
            DeviceSamples samples = DeviceSamples.Read(path);
            DeviceFit fit = DeviceFitter.Fit(samples, new DeviceFitOptions
            {
                Name = parsed.GetValue(Name) ?? Path.GetFileNameWithoutExtension(file ?? path),
                Source = parsed.GetValue(Source) ?? $"measurements in {Path.GetFileName(path)}",
                FewestSamples = parsed.GetValue(Fewest),
                IsAfterVerify = parsed.GetValue(Verified),
                PulseEnergyJoules = parsed.GetValue(PulseEnergy),
            });
            List<string> files = [.. Write(parsed, fit.Card.Name, () => [DeviceFigures.Measured(samples, fit), .. DeviceFigures.Of(fit.Card, parsed.GetValue(SharedOptions.Seed) ?? 1)])];
            if (file is not null)
            {
                DeviceCardFile.Write(file, fit.Card);
                files.Insert(0, file);
            }

            if (parsed.GetValue(SharedOptions.Json)) DevicesOutput.WriteJson(context.Output, fit, files);
            else DevicesOutput.WriteText(context.Output, fit, files);
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Write(ParseResult parsed, string card, Func<IReadOnlyList<NamedFigure>> draw)
    {
        if (parsed.GetValue(Figures) is not string folder) return [];
        NamedFigure[] figures = [.. draw().Select(f => new NamedFigure($"{card}-{f.Name}", f.Figure))];
        string[] paths = [.. figures.SelectMany(f => Pair(folder, f.Name))];
        string? existing = parsed.GetValue(Force) ? null : paths.FirstOrDefault(File.Exists);
        if (existing is not null) throw new UsageException($"'{existing}' exists; give another folder, or --force to replace it.");
        foreach (NamedFigure figure in figures) FigureFiles.Write(folder, figure);
        return paths;
    }

    private static string[] Pair(string folder, string name)
    {
        (string drawing, string numbers) = FigureFiles.Paths(folder, name);
        return [drawing, numbers];
    }
}
