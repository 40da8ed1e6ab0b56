using System.Text.Json;
using Flama.Json;

namespace Flama.Processing.Plans;

/// <summary>Finds the document that tells how a model's inputs and outputs are processed.</summary>
/// <remarks>In order: <c>extra.processing</c> of the metadata; the artifact <c>processing.json</c>; a file beside the model that is called as it is, with <c>.processing.json</c> for its ending.</remarks>
internal static class PlanFile
{
    public const string Name = "processing.json", Suffix = ".processing.json", Key = "processing";

    private const int MaxBytes = 1 << 20;

    /// <summary>Whether there is one.</summary>
    public static bool Exists(ModelSource source) => InMetadata(source) is not null || Beside(source) is not null;

    /// <summary>Reads it.</summary>
    /// <param name="source">A source that has one.</param>
    /// <exception cref="FlamaException">It is no object in JSON.</exception>
    public static PlanObject Read(ModelSource source)
    {
        if (InMetadata(source) is { } element)
        {
            return PlanObject.Of(source.Name, Key, element);
        }

        var file = Beside(source)!;
        return PlanObject.Of(source.Name, Key, Parse(source, file, MaxBytes));
    }

    /// <summary>Reads a file in JSON.</summary>
    /// <param name="source">The model, for messages.</param>
    /// <param name="file">The file.</param>
    /// <param name="most">How large it may be.</param>
    /// <exception cref="FlamaException">It is larger, or not JSON.</exception>
    public static JsonElement Parse(ModelSource source, SideFile file, int most)
    {
        if (file.Content.Length > most)
        {
            throw new FlamaException(ErrorCodes.InvalidProcessing, $"'{SafeText.OneLine(file.Path)}' of '{source.Name}' has {file.Content.Length} bytes; at most {most} are read.", "Give a smaller file.");
        }

        try
        {
            return PythonJson.Parse(file.Content.ReadAll().Span);
        }
        catch (JsonException failure)
        {
            throw new FlamaException(
                ErrorCodes.InvalidProcessing,
                $"'{SafeText.OneLine(file.Path)}' of '{source.Name}' is not JSON (line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}).",
                "Write it as JSON.",
                failure);
        }
    }

    private static JsonElement? InMetadata(ModelSource source) =>
        source.Metadata?.Extra is { ValueKind: JsonValueKind.Object } extra && extra.TryGetProperty(Key, out var element) && element.ValueKind != JsonValueKind.Null ? element : null;

    private static SideFile? Beside(ModelSource source) =>
        source.FindSideFile(Name)
        ?? source.SideFiles.FirstOrDefault(file => file.Path.EndsWith(Suffix, StringComparison.Ordinal))
        ?? source.FindBeside?.Invoke(Path.ChangeExtension(source.Name, null) + Suffix);
}
