using System.Buffers;
using Flama.Compression;
using Flama.Pickle.Machine;

namespace Flama.Pickle;

/// <summary>Tells pickles and compressed pickles from other files by their first bytes.</summary>
internal static class PickleFormat
{
    private const byte NewestProtocol = 5;

    // What may come first in a stream: opcodes that take nothing from the stack, and STOP, whose error is the better one.
    private static readonly SearchValues<byte> FirstOpcodes = SearchValues.Create(
        "(.NIJKLMFGSTUVXBCc]})P"u8.ToArray().Concat((byte[])[
            Opcode.Protocol, Opcode.Frame, Opcode.NewTrue, Opcode.NewFalse, Opcode.Long1, Opcode.Long4, Opcode.ShortBinUnicode,
            Opcode.BinUnicode8, Opcode.BinBytes8, Opcode.EmptySet, Opcode.ByteArray8, Opcode.Ext1, Opcode.Ext2, Opcode.Ext4,
            Opcode.NextBuffer,
        ]).ToArray());

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_. "u8);

    /// <summary>The codec of a compressed file; null for a plain one.</summary>
    /// <param name="prefix">Up to 16 bytes.</param>
    public static Codec? FindCodec(ReadOnlySpan<byte> prefix)
    {
        if (CodecTable.Detect(prefix) is not { } codec)
        {
            return null;
        }

        // zlib's header is 11 bits of check; some text pickles, "(S" among them, pass it. Writers of pickles all use the usual window,
        // 0x78.
        return codec.Name == "zlib" && prefix[0] != 0x78 && FirstOpcodes.Contains(prefix[0]) ? null : codec;
    }

    /// <summary>Whether a plain file starts as the writers of pickles start it.</summary>
    public static bool IsLikelyPickle(ReadOnlySpan<byte> prefix) => prefix switch
    {
        [Opcode.Protocol, var version, ..] => version <= NewestProtocol,
        [Opcode.Global, .. var rest] => StartsWithName(rest),
        [Opcode.Mark, Opcode.List or Opcode.Dict or Opcode.Tuple or Opcode.Mark or Opcode.Global, ..] => true,
        [Opcode.Mark, Opcode.Int or Opcode.Float or Opcode.Long or Opcode.BinInt1, ..] => true,
        [Opcode.Mark, Opcode.String or Opcode.Unicode or Opcode.BinUnicode, ..] => true,
        [Opcode.EmptyList or Opcode.EmptyDict or Opcode.EmptyTuple, Opcode.BinPut or Opcode.Stop or Opcode.Mark or Opcode.Put, ..] => true,
        _ => false,
    };

    /// <summary>Refuses a stream that cannot be a pickle.</summary>
    /// <exception cref="PickleException">It is empty, or something else.</exception>
    public static void Require(ReadOnlySpan<byte> stream)
    {
        if (stream.IsEmpty)
        {
            throw new PickleException(PickleErrorCode.Truncated, "The file is empty.", 0, remedy: "Copy or download the file again.");
        }

        var isZip = stream.StartsWith("PK\u0003\u0004"u8);
        if (isZip || !FirstOpcodes.Contains(stream[0]) || (stream[0] == Opcode.Global && !StartsWithName(stream[1..])))
        {
            throw NotAPickle(stream, isZip);
        }
    }

    private static PickleException NotAPickle(ReadOnlySpan<byte> stream, bool isZip)
    {
        const string SaveAsPickle = "Save the model with pickle.dump or joblib.dump.";
        var (what, remedy) = isZip
            ? ("It is a zip archive, as skops, torch and Keras write.", SaveAsPickle)
            : stream.StartsWith("ZF"u8)
                ? ("It is a joblib file from before joblib 0.10.", "Load it in Python and save it again with a newer joblib.")
                : stream[0] == '<'
                    ? ("It looks like HTML or XML, perhaps the error page of a download.", "Download the file again.")
                    : ($"It starts with {Convert.ToHexString(stream[..Math.Min(stream.Length, 8)])}.", SaveAsPickle);
        return new PickleException(
            PickleErrorCode.NotAPickle, $"The file is neither a pickle nor a joblib file. {what}", 0, remedy: remedy);
    }

    /// <summary>Whether a line of text could be the name of a module, as far as it goes.</summary>
    private static bool StartsWithName(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        foreach (var character in end < 0 ? bytes : bytes[..end])
        {
            if (character < 0x80 && !NameBytes.Contains(character))
            {
                return false;
            }
        }

        return end != 0;
    }
}
