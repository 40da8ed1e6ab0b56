using Flama.Onnx.Protobuf;

namespace Flama.Onnx.Graphs;

/// <summary>Writes the messages of an ONNX file.</summary>
/// <remarks>A graph in a node of a graph is written by a call of its own; who makes a graph decides how deep.</remarks>
internal static partial class OnnxProgramWriter
{
    /// <summary>Writes a whole file.</summary>
    public static ProtoWriter Write(OnnxProgram program)
    {
        ProtoWriter message = new();
        message.Write(1, program.IrVersion);
        message.WriteOptional(2, program.Producer);
        message.WriteOptional(3, program.ProducerVersion);
        message.Write(7, Write(program.Graph ?? throw new InvalidOperationException("The program has no graph.")));
        WriteOpsets(message, 8, program.Opsets);
        foreach (var (key, value) in program.Properties)
        {
            ProtoWriter pair = new();
            pair.Write(1, key);
            pair.Write(2, value);
            message.Write(14, pair);
        }

        foreach (var function in program.Functions)
        {
            message.Write(25, Write(function));
        }

        return message;
    }

    private static ProtoWriter Write(OnnxGraph graph)
    {
        ProtoWriter message = new();
        foreach (var node in graph.Nodes)
        {
            message.Write(1, Write(node));
        }

        message.Write(2, graph.Name);
        foreach (var tensor in graph.Initializers)
        {
            message.Write(5, Write(tensor));
        }

        WriteValues(message, 11, graph.Inputs);
        WriteValues(message, 12, graph.Outputs);
        WriteValues(message, 13, graph.Values);
        foreach (var sparse in graph.EncodedSparse)
        {
            message.Write(15, sparse);
        }

        return message;
    }

    private static ProtoWriter Write(OnnxNode node)
    {
        ProtoWriter message = new();
        WriteNames(message, 1, node.Inputs);
        WriteNames(message, 2, node.Outputs);
        message.WriteOptional(3, node.Name);
        message.Write(4, node.OperatorType);
        foreach (var attribute in node.Attributes)
        {
            message.Write(5, Write(attribute));
        }

        message.WriteOptional(7, node.Domain);
        message.WriteOptional(8, node.Overload);
        return message;
    }

    private static ProtoWriter Write(OnnxFunction function)
    {
        ProtoWriter message = new();
        message.Write(1, function.Name);
        WriteNames(message, 4, function.Inputs);
        WriteNames(message, 5, function.Outputs);
        WriteNames(message, 6, function.Attributes);
        foreach (var node in function.Nodes)
        {
            message.Write(7, Write(node));
        }

        WriteOpsets(message, 9, function.Opsets);
        message.Write(10, function.Domain);
        foreach (var attribute in function.Defaults)
        {
            message.Write(11, Write(attribute));
        }

        message.WriteOptional(13, function.Overload);
        return message;
    }

    private static ProtoWriter Write(OnnxAttribute attribute)
    {
        ProtoWriter message = new();
        var field = attribute.Type switch
        {
            OnnxAttributeType.Graph when attribute.Graphs.Count > 0 => AttributeFields.Graph,
            OnnxAttributeType.Graphs when attribute.Graphs.Count > 0 => AttributeFields.Graphs,
            OnnxAttributeType.Tensor when attribute.Encoded.IsEmpty => AttributeFields.Tensor,
            _ => 0,
        };
        if (field == 0)
        {
            message.Append(attribute.Encoded);
            return message;
        }

        message.Write(AttributeFields.Name, attribute.Name);
        message.Write(AttributeFields.Type, (long)attribute.Type);
        foreach (var graph in attribute.Graphs)
        {
            message.Write(field, Write(graph));
        }

        foreach (var tensor in attribute.Tensors)
        {
            message.Write(field, Write(tensor));
        }

        return message;
    }

    private static ProtoWriter Write(OnnxTensor tensor)
    {
        ProtoWriter message = new();
        message.WritePacked(1, tensor.Shape);
        message.Write(2, (long)tensor.Type);
        message.WriteOptional(8, tensor.Name);
        if (tensor.External is { } external)
        {
            WritePair(message, "location", external.Location);
            WritePair(message, "offset", external.Offset);
            WritePair(message, "length", external.Length);
            message.Write(14, 1L);
        }
        else if (tensor.Content is TextContent texts)
        {
            foreach (var text in texts.Texts)
            {
                message.Write(6, text);
            }
        }
        else if (tensor.Type != OnnxElementType.String)
        {
            message.Write(9, tensor.ReadBytes());
        }

        return message;
    }

    private static void WriteOpsets(ProtoWriter message, int field, IEnumerable<KeyValuePair<string, long>> opsets)
    {
        foreach (var (domain, version) in opsets)
        {
            ProtoWriter opset = new();
            opset.Write(1, domain);
            opset.Write(2, version);
            message.Write(field, opset);
        }
    }

    private static void WritePair(ProtoWriter message, string key, string? value)
    {
        if (value is not null)
        {
            ProtoWriter pair = new();
            pair.Write(1, key);
            pair.Write(2, value);
            message.Write(13, pair);
        }
    }

    private static void WriteNames(ProtoWriter message, int field, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            message.Write(field, name);
        }
    }
}
