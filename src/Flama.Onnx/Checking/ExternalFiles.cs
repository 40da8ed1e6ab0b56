using System.Globalization;
using Flama.Onnx.Graphs;

namespace Flama.Onnx.Checking;

/// <summary>Finds the files in which a program's constants are, beside the model and nowhere else, and checks that they have them.</summary>
internal static class ExternalFiles
{
    private const string Way = "Keep the model's files together in one directory or package, and name them relative to the model.";

    /// <summary>The files by their paths: one file, however the graph spells it.</summary>
    /// <exception cref="FlamaException">A file is not among the model's own, or does not have what the graph says.</exception>
    public static IReadOnlyDictionary<string, SideFile> Find(OnnxProgram program, ModelSource source)
    {
        Dictionary<string, SideFile> files = new(StringComparer.Ordinal);
        foreach (var tensor in program.Graph!.Initializers)
        {
            if (tensor.External is { } external)
            {
                Check(tensor, external, FileOf(external.Location, source, files), source.Name);
            }
        }

        var others = OnnxNodes.Graphs(program).Skip(1).SelectMany(graph => graph.Initializers).Concat(
            OnnxNodes.All(program).SelectMany(node => node.Attributes).SelectMany(attribute => attribute.Tensors));
        return others.FirstOrDefault(tensor => tensor.External is not null) is { } inner
            ? throw new FlamaException(
                ErrorCodes.UnsupportedFormat,
                $"'{source.Name}' keeps '{SafeText.OneLine(inner.Name, 100)}', a constant inside a node, in another file.",
                "Save the model with such constants in the file itself: onnx.save_model(model, path, size_threshold=…).")
            : files;
    }

    private static SideFile FileOf(string location, ModelSource source, Dictionary<string, SideFile> files)
    {
        var parts = location.Split('/');
        if (location.Length == 0 || location.AsSpan().IndexOfAny('\\', ':', '\0') >= 0 || parts.Any(part => part is "" or ".."))
        {
            throw new FlamaException(
                ErrorCodes.InvalidModel, $"'{source.Name}' wants a constant from '{SafeText.OneLine(location, 100)}', which is not a path beside the model.", Way);
        }

        var path = string.Join('/', parts.Where(part => part != "."));
        if (!files.TryGetValue(path, out var file))
        {
            file = source.FindSideFile(path) ?? throw new FlamaException(
                ErrorCodes.InvalidModel, $"'{source.Name}' keeps its weights in '{SafeText.OneLine(path, 100)}', which is not among its files.", Way);
            files.Add(path, file);
        }

        return file;
    }

    private static void Check(OnnxTensor tensor, OnnxExternalData external, SideFile file, string name)
    {
        var offset = Number(external.Offset, 0, tensor, name);
        var available = file.Content.Length - offset;
        var expected = tensor.ByteCount ?? throw Damaged(tensor, name, "has no size");
        if (Number(external.Length, expected, tensor, name) != expected)
        {
            throw Damaged(tensor, name, $"has {external.Length} bytes and its shape needs {expected}");
        }

        if (offset < 0 || available < expected)
        {
            throw Damaged(tensor, name, $"needs {expected} bytes from byte {offset} of '{SafeText.OneLine(file.Path, 100)}', which has {file.Content.Length}");
        }
    }

    private static long Number(string? text, long standard, OnnxTensor tensor, string name) => text switch
    {
        null or "" => standard,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        _ => throw Damaged(tensor, name, $"has '{SafeText.OneLine(text, 40)}' for a number of bytes"),
    };

    private static FlamaException Damaged(OnnxTensor tensor, string name, string why) =>
        new(ErrorCodes.Corrupt, $"'{name}' is damaged: the constant '{SafeText.OneLine(tensor.Name, 100)}' {why}.", "Copy or download all of its files again.");
}
