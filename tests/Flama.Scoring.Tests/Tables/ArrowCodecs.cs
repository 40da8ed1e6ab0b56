using System.Buffers.Binary;
using Apache.Arrow.Ipc;
using ZstdSharp;

namespace Flama.Scoring.Tests.Tables;

/// <summary>Codecs for writing Arrow: zstd, and lz4 frames whose blocks are stored.</summary>
internal sealed class ArrowCodecs : ICompressionCodecFactory
{
    public ICompressionCodec CreateCodec(CompressionCodecType compressionCodecType) =>
        compressionCodecType == CompressionCodecType.Zstd ? new Zstd() : new StoredLz4();

    private sealed class Zstd : ICompressionCodec
    {
        public int Decompress(ReadOnlyMemory<byte> source, Memory<byte> destination) => throw new NotSupportedException();

        public void Compress(ReadOnlyMemory<byte> source, Stream destination)
        {
            using Compressor compressor = new();
            destination.Write(compressor.Wrap(source.Span));
        }

        public void Dispose()
        {
        }
    }

    private sealed class StoredLz4 : ICompressionCodec
    {
        private const int BlockLength = 64 * 1024;

        public int Decompress(ReadOnlyMemory<byte> source, Memory<byte> destination) => throw new NotSupportedException();

        public void Compress(ReadOnlyMemory<byte> source, Stream destination)
        {
            destination.Write([0x04, 0x22, 0x4D, 0x18, 0x60, 0x40, 0x82]);
            Span<byte> size = stackalloc byte[sizeof(uint)];
            for (var rest = source; !rest.IsEmpty; rest = rest[Math.Min(BlockLength, rest.Length)..])
            {
                var block = rest[..Math.Min(BlockLength, rest.Length)];
                BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)block.Length | 0x80000000);
                destination.Write(size);
                destination.Write(block.Span);
            }

            destination.Write([0, 0, 0, 0]);
        }

        public void Dispose()
        {
        }
    }
}
