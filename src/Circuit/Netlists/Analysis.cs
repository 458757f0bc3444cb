namespace CircuitSim.Circuit.Netlists;

/// <summary>An analysis that a deck asks for.</summary>
public abstract record Analysis;
