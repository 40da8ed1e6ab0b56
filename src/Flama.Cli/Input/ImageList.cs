using System.Text.Json;

namespace Flama.Cli.Input;

/// <summary>Several files of images as one list in JSON.</summary>
internal static class ImageList
{
    /// <summary>Reads the files.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="console">The streams of the process.</param>
    /// <exception cref="FlamaException">There is no such file, or it cannot be read.</exception>
    public static MemoryStream Open(IReadOnlyList<string> paths, CliConsole console)
    {
        MemoryStream list = new();
        using (Utf8JsonWriter writer = new(list))
        {
            writer.WriteStartArray();
            foreach (var path in paths)
            {
                using var file = RowsInput.Open(path, console);
                writer.WriteBase64StringValue(RowsInput.ReadAll(file, RowsInput.NameOf(path)).Span);
            }

            writer.WriteEndArray();
        }

        list.Position = 0;
        return list;
    }
}
