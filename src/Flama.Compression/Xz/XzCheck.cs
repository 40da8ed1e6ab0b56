using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace Flama.Compression.Xz;

/// <summary>The check over the decompressed bytes of a block.</summary>
internal abstract class XzCheck
{
    /// <summary>How many bytes it takes in the file.</summary>
    public abstract int Size { get; }

    /// <summary>The check of an id from 0 to 15; ids that the format only reserves are skipped by their size.</summary>
    public static XzCheck Create(int id) => id switch
    {
        1 => new Crc32Check(),
        4 => new Crc64Check(),
        10 => new Sha256Check(),
        0 => new SkippedCheck(0),
        _ => new SkippedCheck(4 << ((id - 1) / 3)),
    };

    public abstract void Append(ReadOnlySpan<byte> data);

    /// <summary>Compares with what the file says, and starts again.</summary>
    public abstract bool Finish(ReadOnlySpan<byte> stored);

    private sealed class Crc32Check : XzCheck
    {
        private readonly Crc32 crc = new();

        public override int Size => 4;

        public override void Append(ReadOnlySpan<byte> data) => crc.Append(data);

        public override bool Finish(ReadOnlySpan<byte> stored)
        {
            Span<byte> computed = stackalloc byte[sizeof(uint)];
            crc.GetHashAndReset(computed);
            return stored.SequenceEqual(computed);
        }
    }

    private sealed class Crc64Check : XzCheck
    {
        private ulong crc;

        public override int Size => 8;

        public override void Append(ReadOnlySpan<byte> data) => crc = Crc64.Append(crc, data);

        public override bool Finish(ReadOnlySpan<byte> stored)
        {
            var matches = BinaryPrimitives.ReadUInt64LittleEndian(stored) == crc;
            crc = 0;
            return matches;
        }
    }

    private sealed class Sha256Check : XzCheck, IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public override int Size => SHA256.HashSizeInBytes;

        public override void Append(ReadOnlySpan<byte> data) => hash.AppendData(data);

        public override bool Finish(ReadOnlySpan<byte> stored)
        {
            Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
            hash.GetHashAndReset(computed);
            return stored.SequenceEqual(computed);
        }

        public void Dispose() => hash.Dispose();
    }

    private sealed class SkippedCheck(int size) : XzCheck
    {
        public override int Size => size;

        public override void Append(ReadOnlySpan<byte> data)
        {
        }

        public override bool Finish(ReadOnlySpan<byte> stored) => true;
    }
}
