namespace Flama.Hosting.Configuration;

/// <summary>A value of a configuration file, JSON and YAML alike.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text of a scalar as it stands in the file; empty for others.</param>
/// <param name="Line">The line where it begins, from 1.</param>
public sealed record ConfigNode(ConfigNodeKind Kind, string Text, int Line)
{
    /// <summary>The values of a list.</summary>
    public List<ConfigNode> Items { get; } = [];

    /// <summary>The keys and values of a map, in their order; every key once.</summary>
    public List<KeyValuePair<string, ConfigNode>> Members { get; } = [];

    /// <summary>Whether it is one text, number or truth value.</summary>
    public bool IsScalar => Kind is ConfigNodeKind.Boolean or ConfigNodeKind.Number or ConfigNodeKind.Text;

    /// <summary>The value of a key; null when there is none or it is null.</summary>
    public ConfigNode? this[string key] => Members.Find(member => member.Key == key).Value is { Kind: not ConfigNodeKind.Null } value ? value : null;

    /// <summary>The value for a message.</summary>
    public string InMessage => Kind switch
    {
        ConfigNodeKind.List => "a list",
        ConfigNodeKind.Map => "an object",
        ConfigNodeKind.Null => "null",
        _ => $"'{Text}'",
    };
}
