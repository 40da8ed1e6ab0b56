using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Flama;

/// <summary>An id that is the same for the same bytes and another for others, unless they were made to collide.</summary>
/// <remarks>
/// Four checksums (CRC-32C), each over every fourth word of eight bytes, hashed together with the length. A cryptographic hash of all bytes would take longer
/// than reading the model does.
/// </remarks>
internal static class ContentId
{
    private const int Lanes = 4;

    /// <summary>The id, a UUID in its usual form.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        uint a = 0, b = 0, c = 0, d = 0;
        var i = 0;
        for (; i <= words.Length - Lanes; i += Lanes)
        {
            a = BitOperations.Crc32C(a, LittleEndian(words[i]));
            b = BitOperations.Crc32C(b, LittleEndian(words[i + 1]));
            c = BitOperations.Crc32C(c, LittleEndian(words[i + 2]));
            d = BitOperations.Crc32C(d, LittleEndian(words[i + 3]));
        }

        foreach (var rest in bytes[(i * sizeof(ulong))..])
        {
            a = BitOperations.Crc32C(a, rest);
        }

        Span<byte> digest = stackalloc byte[(Lanes * sizeof(uint)) + sizeof(long)];
        BinaryPrimitives.WriteUInt32LittleEndian(digest, a);
        BinaryPrimitives.WriteUInt32LittleEndian(digest[4..], b);
        BinaryPrimitives.WriteUInt32LittleEndian(digest[8..], c);
        BinaryPrimitives.WriteUInt32LittleEndian(digest[12..], d);
        BinaryPrimitives.WriteInt64LittleEndian(digest[16..], bytes.Length);
        return new Guid(SHA256.HashData(digest).AsSpan(0, 16)).ToString("D");
    }

    private static ulong LittleEndian(ulong word) => BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
}
