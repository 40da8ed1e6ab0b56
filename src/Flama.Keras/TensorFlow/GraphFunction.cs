using Flama.Onnx.Protobuf;

namespace Flama.Keras.TensorFlow;

/// <summary>A function of a graph: nodes that a call stands for. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">The names of what it takes.</param>
/// <param name="Outputs">The names of what it gives.</param>
/// <param name="Nodes">The nodes by name.</param>
/// <param name="Results">Where each output comes from.</param>
internal sealed record GraphFunction(
    string Name, IReadOnlyList<string> Arguments, IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, GraphNode> Nodes, IReadOnlyDictionary<string, string> Results)
{
    /// <summary>Reads the message.</summary>
    public static GraphFunction Read(ProtoReader reader)
    {
        var name = "";
        List<string> arguments = [], outputs = [];
        Dictionary<string, GraphNode> nodes = new(StringComparer.Ordinal);
        Dictionary<string, string> results = new(StringComparer.Ordinal);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    var signature = reader.ReadMessage();
                    while (signature.Next())
                    {
                        switch (signature.Field)
                        {
                            case 1:
                                name = signature.ReadText();
                                break;
                            case 2:
                                arguments.Add(Messages.ReadFirstText(signature.ReadBytes()));
                                break;
                            case 3:
                                outputs.Add(Messages.ReadFirstText(signature.ReadBytes()));
                                break;
                            default:
                                signature.Skip();
                                break;
                        }
                    }

                    break;
                case 3:
                    var node = GraphNode.Read(reader.ReadMessage());
                    nodes[node.Name] = node;
                    break;
                case 4:
                    var (key, value) = Messages.ReadEntry(reader.ReadMessage());
                    results[key] = System.Text.Encoding.UTF8.GetString(value.Span);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(name, arguments, outputs, nodes, results);
    }
}
