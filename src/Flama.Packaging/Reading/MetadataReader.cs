using System.Text.Json;
using System.Text.Unicode;
using Flama.Json;

namespace Flama.Packaging.Reading;

/// <summary>Reads a package's metadata document.</summary>
internal static class MetadataReader
{
    /// <summary>Parses a document as Python writes it.</summary>
    /// <exception cref="FlamaException">The text is not such a document (<see cref="ErrorCodes.Corrupt"/>).</exception>
    public static ModelMetadata Read(PackageFile file, ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw file.Corrupt("its metadata is not valid UTF-8");
        }

        try
        {
            var metadata = new ModelMetadata(PythonJson.Parse(utf8));
            return metadata.Timestamp is null ? throw file.Corrupt("its metadata has no 'timestamp'") : metadata;
        }
        catch (JsonException exception)
        {
            throw NotJson(file, "metadata", exception);
        }
        catch (FlamaException exception)
        {
            throw new FlamaException(exception.Code, $"'{file.Name}': {exception.Message}", exception.Remedy, exception);
        }
    }

    /// <summary>The failure of a document that is not JSON.</summary>
    public static FlamaException NotJson(PackageFile file, string document, JsonException exception) => file.Corrupt(
        $"its {document} is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine})", exception);
}
