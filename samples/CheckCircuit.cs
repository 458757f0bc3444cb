using CircuitSim.Circuit.Networks;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.Training.Phax;

namespace CircuitSim.Samples;

/// <summary>Holds a circuit against the behavioural network that it was made from.</summary>
public static class CheckCircuit
{
    /// <summary>Prints how far each effect moves the outputs.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        TrainedNetwork network = RandomNetwork.Create(4, 3, 2);
        InverterModel inverter = InverterModel.EkvPhax90;
        NetworkCircuit circuit = NetworkMapper.Map(network, PublishedCards.Phax, new MappingOptions
        {
            Inverter = inverter,
            WordLineSegmentOhms = 2000,
            BitLineSegmentOhms = 2000,
        }).Circuit;
        double[] inputVolts = [0.2, -0.1, 0.05, -0.25, 0.1, 0.1, -0.2, 0.0];
        IReadOnlyList<INeuronCurve> curves = NeuronCurves.Create(NeuronCurveKind.Tanh, inverter, 0.5, [4, 3, 2], null);
        BehaviouralResult behavioural = BehaviouralNetwork.Create(network, curves).Evaluate(inputVolts, 2);

        CrossCheckResult result = CrossChecker.Check(circuit, behavioural.Layers, inputVolts, [0, 1], "two samples");
        foreach (AttributionStep step in result.Attribution.Steps)
            output.Write($"{step.Name}: rms {step.OutputRmsMillivolts:F2} mV\n");
        output.Write($"worst node: {result.WorstNodes[0].NodeName}\n");
    }
}
