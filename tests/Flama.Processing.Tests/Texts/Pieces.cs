using System.Text;

namespace Flama.Processing.Tests.Texts;

/// <summary>A model of SentencePiece, written by hand: protobuf of pieces with their scores.</summary>
internal static class Pieces
{
    public static byte[] Model()
    {
        using MemoryStream file = new();
        (string Piece, float Score, int Type)[] pieces =
        [
            ("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), ("<pad>", 0, 3), ("▁", -3, 1), ("▁hello", -1, 1), ("▁wor", -2, 1), ("ld", -2, 1),
            ("h", -6, 1), ("e", -6, 1), ("l", -6, 1), ("o", -6, 1), ("w", -6, 1), ("r", -6, 1), ("d", -6, 1), ("he", -5, 1), ("a", -6, 1),
        ];
        foreach (var (piece, score, type) in pieces)
        {
            using MemoryStream one = new();
            Write(one, 1, Encoding.UTF8.GetBytes(piece));
            one.WriteByte((2 << 3) | 5);
            one.Write(BitConverter.GetBytes(score));
            Write(one, 3, type);
            Write(file, 1, one.ToArray());
        }

        using MemoryStream trainer = new();
        Write(trainer, 3, 1);
        Write(trainer, 40, 0);
        Write(trainer, 41, 1);
        Write(trainer, 42, 2);
        Write(trainer, 43, 3);
        Write(file, 2, trainer.ToArray());
        using MemoryStream normalizer = new();
        Write(normalizer, 1, "identity"u8.ToArray());
        Write(normalizer, 3, 1);
        Write(normalizer, 4, 1);
        Write(normalizer, 5, 1);
        Write(file, 3, normalizer.ToArray());
        return file.ToArray();
    }

    private static void Write(Stream target, int field, int value)
    {
        WriteNumber(target, field << 3);
        WriteNumber(target, value);
    }

    private static void Write(Stream target, int field, byte[] value)
    {
        WriteNumber(target, (field << 3) | 2);
        WriteNumber(target, value.Length);
        target.Write(value);
    }

    private static void WriteNumber(Stream target, int value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            target.WriteByte((byte)(value | 0x80));
        }

        target.WriteByte((byte)value);
    }
}
