using System.Buffers.Binary;
using Flama.Compression;
using Flama.Packaging.Bare;
using Flama.Packaging.Tar;

namespace Flama.Packaging.Reading;

/// <summary>Tells by its content what a file is and has the right reader open it.</summary>
internal static class PackageDetector
{
    private const int PrefixSize = 16;

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
            ?? (TarFormat.IsHeader(start) ? TarPackageReader.Read(file, null) : null)
            ?? OpenBare(file, BareFile.Recognize(file, start), null)
            ?? OpenCompressed(file, start)
            ?? throw NotAModel(file);
    }

    private static PackageBody? OpenBinary(PackageFile file, ReadOnlySpan<byte> start)
    {
        if (start.Length < sizeof(uint))
        {
            return null;
        }

        if (start.Length >= PrefixSize && !start[..PrefixSize].ContainsAnyExcept((byte)0))
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

        Span<byte> buffer = stackalloc byte[TarFormat.BlockSize];
        var inner = Peek(file, codec, start, buffer);
        if (TarFormat.IsHeader(inner))
        {
            return TarPackageReader.Read(file, codec);
        }

        if (codec.Name == "zlib" && inner.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return DocumentReader.ReadG0(file);
        }

        return PickleProbe.IsPickle(inner) ? OpenBare(file, ModelFormats.Joblib, codec) : null;
    }

    private static ReadOnlySpan<byte> Peek(PackageFile file, Codec codec, ReadOnlySpan<byte> start, Span<byte> buffer)
    {
        var read = 0;
        try
        {
            using var raw = file.Source.OpenRead(0, file.Source.Length);
            using var stream = file.Decompress(codec, raw, "content", file.Limits.Decompression.MaxOutputBytes);
            int more;
            while (read < buffer.Length && (more = stream.Read(buffer[read..])) > 0)
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

        return buffer[..read];
    }

    // Two bytes that text can start with are no proof; what zlib writers really emit is.
    private static bool IsWeakSign(Codec codec, ReadOnlySpan<byte> start) =>
        (codec.Name == "zlib" && !(start[0] == 0x78 && start[1] is 0x01 or 0x5E or 0x9C or 0xDA)) || codec.Name == "lzma";

    private static PackageBody? OpenBare(PackageFile file, ModelFormat? content, Codec? codec)
    {
        if (content is null)
        {
            return null;
        }

        var format = PackageFormat.Whole(PackageGeneration.Bare, codec?.Name) with { Content = content };
        return new PackageBody(format, null, [], () => BareFile.ReadAll(file));
    }

    private static FlamaException ShortHeader(PackageFile file) =>
        file.Truncated($"its header needs {BinaryPackageReader.HeaderSize} bytes, the file has {file.Source.Length}");

    private static FlamaException NotAModel(PackageFile file) => new(
        ErrorCodes.NotAModel,
        $"'{file.Name}' is of no known model format.",
        "Known are .flm packages, pickle and joblib files, ONNX, TorchScript, torch.export and Keras archives, XGBoost and LightGBM.");
}
