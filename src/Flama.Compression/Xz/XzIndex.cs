using System.Buffers.Binary;
using System.IO.Hashing;
using Flama.Compression.Streaming;

namespace Flama.Compression.Xz;

/// <summary>Compares the index at the end of a stream with the blocks that came before it, in constant memory.</summary>
internal sealed class XzIndex
{
    private RecordDigest blocks;

    /// <summary>Notes a block.</summary>
    /// <param name="unpadded">Header, compressed data and check, in bytes.</param>
    /// <param name="uncompressed">What came out.</param>
    public void Add(long unpadded, long uncompressed) => blocks.Add(unpadded, uncompressed);

    /// <summary>Reads the index of which the first byte, zero, was read.</summary>
    /// <returns>Its size in bytes.</returns>
    public long Read(CompressedInput input)
    {
        var reader = new NumberReader(input);
        reader.CountMarker();
        var count = reader.Next();
        if (count != blocks.Count)
        {
            throw input.Corrupt($"the index tells of {count} blocks, there were {blocks.Count}");
        }

        var records = default(RecordDigest);
        for (var i = 0L; i < count; i++)
        {
            records.Add(reader.Next(), reader.Next());
        }

        if (records != blocks)
        {
            throw input.Corrupt("the index tells other block sizes than there were");
        }

        return reader.Finish();
    }

    /// <summary>Number, sums and a checksum of records: equal for equal records, and short.</summary>
    private record struct RecordDigest(long Count, long Unpadded, long Uncompressed, ulong Checksum)
    {
        public void Add(long unpadded, long uncompressed)
        {
            Span<byte> record = stackalloc byte[16];
            BinaryPrimitives.WriteInt64LittleEndian(record, unpadded);
            BinaryPrimitives.WriteInt64LittleEndian(record[8..], uncompressed);
            Count++;
            Unpadded += unpadded;
            Uncompressed += uncompressed;
            Checksum = Crc64.Append(Checksum, record);
        }
    }

    /// <summary>Reads the numbers of the index and keeps their checksum.</summary>
    private sealed class NumberReader(CompressedInput input)
    {
        private const int Longest = 9;

        private readonly byte[] number = new byte[Longest];
        private readonly Crc32 crc = new();
        private long size;

        /// <summary>Counts the byte that told an index from a block.</summary>
        public void CountMarker() => Count([0]);

        public long Next()
        {
            var length = 0;
            do
            {
                number[length] = input.ReadByte();
            }
            while (number[length++] >= 0x80 && length < Longest);

            ReadOnlySpan<byte> bytes = number.AsSpan(0, length);
            Count(bytes);
            return XzNumber.TryRead(ref bytes, out var value) ? value : throw input.Corrupt("a number in the index is malformed");
        }

        public long Finish()
        {
            while (size % 4 != 0)
            {
                var padding = input.ReadByte();
                if (padding != 0)
                {
                    throw input.Corrupt("the padding of the index is not zero");
                }

                Count([padding]);
            }

            return input.ReadUInt32() == crc.GetCurrentHashAsUInt32() ? size + 4 : throw input.Corrupt("the checksum of the index does not match");
        }

        private void Count(ReadOnlySpan<byte> bytes)
        {
            crc.Append(bytes);
            size += bytes.Length;
        }
    }
}
