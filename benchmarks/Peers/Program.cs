using CircuitSim.Peers;

switch (args.FirstOrDefault())
{
    case "training":
        return TrainingPeers.Run(Console.Out);
    case "training-accuracy":
        return TrainingAccuracy.Run(Console.Out);
    case "convolution":
        return ConvolutionPeers.Run(Console.Out);
    case "in-the-loop":
        return InTheLoop.Run(Console.Out);
    case "monte-carlo":
        return MonteCarlo.Run(Console.Out);
    case "bayesian":
        return BayesianPeers.Run(Console.Out);
    case "crossbar":
        return CrossbarPeers.Run(Console.Out, args.ElementAtOrDefault(1));
    case "crossbar-memory" when args.Length == 4:
        return CrossbarMemory.Measure(Console.Out, args[1], args[2], args[3]);
    case "decks":
        return DeckPeers.Run(Console.Out, args.ElementAtOrDefault(1) ?? "netlists", Environment.GetEnvironmentVariable("PATH"));
    case "solve":
        return SolvePeers.Run(Console.Out, Environment.GetEnvironmentVariable("PATH"), args.ElementAtOrDefault(1));
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks/Peers -- training|training-accuracy|convolution|in-the-loop|monte-carlo|bayesian|crossbar [part]|decks|solve");
        return 2;
}
