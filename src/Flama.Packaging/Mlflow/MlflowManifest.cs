namespace Flama.Packaging.Mlflow;

/// <summary>The file <c>MLmodel</c> of an MLflow model: mappings of plain values, which is as much YAML as MLflow writes.</summary>
/// <remarks>Lists are passed over; nothing that is read here is in one. Values are text.</remarks>
internal sealed class MlflowManifest
{
    private const int DeepestNesting = 16;

    private readonly string[] lines;
    private int position;

    private MlflowManifest(string text) => lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');

    /// <summary>Reads the file; mappings are dictionaries.</summary>
    public static IReadOnlyDictionary<string, object> Read(string text) => new MlflowManifest(text).Mapping(0, 0);

    private Dictionary<string, object> Mapping(int indent, int nesting)
    {
        var mapping = new Dictionary<string, object>(StringComparer.Ordinal);
        while (position < lines.Length && nesting < DeepestNesting)
        {
            var line = lines[position];
            var depth = Indent(line);
            if (depth == line.Length || line[depth] is '#' or '-' || (depth > indent && nesting > 0))
            {
                position++;
                continue;
            }

            var colon = line.IndexOf(':', depth);
            if (depth < indent)
            {
                break;
            }

            position++;
            if (colon < 0 || (colon + 1 < line.Length && line[colon + 1] != ' '))
            {
                continue;
            }

            var value = line[(colon + 1)..].Trim();
            var key = line[depth..colon].Trim('\'', '"');
            if (value.Length > 0)
            {
                mapping[key] = Scalar(value);
            }
            else if (NextIndent() is { } inner && inner > depth)
            {
                mapping[key] = Mapping(inner, nesting + 1);
            }
        }

        return mapping;
    }

    // Plain, or in quotes over any number of lines, which are joined by a blank.
    private string Scalar(string value)
    {
        var quote = value[0];
        if (quote is not ('\'' or '"'))
        {
            return value;
        }

        while (!IsClosed(value, quote) && position < lines.Length)
        {
            value = quote == '"' && value.EndsWith('\\') ? value[..^1] + lines[position++].TrimStart().TrimStart('\\') : $"{value} {lines[position++].Trim()}";
        }

        var inner = value.Length > 1 ? value[1..^1] : "";
        return quote == '\''
            ? inner.Replace("''", "'", StringComparison.Ordinal)
            : inner.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }

    private static bool IsClosed(string value, char quote)
    {
        if (value.Length < 2 || value[^1] != quote)
        {
            return false;
        }

        // A doubled quote, or one behind a backslash, does not close.
        var count = 0;
        for (var i = value.Length - 1; i > 0 && value[i] == quote; i--)
        {
            count++;
        }

        return quote == '\'' ? count % 2 == 1 : value[^2] != '\\';
    }

    private int? NextIndent()
    {
        for (var i = position; i < lines.Length; i++)
        {
            var depth = Indent(lines[i]);
            if (depth < lines[i].Length && lines[i][depth] != '#')
            {
                return depth;
            }
        }

        return null;
    }

    private static int Indent(string line)
    {
        var depth = 0;
        while (depth < line.Length && line[depth] == ' ')
        {
            depth++;
        }

        return depth;
    }
}
