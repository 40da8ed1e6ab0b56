using Flama.Onnx.Protobuf;

namespace Flama.Onnx.Graphs;

/// <summary>Reads the messages of an ONNX file, within limits. For one file, once.</summary>
/// <remarks>A graph in a node of a graph is read by a call of its own: not deeper than <see cref="OnnxLimits.MaxDepth"/>.</remarks>
internal sealed partial class OnnxProgramReader(string name, OnnxLimits limits)
{
    private int nodes;
    private int items;
    private int depth;

    /// <summary>Reads a whole file.</summary>
    public OnnxProgram Read(ReadOnlyMemory<byte> bytes)
    {
        var program = new OnnxProgram { Graph = null, Producer = "", IrVersion = 0 };
        var reader = new ProtoReader(bytes, name);
        while (reader.Next(SingularFields.Model))
        {
            switch (reader.Field)
            {
                case 1:
                    program.IrVersion = reader.ReadLong();
                    break;
                case 2:
                    program.Producer = reader.ReadText();
                    break;
                case 3:
                    program.ProducerVersion = reader.ReadText();
                    break;
                case 7:
                    program.Graph = ReadGraph(reader.ReadMessage());
                    break;
                case 8:
                    AddOpset(program.Opsets, reader.ReadMessage());
                    break;
                case 14:
                    var (key, value) = ReadPair(reader.ReadMessage());
                    program.Properties[key] = value;
                    break;
                case 25:
                    Count(ref items, limits.MaxItems, "functions", nameof(OnnxLimits.MaxItems));
                    program.Functions.Add(ReadFunction(reader.ReadMessage()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return program;
    }

    private OnnxGraph ReadGraph(ProtoReader reader)
    {
        if (++depth > limits.MaxDepth)
        {
            throw TooMuch($"graphs more than {limits.MaxDepth} deep in each other", nameof(OnnxLimits.MaxDepth));
        }

        var graph = new OnnxGraph { Name = "" };
        while (reader.Next(SingularFields.Graph))
        {
            switch (reader.Field)
            {
                case 1:
                    graph.Nodes.Add(ReadNode(reader.ReadMessage()));
                    break;
                case 2:
                    graph.Name = reader.ReadText();
                    break;
                case 5:
                    graph.Initializers.Add(ReadTensor(reader.ReadBytes(), reader.Offset));
                    break;
                case 11:
                    graph.Inputs.Add(ReadValue(reader.ReadMessage()));
                    break;
                case 12:
                    graph.Outputs.Add(ReadValue(reader.ReadMessage()));
                    break;
                case 13:
                    graph.Values.Add(ReadValue(reader.ReadMessage()));
                    break;
                case 15:
                    var sparse = reader.ReadBytes();
                    graph.EncodedSparse.Add(sparse);
                    graph.SparseInitializers.Add(ReadSparseName(new ProtoReader(sparse, name, reader.Offset - sparse.Length)));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        depth--;
        return graph;
    }

    private static void AddOpset(IDictionary<string, long> opsets, ProtoReader reader)
    {
        var (domain, version) = ("", 0L);
        while (reader.Next(SingularFields.Two))
        {
            switch (reader.Field)
            {
                case 1:
                    domain = reader.ReadText();
                    break;
                case 2:
                    version = reader.ReadLong();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        opsets[DomainOf(domain)] = version;
    }

    private static (string Key, string Value) ReadPair(ProtoReader reader)
    {
        var (key, value) = ("", "");
        while (reader.Next(SingularFields.Two))
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.ReadText();
                    break;
                case 2:
                    value = reader.ReadText();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (key, value);
    }

    // Both are names of ONNX's own operators.
    private static string DomainOf(string domain) => string.Equals(domain, "ai.onnx", StringComparison.Ordinal) ? "" : domain;

    private void Count(ref int count, int limit, string what, string option)
    {
        if (++count > limit)
        {
            throw TooMuch($"more than {limit} {what}", option);
        }
    }

    private FlamaException TooMuch(string what, string option) =>
        new(ErrorCodes.LimitExceeded, $"'{name}' has {what}.", $"Raise {nameof(OnnxLimits)}.{option} if you trust the file.");
}
