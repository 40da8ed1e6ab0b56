using Flama.Packaging.Reading;

namespace Flama.Packaging.Bare;

/// <summary>Tells HDF5 files, and those of Keras among them.</summary>
internal static class HdfProbe
{
    private const int FirstUserBlock = 512;
    private const long LastUserBlock = 1L << 30;
    private const int SearchSize = 1 << 20;

    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Tells what an HDF5 file is; null when it is none.</summary>
    public static ModelFormat? Recognize(PackageFile file) =>
        Find(file) is { } start ? OfContent(file, start) : null;

    /// <summary>Whether a file is HDF5.</summary>
    public static bool IsHdf(PackageFile file) => Find(file) is not null;

    // A block of the user's may come first: 512 bytes, or a power of two above.
    private static long? Find(PackageFile file)
    {
        Span<byte> magic = stackalloc byte[Magic.Length];
        for (long at = 0; at <= LastUserBlock && at < file.Source.Length; at = at == 0 ? FirstUserBlock : 2 * at)
        {
            if (file.Source.Read(at, magic) == magic.Length && magic.SequenceEqual(Magic))
            {
                return at;
            }
        }

        return null;
    }

    // The names of the root's attributes and groups: near its start, or near its end in files that were written again.
    private static ModelFormat OfContent(PackageFile file, long start)
    {
        var buffer = new byte[Math.Min(SearchSize, file.Source.Length - start)];
        var head = buffer.AsSpan(0, file.Source.Read(start, buffer));
        if (Classify(head) is { } format)
        {
            return format;
        }

        var last = Math.Max(start, file.Source.Length - SearchSize);
        return Classify(buffer.AsSpan(0, file.Source.Read(last, buffer))) ?? ModelFormats.Hdf5;
    }

    private static ModelFormat? Classify(ReadOnlySpan<byte> text) =>
        text.IndexOf("model_config\0"u8) >= 0 ? ModelFormats.KerasHdf5
        : text.IndexOf("layer_names\0"u8) >= 0 || text.IndexOf("layer_names0\0"u8) >= 0 || text.IndexOf("keras_version\0"u8) >= 0
            || text.IndexOf("\0vars\0"u8) >= 0 || text.IndexOf("_layer_checkpoint_dependencies\0"u8) >= 0 ? ModelFormats.KerasWeights
        : null;
}
