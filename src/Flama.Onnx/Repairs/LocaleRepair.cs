using Flama.Onnx.Checking;
using Flama.Onnx.Graphs;
using Flama.Onnx.Interop;

namespace Flama.Onnx.Repairs;

/// <summary>Graphs that change the case of text by the rules of American English, on machines that have no such language installed, as most containers.</summary>
/// <remarks>The C library's own <c>C.UTF-8</c>, which is always there, has the same rules for letters.</remarks>
internal static class LocaleRepair
{
    private const string Attribute = "locale";
    private const string Always = "C.UTF-8";

    /// <summary>Whether a session failed for want of a language.</summary>
    public static bool Applies(OrtException failure) => failure.Message.Contains("Failed to construct locale", StringComparison.Ordinal);

    /// <summary>Names the language that is always there in place of the usual one; false where no node has that.</summary>
    public static bool Replace(OnnxProgram program)
    {
        var isReplaced = false;
        foreach (var graph in OnnxNodes.Graphs(program).ToList())
        {
            for (var i = 0; i < graph.Nodes.Count; i++)
            {
                if (graph.Nodes[i] is { OperatorType: "StringNormalizer" } node && IsUsual(node.Find(Attribute)?.ReadText()))
                {
                    graph.Nodes[i] = node with { Attributes = [.. node.Attributes.Where(attribute => attribute.Name != Attribute), OnnxAttribute.Of(Attribute, Always)] };
                    isReplaced = true;
                }
            }
        }

        return isReplaced;
    }

    private static bool IsUsual(string? locale) => string.IsNullOrEmpty(locale) || locale.StartsWith("en_", StringComparison.Ordinal);
}
