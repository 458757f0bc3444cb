using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;
using CircuitSim.Training.Layers;
using CircuitSim.Training.Onnx;
using Google.Protobuf;

namespace CircuitSim.Training.Tests.Onnx;

/// <summary>What cannot be imported is refused by name, and what only looks different is imported.</summary>
[Trait("Kind", "property")]
public class OnnxRefusalTests
{
    private static readonly long[] Two = [2, 2], Three = [3, 3];

    public static TheoryData<string> Unsupported => [.. Designs.Keys];

    public static TheoryData<string> Invalid => [.. Files.Keys];

    public static TheoryData<string> Possible => [.. Accepted.Keys];

    // Valid ONNX, but no network of the layers here: where the message points, and what it says.
    private static Dictionary<string, (Func<OnnxWriter> Model, string[] Says)> Designs { get; } = new()
    {
        ["unknown operator"] = (() => Ending(Image().Node("act", "Sigmoid", "", "image", "x")), ["node 'act' (Sigmoid)", "Sigmoid is not supported", "supported operators are Add, AveragePool"]),
        ["unknown operator without a name"] = (() => Ending(Image().Node("Sigmoid", "image", "x")), ["the node of 'x' (Sigmoid)"]),
        ["several unknown operators and a group"] = (
            () => Ending(Image().Node("act", "Sigmoid", "", "image", "x").Node("up", "Resize", "", "x", "p").Weights("w", 4, 2, 3, 3).Node("grouped", "Conv", "", "p w", "z", ("group", 2))),
            ["4 problems", "node 'act' (Sigmoid)", "node 'up' (Resize)", "node 'grouped' (Conv): group = 2", "supported operators are"]),
        ["custom domain"] = (() => Ending(Image().Node("act", "Relu", "com.example", "image", "x")), ["node 'act' (Relu)", "domain 'com.example'", "only those of ai.onnx"]),
        ["unknown attribute"] = (() => Ending(Image().Node("act", "Relu", "", "image", "x", ("slope", 0.1f))), ["node 'act' (Relu)", "attribute 'slope'"]),
        ["attribute of another kind"] = (() => Ending(Convolution(("group", 1.5f))), ["node 'conv' (Conv)", "group is of kind 1", "2 is needed"]),
        ["group convolution"] = (() => Ending(Image().Weights("w", 4, 1, 3, 3).Node("conv", "Conv", "", "image w", "x", ("group", 2))), ["node 'conv' (Conv): group = 2", "only one group"]),
        ["dilation"] = (() => Ending(Convolution(("dilations", Two))), ["node 'conv' (Conv): dilations = [2, 2]", "[1, 1] is supported"]),
        ["unequal strides"] = (() => Ending(Convolution(("strides", new long[] { 1, 2 }))), ["node 'conv' (Conv): strides = [1, 2]"]),
        ["stride of zero"] = (() => Ending(Convolution(("strides", new long[] { 0, 0 }))), ["node 'conv' (Conv): strides = [0, 0]"]),
        ["one stride"] = (() => Ending(Convolution(("strides", new long[] { 1 }))), ["node 'conv' (Conv): strides = [1]"]),
        ["asymmetric pads"] = (() => Ending(Convolution(("pads", new long[] { 0, 0, 1, 1 }))), ["node 'conv' (Conv): pads = [0, 0, 1, 1]", "all four sides"]),
        ["unequal pads"] = (() => Ending(Convolution(("pads", new long[] { 1, 0, 1, 0 }))), ["node 'conv' (Conv): pads = [1, 0, 1, 0]"]),
        ["less padding at the left"] = (() => Ending(Convolution(("pads", new long[] { 1, 0, 1, 1 }))), ["node 'conv' (Conv): pads = [1, 0, 1, 1]"]),
        ["same padding that is asymmetric"] = (() => Ending(Convolution(("auto_pad", "SAME_UPPER"), ("strides", Two))), ["node 'conv' (Conv): pads = [0, 0, 1, 1]", "pad explicitly"]),
        ["negative pads"] = (() => Ending(Convolution(("pads", new long[] { -1, -1, -1, -1 }))), ["node 'conv' (Conv): pads = [-1"]),
        ["pads beside auto_pad"] = (() => Ending(Convolution(("auto_pad", "VALID"), ("pads", new long[] { 1, 1, 1, 1 }))), ["node 'conv' (Conv): pads", "none with auto_pad"]),
        ["auto_pad of another name"] = (() => Ending(Convolution(("auto_pad", "FULL"))), ["node 'conv' (Conv): auto_pad = FULL"]),
        ["padding as large as the kernel"] = (() => Ending(Convolution(("pads", new long[] { 3, 3, 3, 3 }))), ["node 'conv' (Conv)", "padding of 3"]),
        ["kernel that is not square"] = (() => Ending(Image().Weights("w", 4, 2, 3, 1).Node("conv", "Conv", "", "image w", "x")), ["node 'conv' (Conv): tensor 'w' has the shape [4, 2, 3, 1]", "square kernel"]),
        ["kernel_shape other than the weights"] = (() => Ending(Convolution(("kernel_shape", Two))), ["node 'conv' (Conv): tensor 'w'", "kernel_shape = [2, 2]"]),
        ["kernel larger than the image"] = (() => Ending(Image().Weights("w", 4, 2, 9, 9).Node("conv", "Conv", "", "image w", "x")), ["node 'conv' (Conv)", "does not fit"]),
        ["channels that do not fit"] = (() => Ending(Image().Weights("w", 4, 3, 3, 3).Node("conv", "Conv", "", "image w", "x")), ["node 'conv' (Conv): tensor 'w' has the shape [4, 3, 3, 3]; [4, 2, 3, 3] is needed"]),
        ["bias of another length"] = (() => Ending(Image().Weights("w", 4, 2, 3, 3).Weights("b", 3).Node("conv", "Conv", "", "image w b", "x")), ["node 'conv' (Conv): tensor 'b' has the shape [3]; [4] is needed"]),
        ["weights that the network computes"] = (() => Ending(Image().Node("Relu", "image", "w").Node("conv", "Conv", "", "image w", "x")), ["node 'conv' (Conv): its input 2, 'w', is computed by the network"]),
        ["no weights"] = (() => Ending(Image().Node("conv", "Conv", "", "image", "x")), ["node 'conv' (Conv): has no input 2"]),
        ["fewer numbers than the shape"] = (() => Ending(Image().Weights("w", [4, 2, 3, 3], new float[71]).Node("conv", "Conv", "", "image w", "x")), ["node 'conv' (Conv): tensor 'w' has 71 numbers; its shape [4, 2, 3, 3] needs 72"]),
        ["a weight that is no number"] = (() => Ending(Image().Weights("w", [1, 2, 1, 1], [1, float.NaN]).Node("conv", "Conv", "", "image w", "x")), ["node 'conv' (Conv): tensor 'w' holds NaN", "entry 1"]),
        ["integer weights"] = (() => Ending(Image().Tensor("w", 3, [4, 2, 3, 3], t => OnnxWriter.Bytes(t, 9, new byte[72])).Node("conv", "Conv", "", "image w", "x")), ["node 'conv' (Conv): tensor 'w' has data type 3", "FLOAT, DOUBLE or FLOAT16"]),
        ["external data"] = (() => Ending(Image().Tensor("w", 1, [4, 2, 3, 3], t => OnnxWriter.Integer(t, 14, 1)).Node("conv", "Conv", "", "image w", "x")), ["node 'conv' (Conv): tensor 'w' is stored in another file (external data)", "onnx.save"]),
        ["segmented data"] = (() => Ending(Image().Tensor("w", 1, [4, 2, 3, 3], t => OnnxWriter.Bytes(t, 3, [])).Node("conv", "Conv", "", "image w", "x")), ["tensor 'w' is stored in segments"]),
        ["negative dimension of weights"] = (() => Ending(Image().Tensor("w", 1, [-4, 2, 3, 3], _ => { }).Node("conv", "Conv", "", "image w", "x")), ["node 'conv' (Conv): tensor 'w' has the shape [-4, 2, 3, 3]"]),
        ["huge dimensions of weights"] = (() => Ending(Image().Tensor("w", 1, [1L << 40, 1L << 40, 3, 3], _ => { }).Node("conv", "Conv", "", "image w", "x")), ["node 'conv' (Conv): tensor 'w' has the shape [1099511627776"]),
        ["a layer beyond 2^28 numbers"] = (() => Ending(Image().Tensor("w", 1, [30000, 2, 60, 60], _ => { }).Node("conv", "Conv", "", "image w", "x", ("pads", new long[] { 59, 59, 59, 59 }))), ["node 'conv' (Conv): needs", "268435456"]),
        ["a tensor used very often"] = (ManyTimes, ["(MatMul): brings the network to", "a tensor is used too often"]),
        ["two outputs"] = (() => Ending(Convolution()).Output("x"), ["has 2 outputs ('y', 'x')", "one, with a number for each class"]),
        ["two inputs"] = (() => Ending(Convolution().Input("mask", "N", 4)), ["has 2 inputs", "'mask'"]),
        ["convolution of an image without channels"] = (
            () => Ending(new OnnxWriter().Input("image", 2, 6, 6).Weights("w", 4, 1, 3, 3).Node("conv", "Conv", "", "image w", "x")), ["node 'conv' (Conv): its input has the shape [N, 6, 6]", "[N, channels, rows, columns] is needed"]),
        ["input of rank 5"] = (() => Ending(new OnnxWriter().Input("image", "N", 2, 6, 6, 6).Weights("w", 4, 2, 3, 3).Node("Conv", "image w", "x")), ["input 'image': its shape is [N, 2, 6, 6, 6]"]),
        ["input without a shape"] = (() => Ending(new OnnxWriter().Put(11, m => OnnxWriter.Text(m, 1, "image")).Weights("w", 4, 2, 3, 3).Node("Conv", "image w", "x")), ["input 'image': its shape is none"]),
        ["symbolic rows"] = (() => Ending(new OnnxWriter().Input("image", "N", 2, "rows", 6).Weights("w", 4, 2, 3, 3).Node("Conv", "image w", "x")), ["input 'image': its shape is [N, 2, ?, 6]", "only the batch dimension dynamic"]),
        ["negative rows"] = (() => Ending(new OnnxWriter().Input("image", "N", 2, -6, 6).Weights("w", 4, 2, 3, 3).Node("Conv", "image w", "x")), ["input 'image': its shape is [N, 2, -6, 6]"]),
        ["huge rows"] = (() => Ending(new OnnxWriter().Input("image", "N", 2, 1L << 60, 6).Weights("w", 4, 2, 3, 3).Node("Conv", "image w", "x")), ["input 'image': its shape is [N, 2, 1152921504606846976, 6]"]),
        ["huge image"] = (() => Ending(new OnnxWriter().Input("image", "N", 60000, 60000, 60000).Weights("w", 4, 2, 3, 3).Node("Conv", "image w", "x")), ["input 'image'", "numbers a sample"]),
        ["batch of zero"] = (() => Ending(new OnnxWriter().Input("image", 0, 2, 6, 6).Weights("w", 4, 2, 3, 3).Node("Conv", "image w", "x")), ["input 'image': its shape is [0, 2, 6, 6]"]),
        ["input of bytes"] = (() => Ending(new OnnxWriter().Input("image", 2, ["N", 2, 6, 6]).Weights("w", 4, 2, 3, 3).Node("Conv", "image w", "x")), ["input 'image': has element type 2"]),
        ["ceil_mode that matters"] = (() => Ending(Image().Node("pool", "MaxPool", "", "image", "x", ("kernel_shape", Two), ("strides", Three), ("ceil_mode", 1))), ["node 'pool' (MaxPool)", "ceil_mode = 1", "reach over the edge"]),
        ["padded pool"] = (() => Ending(Image().Node("pool", "AveragePool", "", "image", "x", ("kernel_shape", Three), ("strides", Two), ("pads", new long[] { 1, 1, 1, 1 }))), ["node 'pool' (AveragePool): pads = [1, 1, 1, 1]"]),
        ["pool that is not square"] = (() => Ending(Image().Node("pool", "MaxPool", "", "image", "x", ("kernel_shape", new long[] { 2, 3 }))), ["node 'pool' (MaxPool): kernel_shape = [2, 3]"]),
        ["pool without a size"] = (() => Ending(Image().Node("pool", "MaxPool", "", "image", "x")), ["node 'pool' (MaxPool): has no kernel_shape"]),
        ["pool with dilation"] = (() => Ending(Image().Node("pool", "MaxPool", "", "image", "x", ("kernel_shape", Two), ("dilations", Two))), ["node 'pool' (MaxPool): dilations"]),
        ["pool larger than the image"] = (() => Ending(Image().Node("pool", "MaxPool", "", "image", "x", ("kernel_shape", new long[] { 7, 7 }))), ["node 'pool' (MaxPool)", "does not fit"]),
        ["indices of a pool"] = (() => Ending(Image().Node("pool", "MaxPool", "", "image", "x i", ("kernel_shape", Two)).Node("sum", "Add", "", "x i", "z")), ["node 'pool' (MaxPool): an output other than its first"]),
        ["global pool of an oblong image"] = (() => Ending(new OnnxWriter().Input("image", "N", 2, 4, 6).Node("mean", "GlobalAveragePool", "", "image", "x")), ["node 'mean' (GlobalAveragePool)", "4 x 6 pixels"]),
        ["mean over channels"] = (() => Ending(Image().Node("mean", "ReduceMean", "", "image", "x", ("axes", new long[] { 1 }))), ["node 'mean' (ReduceMean)", "over axes [1]"]),
        ["mean over an axis that is not there"] = (() => Ending(Image().Node("mean", "ReduceMean", "", "image", "x", ("axes", new long[] { 4 }))), ["node 'mean' (ReduceMean): axes = [4]; -4 to 3"]),
        ["mean over everything"] = (() => Ending(Image().Node("mean", "ReduceMean", "", "image", "x")), ["node 'mean' (ReduceMean)", "over all axes"]),
        ["padding of the image"] = (() => Ending(Image().Integers("p", 0, 0, 1, 1, 0, 0, 1, 1).Node("pad", "Pad", "", "image p", "x")), ["node 'pad' (Pad): pads = [0, 0, 1, 1, 0, 0, 1, 1]", "to the Conv"]),
        ["training form of batch normalisation"] = (() => Ending(Normalization([1, 1], ("training_mode", 1))), ["node 'norm' (BatchNormalization): training_mode = 1", "model.eval()"]),
        ["running means as outputs"] = (() => Ending(Normalization([1, 1], "x mean variance")), ["node 'norm' (BatchNormalization): has several outputs"]),
        ["negative variance"] = (() => Ending(Normalization([1, -1])), ["node 'norm' (BatchNormalization): the variance of channel 1 is -1"]),
        ["statistics of another length"] = (() => Ending(Normalization([1, 1, 1])), ["node 'norm' (BatchNormalization): tensor 'v' has the shape [3]; [2] is needed"]),
        ["dropout in training"] = (() => Ending(Image().Weights("r", [], [0.5f]).Tensor("t", 9, [], t => OnnxWriter.Bytes(t, 9, [1])).Node("drop", "Dropout", "", "image r t", "x")), ["node 'drop' (Dropout): is in training mode"]),
        ["Gemm of a transposed batch"] = (() => Flat().Weights("w", 8, 3).Node("fc", "Gemm", "", "image w", "y", ("transA", 1)).Output(), ["node 'fc' (Gemm): transA = 1"]),
        ["Gemm of another size"] = (() => Flat().Weights("w", 7, 3).Node("fc", "Gemm", "", "image w", "y").Output(), ["node 'fc' (Gemm): tensor 'w' has the shape [7, 3]; [8, 3] is needed"]),
        ["Gemm of an image"] = (() => Image().Weights("w", 72, 3).Node("fc", "Gemm", "", "image w", "y").Output(), ["node 'fc' (Gemm): its input has the shape [N, 2, 6, 6]", "Flatten"]),
        ["Gemm with a vector"] = (() => Flat().Weights("w", 8).Node("fc", "Gemm", "", "image w", "y").Output(), ["node 'fc' (Gemm): tensor 'w' has the shape [8]; a matrix"]),
        ["Gemm with a bias of another length"] = (() => Flat().Weights("w", 8, 3).Weights("b", 2).Node("fc", "Gemm", "", "image w b", "y").Output(), ["node 'fc' (Gemm): tensor 'b' has the shape [2]; a bias of [3]"]),
        ["Gemm beyond single precision"] = (() => Flat().Weights("w", [8, 3], [.. Enumerable.Repeat(3e38f, 24)]).Node("fc", "Gemm", "", "image w", "y", ("alpha", 2f)).Output(), ["node 'fc' (Gemm)", "beyond single precision"]),
        ["product of two results"] = (() => Flat().Node("fc", "MatMul", "", "image image", "y").Output(), ["node 'fc' (MatMul): its input 2, 'image', is computed by the network"]),
        ["sum with a constant"] = (() => Ending(Image().Weights("b", 1).Node("shift", "Add", "", "image b", "x")), ["node 'shift' (Add): adds a constant", "bias of the Conv"]),
        ["bias of a result used twice"] = (() => Flat().Weights("w", 8, 8).Weights("b", 8).Node("MatMul", "image w", "x").Node("shift", "Add", "", "x b", "z").Node("sum", "Add", "", "x z", "y").Output(), ["node 'shift' (Add): adds a constant", "nothing else uses"]),
        ["sum of two shapes"] = (() => Ending(Image().Weights("w", 2, 2, 3, 3).Node("Conv", "image w", "x").Node("sum", "Add", "", "image x", "z")), ["node 'sum' (Add): adds [N, 2, 6, 6] to [N, 2, 4, 4]"]),
        ["sum of a value with itself"] = (() => Ending(Image().Node("sum", "Add", "", "image image", "z"), 72), ["node 'sum' (Add): adds a value to itself"]),
        ["forks that are no residual block"] = (
            () => Ending(Same(Same(Image(), "a", "image", "p"), "b", "p", "q").Node("first", "Add", "", "image p", "r").Node("sum", "Add", "", "q r", "z"), 72),
            ["node 'a' (Conv): its result goes to several nodes", "body(x) + shortcut(x)"]),
        ["blocks nested too deep"] = (() => Ending(Nested(40), 72), ["nested more than 32 deep"]),
        ["softmax within"] = (() => Flat().Node("soft", "Softmax", "", "image", "x").Weights("w", 8, 3).Node("fc", "Gemm", "", "x w", "y").Output(), ["node 'soft' (Softmax)", "only at the very end", "node 'fc' (Gemm)"]),
        ["softmax over pixels"] = (() => Image().Node("mean", "GlobalAveragePool", "", "image", "x").Node("soft", "Softmax", "", "x", "y", ("axis", 3)).Output(), ["node 'soft' (Softmax): axis = 3"]),
        ["flattening of the batch"] = (() => Image().Node("flat", "Flatten", "", "image", "y", ("axis", 0)).Output(), ["node 'flat' (Flatten): axis = 0"]),
        ["reshape of the batch"] = (() => Image().Integers("s", 1, -1).Node("view", "Reshape", "", "image s", "y").Output(), ["node 'view' (Reshape): turns [N, 2, 6, 6] into [1, -1]", "[N, 72]"]),
        ["reshape to another image"] = (
            () => Ending(Convolution().Integers("s", 0, 2, 8, 4).Node("view", "Reshape", "", "x s", "z").Weights("v", 3, 2, 3, 3).Node("next", "Conv", "", "z v", "u"), 36),
            ["node 'next' (Conv): its input has the shape [N, 2, 8, 4]", "node 'conv' (Conv) gives 4 x 4 x 4"]),
        ["reshape to another number of features"] = (() => Image().Integers("s", 0, 8, 3, 4).Node("view", "Reshape", "", "image s", "y").Output(), ["node 'view' (Reshape): turns [N, 2, 6, 6] into [0, 8, 3, 4]"]),
        ["shuffled channels"] = (
            () => Ending(Convolution().Integers("s", 0, 2, 2, 4, 4).Node("Reshape", "x s", "z").Node("mix", "Transpose", "", "z", "u", ("perm", new long[] { 0, 2, 1, 3, 4 }))), ["node 'mix' (Transpose): perm = [0, 2, 1, 3, 4]"]),
        ["a shape divided by zero"] = (
            () => Image().Node("Shape", "image", "s").Integers("i", 0).Node("part", "Div", "", "s i", "p").Node("Reshape", "image p", "y").Output(), ["node 'part' (Div)", "not divided by 0"]),
        ["reshape with allowzero"] = (() => Image().Integers("s", 0, -1).Node("view", "Reshape", "", "image s", "y", ("allowzero", 1)).Output(), ["node 'view' (Reshape): has a dimension of 0 with allowzero = 1"]),
        ["reshape by a result"] = (() => Image().Node("view", "Reshape", "", "image image", "y").Output(), ["node 'view' (Reshape): its input 2, 'image', is no list of whole numbers"]),
        ["squeeze of an image"] = (() => Image().Integers("s", 2, 3).Node("squeeze", "Squeeze", "", "image s", "y").Output(), ["node 'squeeze' (Squeeze): removes axes [2, 3] of [N, 2, 6, 6]"]),
        ["transpose of rows and columns"] = (() => Ending(Image().Node("turn", "Transpose", "", "image", "x", ("perm", new long[] { 0, 1, 3, 2 }))), ["node 'turn' (Transpose): perm = [0, 1, 3, 2]"]),
        ["entries of a shape that are not there"] = (() => Image().Node("Shape", "image", "s").Integers("i", 7).Node("pick", "Gather", "", "s i", "p").Node("Reshape", "image p", "y").Output(), ["node 'pick' (Gather): takes entries [7] of a shape of 4"]),
        ["joined channels"] = (() => Ending(Image().Node("join", "Concat", "", "image image", "x", ("axis", 1))), ["node 'join' (Concat): axis = 1", "join channels"]),
        ["an image as the output"] = (() => Convolution().Output(), ["output 'x': has the shape [N, 4, 4, 4], of an image"]),
        ["a constant as the output"] = (() => Image().Weights("w", 3).Node("same", "Identity", "", "w", "y").Output(), ["output 'y': does not depend"]),
        ["nothing for arrays"] = (() => Image().Node("mean", "GlobalAveragePool", "", "image", "y").Output(), ["no convolution and no fully connected layer"]),
    };

    // No valid ONNX.
    private static Dictionary<string, (Func<byte[]> Bytes, string[] Says)> Files { get; } = new()
    {
        ["empty file"] = (() => [], ["holds no graph"]),
        ["text"] = (() => "PK is no protobuf"u8.ToArray(), ["ONNX model"]),
        ["picture"] = (() => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D], ["ONNX model"]),
        ["truncated file"] = (() => Ending(Convolution()).ToArray()[..200], ["at byte", "cut short"]),
        ["field of another kind"] = (() => [0x38, 0x05], ["at byte 0", "field 7 is stored as Varint where ONNX has LengthDelimited"]),
        ["old IR version"] = (() => Ending(Convolution(new OnnxWriter { IrVersion = 2 })).ToArray(), ["IR version 2; 3 and later"]),
        ["old operator set"] = (() => Ending(Convolution(new OnnxWriter { Opset = 6 })).ToArray(), ["operator set 6 of ai.onnx; 7 to 23"]),
        ["later operator set"] = (() => Ending(Convolution(new OnnxWriter { Opset = 99 })).ToArray(), ["operator set 99 of ai.onnx; 7 to 23"]),
        ["only a custom operator set"] = (() => Ending(Convolution(new OnnxWriter { OpsetDomain = "com.example" })).ToArray(), ["no operator set of ai.onnx"]),
        ["missing initializer"] = (() => Ending(Image().Node("conv", "Conv", "", "image w", "x")).ToArray(), ["node 'conv' (Conv) uses 'w'", "neither an input, an initializer, nor the output of a node", "export_params"]),
        ["cycle"] = (() => Ending(Image().Node("sum", "Add", "", "image q", "p").Node("back", "Relu", "", "p", "q")).ToArray(), ["node 'sum' (Add) uses 'q'", "cycle"]),
        ["node that uses itself"] = (() => Ending(Image().Node("sum", "Add", "", "image p", "p")).ToArray(), ["node 'sum' (Add) uses 'p'", "cycle"]),
        ["two definitions"] = (() => Ending(Convolution().Node("again", "Relu", "", "image", "x")).ToArray(), ["node 'again' (Relu) makes 'x'", "taken already"]),
        ["two initializers of one name"] = (() => Ending(Convolution().Weights("w", 1)).ToArray(), ["two initializers 'w'"]),
        ["output that is not made"] = (() => Convolution().Output("nothing").ToArray(), ["output 'nothing' is made by no node"]),
        ["sparse initializers"] = (() => Ending(Convolution().Put(15, _ => { })).ToArray(), ["sparse initializers"]),
        ["too many dimensions"] = (() => Ending(Image().Tensor("w", 1, new long[100], _ => { }).Node("Conv", "image w", "x")).ToArray(), ["more than 64 entries"]),
        ["many nodes"] = (() => Enumerable.Range(0, 20_002).Aggregate(Image(), (w, _) => w.Put(1, _ => { })).ToArray(), ["more than 20000 nodes"]),
    };

    private static Dictionary<string, (Func<OnnxWriter> Model, LayerSpec[] Layers)> Accepted { get; } = new()
    {
        ["defaults of a convolution"] = (() => Ending(Convolution()), [Valid(), new FullyConnectedSpec { Outputs = 3, HasBias = false }]),
        ["valid padding"] = (() => Ending(Convolution(("auto_pad", "VALID"))), [Valid(), new FullyConnectedSpec { Outputs = 3, HasBias = false }]),
        ["same padding, upper"] = (() => Ending(Convolution(("auto_pad", "SAME_UPPER")), 144), [Valid() with { Padding = 1 }, new FullyConnectedSpec { Outputs = 3, HasBias = false }]),
        ["same padding, lower, with a stride"] = (
            () => Ending(Convolution(new OnnxWriter().Input("image", 7, 2, 7, 7), ("auto_pad", "SAME_LOWER"), ("strides", Two)), 64),
            [Valid() with { Padding = 1, Stride = 2 }, new FullyConnectedSpec { Outputs = 3, HasBias = false }]),
        ["pads at the end that no window reaches"] = (
            () => Ending(Convolution(("pads", new long[] { 1, 1, 0, 0 }), ("strides", Two)), 36),
            [Valid() with { Padding = 1, Stride = 2 }, new FullyConnectedSpec { Outputs = 3, HasBias = false }]),
        ["ceil_mode without effect"] = (
            () => Ending(Convolution().Node("MaxPool", "x", "z", ("kernel_shape", Two), ("strides", Two), ("ceil_mode", 1)), 16),
            [Valid(), new PoolSpec { Size = 2 }, new FullyConnectedSpec { Outputs = 3, HasBias = false }]),
        ["pool with the stride 1 that ONNX takes without another"] = (
            () => Ending(Convolution().Node("AveragePool", "x", "z", ("kernel_shape", Two)), 36),
            [Valid(), new PoolSpec { Pool = PoolKind.Average, Size = 2, Stride = 1 }, new FullyConnectedSpec { Outputs = 3, HasBias = false }]),
        ["squeezed global pool and nodes without effect"] = (
            () => Convolution().Node("Identity", "x", "a").Node("Dropout", "a", "b").Node("GlobalAveragePool", "b", "c").Integers("s", -1, -2).Node("Squeeze", "c s", "y").Node("Softmax", "y", "z").Output(),
            [Valid(), new PoolSpec { Pool = PoolKind.Average, Size = 4 }]),
        ["bias of a convolution by Add, dead nodes"] = (
            () => Ending(Convolution().Weights("b", 1, 4, 1, 1).Node("Add", "b x", "z").Node("Sigmoid", "x", "dead"), 64, "z"),
            [Valid() with { HasBias = true }, new FullyConnectedSpec { Outputs = 3, HasBias = false }]),
        ["initializers as inputs, a fixed batch, shape by inference of the batch"] = (
            () => Convolution(new OnnxWriter().Input("image", 5, 2, 6, 6).Input("w", 4, 2, 3, 3)).Integers("s", 5, 64).Node("Reshape", "x s", "f").Weights("k", 64, 3).Node("MatMul", "f k", "y").Output(),
            [Valid(), new FullyConnectedSpec { Outputs = 3, HasBias = false }]),
        ["view as PyTorch 2 writes it"] = (
            () => Convolution().Integers("s", -1, 64).Node("Reshape", "x s", "f", ("allowzero", 1)).Weights("k", 3, 64).Node("Gemm", "f k", "y", ("transB", 1), ("beta", 1f), ("alpha", 1f), ("transA", 0)).Output(),
            [Valid(), new FullyConnectedSpec { Outputs = 3, HasBias = false }]),
        ["residual block whose second branch is the longer"] = (
            () => Ending(Same(Same(Image(), "a", "image", "p").Node("Relu", "p", "q"), "b", "q", "r").Node("Add", "image r", "z"), 72),
            [
                new ResidualSpec { Body = [new ConvolutionSpec { OutputChannels = 2, HasBias = false }, new ReluSpec(), new ConvolutionSpec { OutputChannels = 2, HasBias = false }] },
                new FullyConnectedSpec { Outputs = 3, HasBias = false },
            ]),
    };

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void What_is_not_supported_is_named(string name)
    {
        (Func<OnnxWriter> model, string[] says) = Designs[name];

        InvalidDesignException error = Assert.Throws<InvalidDesignException>(() => Read(model().ToArray()));

        foreach (string part in says) Assert.Contains(part, error.Message, StringComparison.Ordinal);
        if (!says[0].EndsWith("problems", StringComparison.Ordinal) && !says[0].Contains("Sigmoid", StringComparison.Ordinal)) Assert.Single(error.Violations);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_is_no_valid_model_is_named(string name)
    {
        (Func<byte[]> bytes, string[] says) = Files[name];

        InputFileException error = Assert.Throws<InputFileException>(() => Read(bytes()));

        foreach (string part in says) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Possible))]
    public void What_changes_nothing_is_imported(string name)
    {
        (Func<OnnxWriter> model, LayerSpec[] layers) = Accepted[name];

        IReadOnlyList<LayerSpec> read = Read(model().ToArray()).Network.Layers;

        Assert.Equal(layers.Select(Described), read.Select(Described));

        static string Described(LayerSpec layer) => System.Text.Json.JsonSerializer.Serialize(layer);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        InputFileException error = Assert.Throws<InputFileException>(() => OnnxNetwork.Read("nowhere.onnx"));

        Assert.Contains("nowhere.onnx: no such file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("packed")]
    [InlineData("single")]
    [InlineData("double")]
    [InlineData("packed double")]
    [InlineData("half")]
    [InlineData("half as integers")]
    public void Weights_are_read_from_every_form_of_storage(string form)
    {
        float[] values = [1, -2, 0.5f, 3, -0.25f, 8];
        OnnxWriter model = new OnnxWriter().Input("image", "N", 2);
        int type = form.Contains("double", StringComparison.Ordinal) ? 11 : form.StartsWith("half", StringComparison.Ordinal) ? 10 : 1;
        model.Tensor("w", type, [2, 3], t =>
        {
            byte[] floats = [.. values.SelectMany(BitConverter.GetBytes)], doubles = [.. values.SelectMany(v => BitConverter.GetBytes((double)v))];
            if (form == "raw") OnnxWriter.Bytes(t, 9, floats);
            else if (form == "packed") OnnxWriter.Bytes(t, 4, floats);
            else if (form == "double") OnnxWriter.Bytes(t, 9, doubles);
            else if (form == "packed double") OnnxWriter.Bytes(t, 10, doubles);
            else if (form == "half") OnnxWriter.Bytes(t, 9, [.. values.SelectMany(v => BitConverter.GetBytes((Half)v))]);
            else foreach (float v in values)
            {
                if (form == "half as integers")
                {
                    OnnxWriter.Integer(t, 5, BitConverter.HalfToUInt16Bits((Half)v));
                    continue;
                }

                t.WriteTag(4, WireFormat.WireType.Fixed32);
                t.WriteFloat(v);
            }
        });

        TrainedImageNetwork network = Read(model.Node("MatMul", "image w", "y").Output().ToArray());

        Assert.Equal(values, network.Parameters.ToArray());
        Assert.Equal([0f], network.State.ToArray());
    }

    [Fact]
    public void Factors_of_a_Gemm_are_folded_into_weights_and_biases()
    {
        OnnxWriter model = new OnnxWriter().Input("image", "N", 2).Weights("w", [3, 2], [1, 2, 3, 4, 5, 6]).Weights("b", [1], [7]);

        TrainedImageNetwork network = Read(model.Node("Gemm", "image w b", "y", ("alpha", 2f), ("beta", -1f), ("transB", 1)).Output().ToArray());

        Assert.Equal([2f, 6, 10, 4, 8, 12, -7, -7, -7], network.Parameters.ToArray());
    }

    [Fact]
    public void Another_epsilon_is_folded_into_the_variance()
    {
        TrainedImageNetwork network = Read(Ending(Normalization([0.5f, 2], ("epsilon", 0.001f)), 72).ToArray());

        // The sum of variance and epsilon is that of the file, to the rounding of a single.
        Assert.Equal(1e-5, Assert.IsType<BatchNormalizationSpec>(network.Network.Layers[0]).Epsilon);
        Close.Numbers(0.501, network.State.Span[2] + 1e-5, absolute: 0, relative: 1e-7);
        Close.Numbers(2.001, network.State.Span[3] + 1e-5, absolute: 0, relative: 1e-7);
    }

    [Fact]
    public void A_thousand_blocks_one_after_the_other_are_read()
    {
        const int count = 1000;
        OnnxWriter model = Image();
        for (int k = 0; k < count; k++) Same(model, $"c{k}", k == 0 ? "image" : $"s{k - 1}", $"c{k}").Node("Add", $"{(k == 0 ? "image" : $"s{k - 1}")} c{k}", $"s{k}");

        NetworkSpec network = Read(Ending(model, 72).ToArray()).Network;

        Assert.Equal(count, network.Layers.OfType<ResidualSpec>().Count());
        Assert.Equal(count + 1, network.Matrices().Count);
    }

    private static TrainedImageNetwork Read(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.onnx");
        File.WriteAllBytes(path, bytes);
        return OnnxNetwork.Read(path);
    }

    private static OnnxWriter Image() => new OnnxWriter().Input("image", "N", 2, 6, 6);

    private static OnnxWriter Flat() => new OnnxWriter().Input("image", "N", 8);

    private static ConvolutionSpec Valid() => new() { OutputChannels = 4, Padding = 0, HasBias = false };

    private static OnnxWriter Convolution(params (string, object)[] attributes) => Convolution(Image(), attributes);

    private static OnnxWriter Convolution(OnnxWriter model, params (string, object)[] attributes) =>
        (model.IsEmpty ? model.Input("image", "N", 2, 6, 6) : model).Weights("w", 4, 2, 3, 3).Node("conv", "Conv", "", "image w", "x", attributes);

    private static OnnxWriter Normalization(float[] variance, params (string, object)[] attributes) => Normalization(variance, "x", attributes);

    private static OnnxWriter Normalization(float[] variance, string outputs, params (string, object)[] attributes) =>
        Image().Weights("s", 2).Weights("h", 2).Weights("m", 2).Weights("v", [variance.Length], variance).Node("norm", "BatchNormalization", "", "image s h m v", outputs, attributes);

    private static OnnxWriter Same(OnnxWriter model, string name, string from, string to) =>
        model.Weights("w" + name, 2, 2, 3, 3).Node(name, "Conv", "", $"{from} w{name}", to, ("pads", new long[] { 1, 1, 1, 1 }));

    // Each sum adds the input to the sum before: the k-th stands in the body of the next.
    private static OnnxWriter Nested(int count)
    {
        OnnxWriter model = Same(Image(), "c", "image", "s0");
        for (int k = 1; k <= count; k++) model.Node("Add", $"s{k - 1} image", $"s{k}");
        return model;
    }

    private static OnnxWriter ManyTimes()
    {
        OnnxWriter model = new OnnxWriter().Input("image", "N", 1000).Weights("w", 1000, 1000);
        for (int k = 0; k < 40; k++) model.Node("MatMul", k == 0 ? "image w" : $"t{k - 1} w", $"t{k}");
        return model.Output();
    }

    private static OnnxWriter Ending(OnnxWriter model, int features = 64, string? from = null) =>
        model.Node("Flatten", from ?? model.Last, "flat").Weights("kernel", features, 3).Node("MatMul", "flat kernel", "y").Output();
}
