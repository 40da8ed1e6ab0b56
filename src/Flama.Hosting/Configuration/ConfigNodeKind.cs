namespace Flama.Hosting.Configuration;

/// <summary>What a value of a configuration file is.</summary>
public enum ConfigNodeKind
{
    /// <summary>Nothing: as if the key were not there.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A list.</summary>
    List,

    /// <summary>Keys and values.</summary>
    Map,
}
