using CircuitSim.Peers;

switch (args.FirstOrDefault())
{
    case "training":
        return TrainingPeers.Run(Console.Out);
    case "training-accuracy":
        return TrainingAccuracy.Run(Console.Out);
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks/Peers -- training|training-accuracy");
        return 2;
}
