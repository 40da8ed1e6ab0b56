using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlScalar = YamlDotNet.Core.Events.Scalar;

namespace Flama.Hosting.Configuration;

/// <summary>Reads YAML to a tree that knows its lines. Only the parser's events are used: no reflection, and nothing in a file names a type.</summary>
internal static class YamlConfig
{
    /// <summary>Reads a document.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The file, for messages.</param>
    public static ConfigNode Read(string text, string path)
    {
        ConfigTree tree = new(path);
        var documents = 0;
        var line = 1;
        try
        {
            Parser parser = new(new StringReader(text));
            while (parser.MoveNext())
            {
                line = (int)Math.Min(parser.Current!.Start.Line, int.MaxValue);
                if (parser.Current is DocumentStart && ++documents > 1)
                {
                    throw ConfigTree.Wrong(path, line, "there is a second document");
                }

                Add(tree, parser.Current, line, path);
            }
        }
        catch (YamlException failure)
        {
            throw ConfigTree.Wrong(path, failure.Start.Line, "it is not YAML there", failure);
        }

#pragma warning disable CA1031 // The parser meets some damaged texts with whatever exception its code runs into.
        catch (Exception failure) when (failure is not FlamaException)
#pragma warning restore CA1031
        {
            throw ConfigTree.Wrong(path, line, "it is not YAML after it", failure);
        }

        return tree.Root ?? new ConfigNode(ConfigNodeKind.Null, "", 1);
    }

    private static void Add(ConfigTree tree, ParsingEvent current, int line, string path)
    {
        switch (current)
        {
            case MappingStart or SequenceStart when tree.WantsKey:
                throw ConfigTree.Wrong(path, line, "a key has to be a text");
            case MappingStart:
                tree.Begin(ConfigNodeKind.Map, line);
                break;
            case SequenceStart:
                tree.Begin(ConfigNodeKind.List, line);
                break;
            case MappingEnd or SequenceEnd:
                tree.End();
                break;
            case YamlScalar key when tree.WantsKey:
                tree.Key(key.Value, line);
                break;
            case YamlScalar scalar:
                var kind = scalar.Style == ScalarStyle.Plain ? KindOf(scalar.Value) : ConfigNodeKind.Text;
                tree.Scalar(kind, kind switch
                {
                    ConfigNodeKind.Null => "",
                    ConfigNodeKind.Boolean => scalar.Value.ToLowerInvariant(),
                    _ => scalar.Value,
                }, line);
                break;
            case AnchorAlias:
                // A few lines of them could stand for more than memory holds.
                throw ConfigTree.Wrong(path, line, "aliases (*name) are not taken: write the value out");
        }
    }

    // The core schema of YAML 1.2, as far as a setting can need it.
    private static ConfigNodeKind KindOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ConfigNodeKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ConfigNodeKind.Boolean,
        _ => double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
                ? ConfigNodeKind.Number
                : ConfigNodeKind.Text,
    };
}
