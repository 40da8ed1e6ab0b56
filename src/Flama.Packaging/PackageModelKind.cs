namespace Flama.Packaging;

/// <summary>How a package holds its model.</summary>
public enum PackageModelKind
{
    /// <summary>The framework's bytes.</summary>
    Binary,

    /// <summary>A tar archive of a directory (transformers).</summary>
    Bundle,
}
