namespace CircuitSim.Cli;

/// <summary>Nobody reads the results any more, as behind <c>| head</c>; the program ends without a word, as others do by a signal.</summary>
internal sealed class OutputClosedException() : Exception("standard output is closed.");
