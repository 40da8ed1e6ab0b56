using Flama.Onnx.Graphs;
using Flama.Torch.Archives;

namespace Flama.Torch.Lowering;

/// <content>What a graph answers.</content>
internal sealed partial class GraphWriter
{
    /// <summary>Adds an output: a tensor, a number or a text.</summary>
    public void Answer(object value)
    {
        var name = whole.Graph.NewName("output");
        switch (value)
        {
            case Tensor tensor:
                Output(name, tensor);
                break;
            case string text:
                var constant = whole.Graph.Constant(new OnnxTensor(whole.Graph.NewName("text"), [], [text]));
                whole.Graph.Output(name, constant, OnnxElementType.String, []);
                break;
            default:
                Output(name, OfNumber(value, Sym.KindOf(value) == typeof(long) ? TorchType.Int64 : Sym.KindOf(value) == typeof(bool) ? TorchType.Bool : TorchType.Double));
                break;
        }
    }
}
