namespace Flama.Compression.Streaming;

/// <summary>The frames of user data that zstd and lz4 both allow between their own.</summary>
internal static class SkippableFrame
{
    private const uint FirstMagic = 0x184D2A50;
    private const uint MagicMask = 0xFFFFFFF0;

    public static bool IsMagic(uint magic) => (magic & MagicMask) == FirstMagic;

    /// <summary>Skips the rest of a frame of which the magic was read.</summary>
    public static void Skip(CompressedInput input) => input.Skip(input.ReadUInt32());
}
