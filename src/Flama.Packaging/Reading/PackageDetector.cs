using System.Buffers.Binary;
using Flama.Compression;
using Flama.Packaging.Bare;
using Flama.Packaging.Sources;
using Flama.Packaging.Tar;

namespace Flama.Packaging.Reading;

/// <summary>Tells by its content what a file is and has the right reader open it.</summary>
internal static class PackageDetector
{
    private const int PrefixSize = 16;
    private const int PeekSize = 64 * 1024;

    /// <summary>Opens the file.</summary>
    /// <exception cref="FlamaException">It is of no known format, or damaged.</exception>
    public static PackageBody Open(PackageFile file)
    {
        Span<byte> buffer = stackalloc byte[TarFormat.BlockSize];
        var start = buffer[..file.Source.Read(0, buffer)];
        if (start.IsEmpty)
        {
            throw new FlamaException(ErrorCodes.NotAModel, $"'{file.Name}' is empty.", "Copy or download the file again.");
        }

        return OpenBinary(file, start)
            ?? (TarFormat.IsHeader(start) && !PickleProbe.IsPickle(start) ? TarPackageReader.Read(file, null) : null)
            ?? (FormatProbe.Recognize(file, start) is { } content ? BareFile.Open(file, content) : null)
            ?? OpenCompressed(file, start)
            ?? BareFile.Open(file, null);
    }

    private static PackageBody? OpenBinary(PackageFile file, ReadOnlySpan<byte> start)
    {
        if (start.Length < sizeof(uint))
        {
            return null;
        }

        if (start.Length >= PrefixSize && !start[..PrefixSize].ContainsAnyExcept((byte)0) && !HdfProbe.IsHdf(file))
        {
            throw new FlamaException(
                ErrorCodes.KnownWriterBug,
                $"'{file.Name}' starts with 16 zero bytes: Flama 2.x leaves such a file behind when its dump fails or is interrupted.",
                "The file is not complete. Package the model again.");
        }

        var protocol = BinaryPrimitives.ReadUInt32BigEndian(start);
        if (start.Length < 2 * sizeof(uint))
        {
            return protocol is 1 or 2 ? throw ShortHeader(file) : null;
        }

        var codec = BinaryPrimitives.ReadUInt32BigEndian(start[sizeof(uint)..]);
        return protocol switch
        {
            1 or 2 when !SectionCodec.IsNamed(codec) => throw SectionCodec.Unknown(file, $"{codec}", "file"),
            1 or 2 when start.Length < BinaryPackageReader.HeaderSize => throw ShortHeader(file),
            1 => BinaryPackageReader.ReadProtocol1(file, (byte)codec),
            2 => BinaryPackageReader.ReadProtocol2(file, (byte)codec),
            > 2 and < 256 when SectionCodec.IsNamed(codec) => throw new FlamaException(
                ErrorCodes.UnsupportedFormat,
                $"'{file.Name}' is a package of protocol {protocol}; protocols 1 and 2 are known.",
                "Use a newer version, or package the model again with protocol 2."),
            _ => null,
        };
    }

    // A package as one compressed stream, or a compressed pickle.
    private static PackageBody? OpenCompressed(PackageFile file, ReadOnlySpan<byte> start)
    {
        if (CodecTable.Detect(start[..Math.Min(start.Length, PrefixSize)]) is not { } codec)
        {
            return null;
        }

        var inner = Peek(file, codec, start, new byte[TarFormat.BlockSize]);
        if (PickleProbe.IsPickle(inner.Span, (byte)'.'))
        {
            return BareFile.Open(file, ModelFormats.Joblib, codec.Name);
        }

        if (TarFormat.IsHeader(inner.Span))
        {
            return TarPackageReader.Read(file, codec);
        }

        if (codec.Name == "zlib" && inner.Span.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return DocumentReader.ReadG0(file);
        }

        return inner.IsEmpty || IsWeakSign(codec, start) ? null : BareFile.Open(file, OfCompressed(file, codec, Peek(file, codec, start, new byte[PeekSize])), codec.Name);
    }

    // R compresses its files itself. Other files were compressed by someone.
    private static ModelFormat OfCompressed(PackageFile file, Codec codec, ReadOnlyMemory<byte> inner)
    {
        var description = $"a file compressed with {codec.Name} in which no model is recognised";
        try
        {
            var start = inner.Span[..Math.Min(inner.Length, TarFormat.BlockSize)];
            if (FormatProbe.Recognize(new PackageFile(file.Name, new MemoryByteSource(inner), file.Limits), start) is { } content)
            {
                if (content == ModelFormats.RData)
                {
                    return content;
                }

                description = $"{content.Description}, compressed with {codec.Name}";
            }
        }
        catch (FlamaException)
        {
            // A zip archive, of which this is the first piece.
            description = $"a zip archive, compressed with {codec.Name}";
        }

        return ModelFormats.Compressed with { Description = description };
    }

    private static ReadOnlyMemory<byte> Peek(PackageFile file, Codec codec, ReadOnlySpan<byte> start, byte[] buffer)
    {
        var read = 0;
        try
        {
            using var raw = file.Source.OpenRead(0, file.Source.Length);
            using var stream = file.Decompress(codec, raw, "content", file.Limits.Decompression.MaxOutputBytes);
            int more;
            while (read < buffer.Length && (more = stream.Read(buffer.AsSpan(read))) > 0)
            {
                read += more;
            }
        }
        catch (FlamaException) when (read == 0 && IsWeakSign(codec, start))
        {
            // It only looked like this codec.
        }
        catch (FlamaException) when (read > 0)
        {
            // What came out decides; the reader meets the error again and tells it.
        }

        return buffer.AsMemory(0, read);
    }

    // Two bytes that text can start with are no proof; what zlib writers really emit is.
    private static bool IsWeakSign(Codec codec, ReadOnlySpan<byte> start) =>
        (codec.Name == "zlib" && !(start[0] == 0x78 && start[1] is 0x01 or 0x5E or 0x9C or 0xDA)) || codec.Name == "lzma";

    private static FlamaException ShortHeader(PackageFile file) =>
        file.Truncated($"its header needs {BinaryPackageReader.HeaderSize} bytes, the file has {file.Source.Length}");
}
