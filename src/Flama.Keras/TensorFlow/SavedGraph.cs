using Flama.Onnx.Protobuf;

namespace Flama.Keras.TensorFlow;

/// <summary>A graph of TensorFlow with its functions, and the signatures of a SavedModel.</summary>
internal sealed class SavedGraph
{
    private const int MaxNodes = 500_000;

    private readonly Dictionary<string, GraphNode> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> assets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphFunction> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphSignature> signatures = new(StringComparer.Ordinal);

    /// <summary>The nodes by name.</summary>
    public IReadOnlyDictionary<string, GraphNode> Nodes => nodes;

    /// <summary>The functions by name.</summary>
    public IReadOnlyDictionary<string, GraphFunction> Functions => functions;

    /// <summary>The signatures by name.</summary>
    public IReadOnlyDictionary<string, GraphSignature> Signatures => signatures;

    /// <summary>The names of files among the assets, by the node that stands for them.</summary>
    public IReadOnlyDictionary<string, string> Assets => assets;

    /// <summary>The node that restores variables; empty for none.</summary>
    public string RestoreNode { get; private set; } = "";

    /// <summary>Reads <c>saved_model.pb</c>.</summary>
    public static SavedGraph ReadSavedModel(ReadOnlyMemory<byte> bytes, string name)
    {
        SavedGraph graph = new();
        ProtoReader reader = new(bytes, name);
        var isRead = false;
        while (reader.Next())
        {
            if (reader.Field == 2 && !isRead)
            {
                graph.ReadMeta(reader.ReadMessage());
                isRead = true;
            }
            else
            {
                reader.Skip();
            }
        }

        return graph;
    }

    /// <summary>Reads a frozen graph: its inputs are the placeholders, its outputs what nobody reads.</summary>
    public static SavedGraph ReadGraph(ReadOnlyMemory<byte> bytes, string name)
    {
        SavedGraph graph = new();
        graph.ReadNodes(new ProtoReader(bytes, name));
        HashSet<string> read = new(graph.nodes.Values.SelectMany(node => node.Inputs.Concat(node.Controls)).Select(GraphFrame.NodeOf), StringComparer.Ordinal);
        List<TensorInfo> inputs = [.. graph.nodes.Values.Where(node => node.Op == "Placeholder" && read.Contains(node.Name)).Select(node => new TensorInfo($"{node.Name}:0", node.Name, node.Type("dtype"), node.Shape("shape")))];
        List<TensorInfo> outputs = [.. graph.nodes.Values.Where(node => !read.Contains(node.Name) && node.Op is not ("NoOp" or "Placeholder" or "Const")).Select(node => new TensorInfo($"{node.Name}:0", node.Name, null, null))];
        graph.signatures["serving_default"] = new(inputs, outputs, "");
        return graph;
    }

    private void ReadMeta(ProtoReader reader)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    ReadNodes(reader.ReadMessage());
                    break;
                case 3:
                    var saver = reader.ReadMessage();
                    while (saver.Next())
                    {
                        if (saver.Field == 3)
                        {
                            RestoreNode = saver.ReadText();
                        }
                        else
                        {
                            saver.Skip();
                        }
                    }

                    break;
                case 6:
                    ReadAsset(reader.ReadMessage());
                    break;
                case 5:
                    var (key, value) = Messages.ReadEntry(reader.ReadMessage());
                    signatures[key] = ReadSignature(value);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadAsset(ProtoReader reader)
    {
        string tensor = "", file = "";
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                tensor = Messages.ReadFirstText(reader.ReadBytes());
            }
            else if (reader.Field == 2)
            {
                file = reader.ReadText();
            }
            else
            {
                reader.Skip();
            }
        }

        assets[GraphFrame.NodeOf(tensor)] = file;
    }

    private void ReadNodes(ProtoReader reader)
    {
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                var node = GraphNode.Read(reader.ReadMessage());
                nodes[node.Name] = node;
                CheckCount(nodes.Count);
            }
            else if (reader.Field == 2)
            {
                var library = reader.ReadMessage();
                while (library.Next())
                {
                    if (library.Field == 1)
                    {
                        var function = GraphFunction.Read(library.ReadMessage());
                        functions[function.Name] = function;
                        CheckCount(functions.Count);
                    }
                    else
                    {
                        library.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static GraphSignature ReadSignature(ReadOnlyMemory<byte> message)
    {
        List<TensorInfo> inputs = [], outputs = [];
        var method = "";
        ProtoReader reader = new(message, "signature");
        while (reader.Next())
        {
            if (reader.Field is 1 or 2)
            {
                var isInput = reader.Field == 1;
                var (key, value) = Messages.ReadEntry(reader.ReadMessage());
                (isInput ? inputs : outputs).Add(TensorInfo.Read(key, value));
            }
            else if (reader.Field == 3)
            {
                method = reader.ReadText();
            }
            else
            {
                reader.Skip();
            }
        }

        inputs.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        outputs.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        return new(inputs, outputs, method);
    }

    private static void CheckCount(int count)
    {
        if (count > MaxNodes)
        {
            throw KerasErrors.TooLarge($"its graph has more than {MaxNodes} nodes");
        }
    }
}
