using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Onnx;

/// <summary>Turns the nodes of a graph into stages, one by one, in the order of the file. Nodes whose results reach no output are left out.</summary>
internal sealed class GraphTranslation
{
    private const int SideLimit = ushort.MaxValue;

    private readonly OnnxFile _file;
    private readonly OnnxModel _model;
    private readonly ProblemList _problems;
    private readonly Dictionary<string, TensorValue?> _values = [];
    private readonly Dictionary<string, int> _uses = [];

    public GraphTranslation(OnnxFile file, OnnxModel model, ProblemList problems) => (_file, _model, _problems) = (file, model, problems);

    /// <summary>Translates the graph.</summary>
    /// <returns>The last stage, or null with a problem.</returns>
    /// <exception cref="InputFileException">The graph breaks a rule of ONNX.</exception>
    public Stage? Run()
    {
        CheckOrder();
        if (_model.Outputs.Count != 1)
            _problems.Add($"has {_model.Outputs.Count} outputs ({Names(_model.Outputs)}); one, with a number for each class, is supported.");
        if (_model.Inputs.Count != 1)
            _problems.Add($"has {_model.Inputs.Count} inputs that are no initializers ({Names(_model.Inputs.Select(i => i.Name))}); one image is supported.");
        if (_problems.Count > 0) return null;

        OnnxNode[] nodes = Live();
        foreach (OnnxTensor tensor in _model.Initializers.Values) _values[tensor.Name] = new ConstantValue(tensor);
        OnnxInput input = _model.Inputs[0];
        _values[input.Name] = Input(input);
        var operators = new OperatorTable(_file.Bytes.Length, _model.Opset, input.Dimensions is [{ } batch, ..] ? batch : null);
        bool hasUnknown = false;
        foreach (OnnxNode node in nodes)
        {
            foreach (string output in node.Outputs) _values[output] = null;
            if (node.Outputs.Skip(1).Any(o => _uses.ContainsKey(o)))
                _problems.Add($"{node.Label}: an output other than its first is used; only the first is supported.");
            if (!OnnxModel.IsStandard(node.Domain))
            {
                _problems.Add($"{node.Label}: is an operator of the domain {Quoted.Name(node.Domain)}; only those of ai.onnx are supported. "
                    + "Export the model without custom operators.");
            }
            else if (!OperatorTable.Knows(node.Operator))
            {
                hasUnknown = true;
                _problems.Add($"{node.Label}: the operator {Quoted.Plain(node.Operator)} is not supported.");
            }
            else
            {
                TensorValue? value = operators.Translate(new NodeArguments(node, _values, _problems));
                string name = node.Outputs[0];
                _values[name] = value is FeatureValue features ? features with { IsShared = features.IsShared || _uses.GetValueOrDefault(name) > 1 } : value;
            }
        }

        if (hasUnknown) _problems.Add($"supported operators are {OperatorTable.Names}; express the network in these before exporting it.");
        return _problems.Count > 0 ? null : Output(_values[_model.Outputs[0]]);
    }

    // ONNX asks for nodes in topological order and for one definition of each name (IR.md, "Graphs").
    private void CheckOrder()
    {
        HashSet<string> known = [.. _model.Initializers.Keys, .. _model.Inputs.Select(i => i.Name), ""], made = [.. _model.Nodes.SelectMany(n => n.Outputs)];
        foreach (OnnxNode node in _model.Nodes)
        {
            foreach (string input in node.Inputs)
            {
                if (known.Contains(input)) continue;
                throw _file.Invalid(made.Contains(input)
                    ? $"{node.Label} uses {Quoted.Name(input)}, which only this node or a later one makes: "
                        + "the graph has a cycle, or its nodes are not in topological order, as ONNX asks."
                    : $"{node.Label} uses {Quoted.Name(input)}, which is neither an input, an initializer, nor the output of a node. "
                        + "Export the model with its weights (export_params=True).");
            }

            foreach (string output in node.Outputs)
            {
                if (output.Length > 0 && !known.Add(output))
                    throw _file.Invalid($"{node.Label} makes {Quoted.Name(output)}, a name that is taken already; ONNX asks for one definition of each.");
            }
        }

        foreach (string output in _model.Outputs)
            if (!known.Contains(output) || output.Length == 0) throw _file.Invalid($"the output {Quoted.Name(output)} is made by no node.");
    }

    private OnnxNode[] Live()
    {
        _uses[_model.Outputs[0]] = 1;
        var live = new List<OnnxNode>();
        foreach (OnnxNode node in _model.Nodes.Reverse())
        {
            if (!node.Outputs.Any(_uses.ContainsKey)) continue;
            live.Add(node);
            foreach (string input in node.Inputs) if (input.Length > 0) _uses[input] = _uses.GetValueOrDefault(input) + 1;
        }

        live.Reverse();
        return [.. live];
    }

    private FeatureValue? Input(OnnxInput input)
    {
        string name = $"input {Quoted.Name(input.Name)}";
        string shape = input.Dimensions is { } given ? $"[{string.Join(", ", given.Select((d, k) => d is null && k > 0 ? "?" : NodeArguments.Entry(d)))}]" : "none";
        if (input.Dimensions is not null && input.ElementType is not (1 or 10 or 11))
            _problems.Add($"{name}: has element type {input.ElementType} (TensorProto.DataType); FLOAT, DOUBLE or FLOAT16 is needed.");
        if (input.Dimensions is not { Count: 2 or 3 or 4 } dimensions)
        {
            _problems.Add($"{name}: its shape is {shape}; [N, channels, rows, columns], [N, rows, columns] or [N, features] is needed.");
            return null;
        }

        int most = dimensions.Count == 2 ? OperatorTable.NumberLimit : SideLimit;
        if (dimensions[0] <= 0 || dimensions.Skip(1).Any(d => d is null || d < 1 || d > most))
        {
            _problems.Add($"{name}: its shape is {shape}; every dimension but the first must be a fixed number from 1 to {most}. "
                + "Export the model with only the batch dimension dynamic.");
            return null;
        }

        long[] sizes = [.. dimensions.Skip(1).Select(d => d!.Value)];
        if (sizes.Aggregate(1.0, (product, side) => product * side) > OperatorTable.NumberLimit)
        {
            _problems.Add($"{name}: its shape is {shape}; at most {OperatorTable.NumberLimit} numbers a sample are supported.");
            return null;
        }

        return new FeatureValue(new Stage(name, NodeArguments.Reading(sizes)), sizes, IsShared: _uses.GetValueOrDefault(input.Name) > 1);
    }

    private Stage? Output(TensorValue? value)
    {
        string name = $"output {Quoted.Name(_model.Outputs[0])}";
        if (value is FeatureValue { Shape: { Height: 1, Width: 1 } } features && features.Sizes.Count(d => d > 1) <= 1) return features.Stage;
        _problems.Add(value is FeatureValue wide
            ? $"{name}: has the shape {NodeArguments.Shape(wide)}, of an image; a network that classifies ends in one number for each class: "
                + "let a global pool or a fully connected layer come last."
            : $"{name}: does not depend on the network's input.");
        return null;
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Take(10).Select(Quoted.Name));
}
