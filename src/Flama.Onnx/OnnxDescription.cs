using System.Globalization;
using System.Text.Json;
using Flama.Onnx.Checking;
using Flama.Onnx.Graphs;

namespace Flama.Onnx;

/// <summary>What a bare file tells of its model.</summary>
internal static class OnnxDescription
{
    private const string Class = "OnnxModel";

    /// <summary>The container's metadata, or a document of what the graph tells.</summary>
    public static ModelMetadata Of(OnnxProgram program, ModelSource source, ReadOnlySpan<byte> bytes) => source.Metadata
        ?? BareMetadata.Of(source, bytes, "onnx", program.Opsets.TryGetValue("", out var opset) ? opset.ToString(CultureInfo.InvariantCulture) : null, Class, writer => Write(writer, program));

    private static void Write(Utf8JsonWriter writer, OnnxProgram program)
    {
        var graph = program.Graph!;
        writer.WriteStartObject();
        writer.WriteString("graph", graph.Name);
        writer.WriteString("producer", string.Join(' ', new[] { program.Producer, program.ProducerVersion }.Where(text => text.Length > 0)));
        writer.WriteNumber("ir_version", program.IrVersion);
        writer.WriteStartObject("opsets");
        foreach (var (domain, version) in program.Opsets)
        {
            writer.WriteNumber(domain.Length == 0 ? "ai.onnx" : domain, version);
        }

        writer.WriteEndObject();
        writer.WriteNumber("nodes", OnnxNodes.All(program).Count());
        writer.WriteNumber("parameters", graph.Initializers.Sum(tensor => tensor.Count ?? 0));
        if (program.Properties.Count > 0)
        {
            writer.WriteStartObject("properties");
            foreach (var (key, value) in program.Properties)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
