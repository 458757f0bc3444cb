using CircuitSim.Peers;

switch (args.FirstOrDefault())
{
    case "training":
        return TrainingPeers.Run(Console.Out);
    case "training-accuracy":
        return TrainingAccuracy.Run(Console.Out);
    case "in-the-loop":
        return InTheLoop.Run(Console.Out);
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks/Peers -- training|training-accuracy|in-the-loop");
        return 2;
}
