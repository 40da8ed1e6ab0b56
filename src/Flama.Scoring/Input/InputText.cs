using System.Text;
using Flama.Compression;

namespace Flama.Scoring.Input;

/// <summary>The text of an input in UTF-8: decompressed and decoded where its first bytes or the user say so.</summary>
internal static class InputText
{
    private const int PrefixLength = 16;

    // Their first bytes are no text, which those of the other codecs can be.
    private static readonly string[] Codecs = ["gzip", "zstd", "xz", "bz2"];

    // Rows pass through a bounded amount of memory, so that only the length of a row or of a document is bounded, elsewhere.
    private static readonly DecompressionLimits Limits = new() { MaxOutputBytes = long.MaxValue, MaxRatio = double.PositiveInfinity };

    /// <summary>Opens the input, decompressed where its first bytes say so.</summary>
    /// <param name="input">The bytes; stays the caller's.</param>
    /// <param name="name">What messages call the input.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="FlamaException">The input cannot be read.</exception>
    public static async ValueTask<InputStart> OpenAsync(Stream input, string name, CancellationToken cancellationToken)
    {
        try
        {
            var opened = await PeekAsync(input, cancellationToken).ConfigureAwait(false);
            return CodecTable.Detect(opened.Prefix) is { } codec && Codecs.Contains(codec.Name, StringComparer.Ordinal)
                ? await PeekAsync(codec.OpenRead(opened.Whole, Limits), cancellationToken).ConfigureAwait(false)
                : opened;
        }
        catch (Exception exception) when (InputBuffer.IsFailure(exception))
        {
            throw InputBuffer.Failed(name, exception);
        }
    }

    /// <summary>The text in UTF-8.</summary>
    /// <param name="start">The input.</param>
    /// <param name="encoding">What the user says; null to tell by a byte order mark.</param>
    public static Stream Decode(InputStart start, Encoding? encoding) =>
        (encoding ?? EncodingOf(start.Prefix)) is { } other and not UTF8Encoding ? Decode(start.Whole, other) : start.Whole;

    private static Stream Decode(Stream text, Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return Encoding.CreateTranscodingStream(text, strict, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
    }

    private static Encoding? EncodingOf(ReadOnlySpan<byte> prefix) => prefix switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };

    private static async ValueTask<InputStart> PeekAsync(Stream stream, CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixLength];
        var length = await stream.ReadAtLeastAsync(prefix, PrefixLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (stream.CanSeek)
        {
            stream.Position -= length;
            return new(prefix, length, stream);
        }

        return new(prefix, length, new PrefixedStream(prefix.AsMemory(0, length), stream));
    }
}
