using Flama.Packaging.Reading;
using Flama.Packaging.Sources;

namespace Flama.Packaging.Bare;

/// <summary>A framework's own file, without a container.</summary>
internal static class BareFile
{
    private static ReadOnlySpan<byte> ZipMagic => [(byte)'P', (byte)'K', 3, 4];

    private static ReadOnlySpan<byte> HdfMagic => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Tells what an uncompressed file is; null when it is nothing known.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Its first bytes.</param>
    /// <exception cref="FlamaException">
    /// It is a zip archive without its directory, or a known format that has a better successor.
    /// </exception>
    public static ModelFormat? Recognize(PackageFile file, ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(ZipMagic))
        {
            return ZipProbe.Recognize(file);
        }

        if (start.StartsWith(HdfMagic))
        {
            throw new FlamaException(
                ErrorCodes.UnsupportedFormat,
                $"'{file.Name}' is an HDF5 file, the old format of Keras.",
                "Save the model as .keras: model.save('model.keras').");
        }

        return PickleProbe.IsPickle(start, LastByte(file)) ? ModelFormats.Pickle
            : BoosterProbe.Recognize(start)
            ?? (OnnxProbe.IsModel(file) ? ModelFormats.Onnx : null);
    }

    /// <summary>The whole file.</summary>
    public static ReadOnlyMemory<byte> ReadAll(PackageFile file)
    {
        if (file.Source is MemoryByteSource memory)
        {
            return memory.Bytes;
        }

        if (file.Source.Length > file.Limits.MaxModelBytes)
        {
            throw file.TooLarge($"the model ({file.Source.Length} bytes)", file.Limits.MaxModelBytes, nameof(PackageLimits.MaxModelBytes));
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)file.Source.Length);
        return file.Source.Read(0, bytes) == bytes.Length
            ? bytes
            : throw file.Truncated($"{bytes.Length} bytes were there when it was opened");
    }

    private static byte LastByte(PackageFile file)
    {
        Span<byte> last = stackalloc byte[1];
        file.Source.Read(file.Source.Length - 1, last);
        return last[0];
    }
}
