using System.Buffers.Binary;
using Flama.Compression.Streaming;

namespace Flama.Compression.Lzma;

/// <summary>The 13 bytes in front of an LZMA-alone stream.</summary>
/// <param name="Properties">The shape of the model.</param>
/// <param name="DictionarySize">How far back matches may reach.</param>
/// <param name="ContentSize">How many bytes come out; <see cref="UnknownSize"/> when only the end marker tells.</param>
internal readonly record struct LzmaHeader(LzmaProperties Properties, uint DictionarySize, long ContentSize)
{
    public const int Size = 13;
    public const long UnknownSize = -1;

    public static LzmaHeader Read(CompressedInput input)
    {
        Span<byte> bytes = stackalloc byte[Size];
        input.ReadExactly(bytes);
        if (!LzmaProperties.TryParse(bytes[0], out var properties))
        {
            throw input.Corrupt($"the LZMA properties 0x{bytes[0]:X2} are out of range");
        }

        var size = BinaryPrimitives.ReadInt64LittleEndian(bytes[5..]);
        return size >= UnknownSize
            ? new LzmaHeader(properties, BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]), size)
            : throw input.Corrupt($"the size {(ulong)size} is out of range");
    }
}
