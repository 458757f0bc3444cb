using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Bayesian;

/// <summary>A posterior cannot be sampled.</summary>
/// <param name="message">What is wrong and what to do.</param>
public sealed class SamplingException(string message) : CircuitSimException(message);
