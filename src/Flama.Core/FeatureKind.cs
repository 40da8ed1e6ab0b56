namespace Flama;

/// <summary>What a feature's cells may be.</summary>
public enum FeatureKind
{
    /// <summary>Numbers; a string is an error unless <see cref="Feature.ParsesText"/>.</summary>
    Number,

    /// <summary>Strings or numbers.</summary>
    Any,

    /// <summary>Strings only (documents).</summary>
    Text,
}
