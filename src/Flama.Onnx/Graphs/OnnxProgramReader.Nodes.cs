using Flama.Onnx.Protobuf;

namespace Flama.Onnx.Graphs;

/// <content>Nodes, their attributes, and functions made of nodes.</content>
internal sealed partial class OnnxProgramReader
{
    private OnnxNode ReadNode(ProtoReader reader)
    {
        Count(ref nodes, limits.MaxNodes, "nodes", nameof(OnnxLimits.MaxNodes));
        string type = "", domain = "", label = "", overload = "";
        List<string> inputs = [], outputs = [];
        List<OnnxAttribute> attributes = [];
        while (reader.Next(SingularFields.Node))
        {
            switch (reader.Field)
            {
                case 1:
                    inputs.Add(ReadName(ref reader));
                    break;
                case 2:
                    outputs.Add(ReadName(ref reader));
                    break;
                case 3:
                    label = reader.ReadText();
                    break;
                case 4:
                    type = reader.ReadText();
                    break;
                case 5:
                    Count(ref items, limits.MaxItems, "attributes", nameof(OnnxLimits.MaxItems));
                    attributes.Add(ReadAttribute(reader.ReadBytes(), reader.Offset));
                    break;
                case 7:
                    domain = reader.ReadText();
                    break;
                case 8:
                    overload = reader.ReadText();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (attributes.Count > 1 && attributes.DistinctBy(attribute => attribute.Name, StringComparer.Ordinal).Count() < attributes.Count)
        {
            throw reader.Corrupt("a node with two attributes of one name");
        }

        return type.Length == 0
            ? throw reader.Corrupt("a node without an operator")
            : new OnnxNode(type, inputs, outputs, attributes) { Domain = DomainOf(domain), Name = label, Overload = overload };
    }

    private OnnxAttribute ReadAttribute(ReadOnlyMemory<byte> message, long end)
    {
        var reader = new ProtoReader(message, name, end - message.Length);
        string label = "", reference = "";
        var type = OnnxAttributeType.Undefined;
        List<OnnxGraph>? graphs = null;
        List<OnnxTensor>? tensors = null;
        while (reader.Next(SingularFields.Attribute))
        {
            switch (reader.Field)
            {
                case AttributeFields.Name:
                    label = reader.ReadText();
                    break;
                case AttributeFields.Type:
                    type = (OnnxAttributeType)reader.ReadLong();
                    break;
                case AttributeFields.Reference:
                    reference = reader.ReadText();
                    break;
                case AttributeFields.Graph or AttributeFields.Graphs:
                    (graphs ??= []).Add(ReadGraph(reader.ReadMessage()));
                    break;
                case AttributeFields.Tensor or AttributeFields.Tensors:
                    (tensors ??= []).Add(ReadTensor(reader.ReadBytes(), reader.Offset));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (label.Length == 0)
        {
            throw reader.Corrupt("an attribute without a name");
        }

        if (reference.Length == 0 && (type == OnnxAttributeType.Graph ? graphs?.Count != 1 : type == OnnxAttributeType.Tensor && tensors?.Count != 1))
        {
            throw reader.Corrupt($"the attribute '{SafeText.OneLine(label, 100)}' does not hold the {type} that it says");
        }

        return new(label, type, message)
        {
            Graphs = graphs ?? (IReadOnlyList<OnnxGraph>)[],
            Tensors = tensors ?? (IReadOnlyList<OnnxTensor>)[],
            ReferenceTo = reference.Length > 0 ? reference : null,
        };
    }

    private OnnxFunction ReadFunction(ProtoReader reader)
    {
        string label = "", domain = "", overload = "";
        List<string> inputs = [], outputs = [], attributes = [];
        List<OnnxNode> steps = [];
        List<OnnxAttribute> defaults = [];
        Dictionary<string, long> opsets = new(StringComparer.Ordinal);
        while (reader.Next(SingularFields.Function))
        {
            switch (reader.Field)
            {
                case 1:
                    label = reader.ReadText();
                    break;
                case 4:
                    inputs.Add(ReadName(ref reader));
                    break;
                case 5:
                    outputs.Add(ReadName(ref reader));
                    break;
                case 6:
                    attributes.Add(ReadName(ref reader));
                    break;
                case 7:
                    steps.Add(ReadNode(reader.ReadMessage()));
                    break;
                case 9:
                    AddOpset(opsets, reader.ReadMessage());
                    break;
                case 10:
                    domain = reader.ReadText();
                    break;
                case 11:
                    Count(ref items, limits.MaxItems, "attributes", nameof(OnnxLimits.MaxItems));
                    defaults.Add(ReadAttribute(reader.ReadBytes(), reader.Offset));
                    break;
                case 13:
                    overload = reader.ReadText();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(DomainOf(domain), label, inputs, outputs, steps) { Attributes = attributes, Defaults = defaults, Opsets = opsets, Overload = overload };
    }

    private string ReadName(ref ProtoReader reader)
    {
        Count(ref items, limits.MaxItems, "names of values", nameof(OnnxLimits.MaxItems));
        return reader.ReadText();
    }
}
