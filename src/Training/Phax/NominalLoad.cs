namespace CircuitSim.Training.Phax;

/// <summary>What an inverter output of a hidden layer is assumed to carry while training: the next crossbar with every θ at 0.</summary>
/// <param name="MinimumConductanceSiemens">σ_min of the devices, siemens.</param>
/// <param name="ConductanceRatio">K/σ_min, dimensionless.</param>
public sealed record NominalLoad(double MinimumConductanceSiemens, double ConductanceRatio)
{
    /// <summary>Conductance from an output to mid-rail, fan-out·σ_min·(1 + ratio/2).</summary>
    /// <param name="fanOut">Neurons of the next layer.</param>
    /// <returns>Siemens.</returns>
    public double Siemens(int fanOut) => fanOut * MinimumConductanceSiemens * (1 + ConductanceRatio / 2);
}
