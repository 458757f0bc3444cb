namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Equations that hold at DC only: in a loop of inductors no flux circles, which is how currents share out when the sources are switched on from nothing.</summary>
/// <remarks>The voltages of the other inductors already make the closing inductor's voltage zero, so that its row is free to say Σ ±L·i = 0.</remarks>
/// <param name="Terms">Terms of the rows of closing inductors.</param>
/// <param name="Entries">The same in the places of the matrix.</param>
internal sealed record DirectPart(LinearTerm[] Terms, (int Place, double Ohms)[] Entries);
