using System.Buffers.Binary;
using System.Text;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Skops;

/// <summary>Reads numpy's own files of one array (<c>.npy</c>), versions 1 to 3; arrays of objects, which hold a pickle, are refused.</summary>
internal static class NpyReader
{
    private const int MaxHeader = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array.</summary>
    /// <exception cref="PickleException">The file is damaged or of another kind.</exception>
    public static NdArray Read(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.Length < 12 || !bytes.StartsWith(Magic) || bytes[6] is < 1 or > 3)
        {
            throw Wrong("it does not start as one");
        }

        var (start, length) = bytes[6] == 1 ? (10, BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])) : (12, (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
        if (length > MaxHeader || start + length > bytes.Length)
        {
            throw Wrong("its header is longer than the file");
        }

        var header = new NpyHeader(Encoding.UTF8.GetString(bytes.Slice(start, (int)length)));
        var type = header.Type;
        if (type.HasObjects)
        {
            throw new PickleException(PickleErrorCode.DisallowedCall, "An array file holds a pickle of objects, which skops does not write.");
        }

        return new NdArray(type, header.Shape, file[(start + (int)length)..], header.IsFortran);
    }

    internal static PickleException Wrong(string why) => new(PickleErrorCode.Corrupt, $"An array file (.npy) cannot be read: {why}.");
}
