namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>A parameter as a deck gives it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its value without braces.</param>
/// <param name="Line">The statement.</param>
/// <param name="Offset">Where the value begins in it.</param>
internal sealed record ParameterDefinition(string Name, string Text, DeckLine Line, int Offset);
