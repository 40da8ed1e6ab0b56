using System.Globalization;

namespace Flama.Hosting.Configuration;

/// <summary>Puts the events of a parser together to a tree, within limits, without recursion.</summary>
/// <param name="path">The file, for messages.</param>
internal sealed class ConfigTree(string path)
{
    private const int MostDepth = 32;
    private const int MostNodes = 100_000;

    private readonly Stack<(ConfigNode Node, HashSet<string> Keys)> open = new();
    private string? key;
    private int count;

    /// <summary>The whole; null before anything came.</summary>
    public ConfigNode? Root { get; private set; }

    /// <summary>Whether a key has to come next.</summary>
    public bool WantsKey => key is null && open.Count > 0 && open.Peek().Node.Kind == ConfigNodeKind.Map;

    /// <summary>A key.</summary>
    public void Key(string name, int line)
    {
        if (!open.Peek().Keys.Add(name))
        {
            throw Wrong(path, line, $"the key '{name}' comes twice");
        }

        key = name;
    }

    /// <summary>A scalar.</summary>
    public void Scalar(ConfigNodeKind kind, string text, int line) => Add(new ConfigNode(kind, text, line));

    /// <summary>The beginning of a list or a map.</summary>
    public void Begin(ConfigNodeKind kind, int line)
    {
        ConfigNode node = new(kind, "", line);
        Add(node);
        open.Push((node, kind == ConfigNodeKind.Map ? new(StringComparer.Ordinal) : []));
        if (open.Count > MostDepth)
        {
            throw Wrong(path, line, string.Create(CultureInfo.InvariantCulture, $"it is nested deeper than {MostDepth} levels"));
        }
    }

    /// <summary>The end of a list or a map.</summary>
    public void End() => open.Pop();

    /// <summary>The failure for a file that cannot be read.</summary>
    public static FlamaException Wrong(string path, long line, string why, Exception? cause = null) => new(
        ErrorCodes.InvalidOption, string.Create(CultureInfo.InvariantCulture, $"'{path}' cannot be read, line {line}: {why}."), "Correct the file.", cause);

    private void Add(ConfigNode node)
    {
        if (++count > MostNodes)
        {
            throw Wrong(path, node.Line, string.Create(CultureInfo.InvariantCulture, $"it has more than {MostNodes} values"));
        }

        if (open.Count == 0)
        {
            Root = Root is null ? node : throw Wrong(path, node.Line, "there is more after the end");
        }
        else if (open.Peek().Node is { Kind: ConfigNodeKind.Map } map)
        {
            map.Members.Add(new(key!, node));
            key = null;
        }
        else
        {
            open.Peek().Node.Items.Add(node);
        }
    }
}
