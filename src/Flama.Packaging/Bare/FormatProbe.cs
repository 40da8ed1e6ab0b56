using System.Buffers.Binary;
using Flama.Packaging.Reading;
using Flama.Packaging.Zip;

namespace Flama.Packaging.Bare;

/// <summary>Tells what an uncompressed file is, by its content: the one order in which all probes are asked.</summary>
internal static class FormatProbe
{
    // At the end of tables of LevelDB, as the indices of TensorFlow's checkpoints are.
    private const ulong TableMagic = 0xDB4775248B80FB57;

    /// <summary>Tells what a file is; null when it is nothing known.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Its first bytes.</param>
    /// <exception cref="FlamaException">It is a zip archive without its directory.</exception>
    public static ModelFormat? Recognize(PackageFile file, ReadOnlySpan<byte> start) => start.IsEmpty ? null
        : TorchProbe.Recognize(file, start)
        ?? (PickleProbe.IsPickle(start) ? ModelFormats.Pickle : null)
        ?? (ZipDirectory.IsZip(start) ? ZipProbe.Recognize(file) : null)
        ?? Signatures.Find(start)
        ?? HdfProbe.Recognize(file)
        ?? BoosterProbe.Recognize(start)
        ?? (PickleProbe.IsPickle(start, LastByte(file)) ? ModelFormats.Pickle : null)
        ?? TextProbe.Recognize(file, start)
        ?? (EndsAsTable(file) ? ModelFormats.TensorFlowCheckpoint : null)
        ?? ProtobufProbe.Recognize(file);

    private static byte LastByte(PackageFile file)
    {
        Span<byte> last = stackalloc byte[1];
        file.Source.Read(file.Source.Length - 1, last);
        return last[0];
    }

    private static bool EndsAsTable(PackageFile file)
    {
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        return file.Source.Length > last.Length && file.Source.Read(file.Source.Length - last.Length, last) == last.Length
            && BinaryPrimitives.ReadUInt64LittleEndian(last) == TableMagic;
    }
}
