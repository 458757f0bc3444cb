using System.Globalization;
using CircuitSim.Samples;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length != 1 || !Sample.All.TryGetValue(args[0], out Action<TextWriter>? sample))
{
    Console.Error.WriteLine($"usage: dotnet run --project samples -- {string.Join('|', Sample.All.Keys)}");
    return 2;
}

sample(Console.Out);
return 0;
