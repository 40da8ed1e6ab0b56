namespace Flama.Compression;

/// <summary>Why decompression failed.</summary>
public enum CompressionFailure
{
    /// <summary>The data contradicts its format or its checksum.</summary>
    Corrupt,

    /// <summary>The data ends too early.</summary>
    Truncated,

    /// <summary>More would come out than a limit allows.</summary>
    LimitExceeded,

    /// <summary>The data uses a part of the format that is known and not supported.</summary>
    Unsupported,
}
