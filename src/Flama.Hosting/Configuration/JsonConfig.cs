using System.Text;
using System.Text.Json;

namespace Flama.Hosting.Configuration;

/// <summary>Reads JSON to a tree that knows its lines.</summary>
internal static class JsonConfig
{
    /// <summary>Reads a document.</summary>
    /// <param name="bytes">UTF-8 without a byte order mark.</param>
    /// <param name="path">The file, for messages.</param>
    public static ConfigNode Read(ReadOnlySpan<byte> bytes, string path)
    {
        ConfigTree tree = new(path);
        Utf8JsonReader reader = new(bytes);
        var line = 1;
        long counted = 0;
        try
        {
            while (reader.Read())
            {
                line += bytes[(int)counted..(int)reader.TokenStartIndex].Count((byte)'\n');
                counted = reader.TokenStartIndex;
                Add(tree, ref reader, line);
            }
        }
        catch (JsonException failure)
        {
            throw ConfigTree.Wrong(path, (failure.LineNumber ?? 0) + 1, $"it is not JSON there, byte {(failure.BytePositionInLine ?? 0) + 1}", failure);
        }
        catch (InvalidOperationException failure)
        {
            throw ConfigTree.Wrong(path, line, "a text is not Unicode", failure);
        }

        return tree.Root!;
    }

    private static void Add(ConfigTree tree, ref Utf8JsonReader reader, int line)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                tree.Begin(ConfigNodeKind.Map, line);
                break;
            case JsonTokenType.StartArray:
                tree.Begin(ConfigNodeKind.List, line);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                tree.End();
                break;
            case JsonTokenType.PropertyName:
                tree.Key(reader.GetString()!, line);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                tree.Scalar(ConfigNodeKind.Boolean, reader.TokenType == JsonTokenType.True ? "true" : "false", line);
                break;
            case JsonTokenType.Number:
                tree.Scalar(ConfigNodeKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), line);
                break;
            case JsonTokenType.String:
                tree.Scalar(ConfigNodeKind.Text, reader.GetString()!, line);
                break;
            default:
                tree.Scalar(ConfigNodeKind.Null, "", line);
                break;
        }
    }
}
