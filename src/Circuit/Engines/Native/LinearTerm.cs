namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A factor times the difference of two unknowns, or the rate of a charge that is one, added to a row and taken off another; −1 is ground.</summary>
/// <param name="Into">Row that it is added to.</param>
/// <param name="OutOf">Row that it is taken off.</param>
/// <param name="Plus">First unknown.</param>
/// <param name="Minus">Unknown that is taken off.</param>
/// <param name="Factor">Siemens, or a pure number; for a charge farads or henries.</param>
/// <param name="Charge">Number of the charge, or −1.</param>
internal readonly record struct LinearTerm(int Into, int OutOf, int Plus, int Minus, double Factor, int Charge);
