using CircuitSim.Peers;

switch (args.FirstOrDefault())
{
    case "training":
        return TrainingPeers.Run(Console.Out);
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks/Peers -- training");
        return 2;
}
