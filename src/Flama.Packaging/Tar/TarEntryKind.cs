namespace Flama.Packaging.Tar;

/// <summary>What a tar entry is, as far as packages care.</summary>
internal enum TarEntryKind
{
    /// <summary>A file with content.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A hard or symbolic link.</summary>
    Link,

    /// <summary>A device or a pipe.</summary>
    Device,
}
