using System.Buffers;
using System.Buffers.Binary;

namespace Flama.Packaging.Bare;

/// <summary>Tells the files of XGBoost and LightGBM that are not JSON by their first bytes.</summary>
internal static class BoosterProbe
{
    private const int ParametersSize = 136;
    private const int MaxNameLength = 64;

    private static readonly SearchValues<byte> ObjectiveCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_:"u8);

    private static readonly string[] XGBoostKeys = ["learner", "version", "Model", "Config"];

    public static ModelFormat? Recognize(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("tree\n"u8) || start.StartsWith("tree\r\n"u8))
        {
            return ModelFormats.LightGbmText;
        }

        if (start.StartsWith("booster[0]"u8))
        {
            return ModelFormats.XGBoostDump;
        }

        if (start.StartsWith("binf"u8) || start.StartsWith("CONFIG-offset:"u8) || IsBareStructure(start))
        {
            return ModelFormats.XGBoostBinary;
        }

        return IsUbjson(start) ? ModelFormats.XGBoostUbjson : null;
    }

    // Before 1.3 without a magic number: 136 bytes of parameters, then the length and name of the objective and of the booster.
    private static bool IsBareStructure(ReadOnlySpan<byte> start) =>
        TakeName(ref start, ParametersSize) is { Length: > 0 } objective && !objective.ContainsAnyExcept(ObjectiveCharacters)
        && TakeName(ref start, 0) is { Length: > 0 } booster
        && (booster.SequenceEqual("gbtree"u8) || booster.SequenceEqual("dart"u8) || booster.SequenceEqual("gblinear"u8));

    private static ReadOnlySpan<byte> TakeName(ref ReadOnlySpan<byte> start, int skipped)
    {
        if (start.Length < skipped + sizeof(ulong))
        {
            return [];
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(start[skipped..]);
        var rest = start[(skipped + sizeof(ulong))..];
        if (length > (ulong)Math.Min(rest.Length, MaxNameLength))
        {
            return [];
        }

        start = rest[(int)length..];
        return rest[..(int)length];
    }

    // {, the length of the first key with its type, the key.
    private static bool IsUbjson(ReadOnlySpan<byte> start)
    {
        if (start.Length < 2 || start[0] != '{')
        {
            return false;
        }

        var width = (char)start[1] switch
        {
            'i' or 'U' => 1,
            'I' => 2,
            'l' => 4,
            'L' => 8,
            _ => 0,
        };
        if (width == 0 || start.Length < 2 + width)
        {
            return false;
        }

        var length = start[1 + width];
        var key = start[(2 + width)..];
        return !start.Slice(2, width - 1).ContainsAnyExcept((byte)0)
            && IsKey(key[..Math.Min(key.Length, length)]);
    }

    private static bool IsKey(ReadOnlySpan<byte> text)
    {
        foreach (var key in XGBoostKeys)
        {
            if (System.Text.Ascii.Equals(text, key))
            {
                return true;
            }
        }

        return false;
    }
}
