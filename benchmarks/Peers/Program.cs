using CircuitSim.Peers;

switch (args.FirstOrDefault())
{
    case "training":
        return TrainingPeers.Run(Console.Out);
    case "training-accuracy":
        return TrainingAccuracy.Run(Console.Out);
    case "decks":
        return DeckPeers.Run(Console.Out, args.ElementAtOrDefault(1) ?? "netlists", Environment.GetEnvironmentVariable("PATH"));
    case "solve":
        return SolvePeers.Run(Console.Out, Environment.GetEnvironmentVariable("PATH"));
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks/Peers -- training|training-accuracy|decks|solve");
        return 2;
}
