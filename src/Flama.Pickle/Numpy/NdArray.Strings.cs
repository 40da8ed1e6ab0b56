using System.Runtime.InteropServices;
using System.Text;

namespace Flama.Pickle.Numpy;

/// <content>Text and bytes.</content>
public sealed partial class NdArray
{
    /// <summary>
    /// The elements as strings, in C order; padding NULs are removed, bytes are read as Latin-1, objects must be strings.
    /// </summary>
    public string[] ToStrings()
    {
        var result = new string[Length];
        switch (Type.Kind)
        {
            case DTypeKind.Object:
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = Items[i] as string ?? throw new PickleException(
                        PickleErrorCode.Corrupt,
                        $"An object array was expected to hold strings and holds {ValueDescription.Of(Items[i])} at position {i}.");
                }

                return result;
            case DTypeKind.Text:
                var codePoints = MemoryMarshal.Cast<byte, int>(LittleEndianData());
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = DecodeText(codePoints.Slice(i * (Type.ItemSize / 4), Type.ItemSize / 4));
                }

                return ToRowMajor(result);
            case DTypeKind.Bytes:
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = Encoding.Latin1.GetString(Data.Span.Slice(i * Type.ItemSize, Type.ItemSize).TrimEnd((byte)0));
                }

                return ToRowMajor(result);
            default:
                throw WrongKind("strings");
        }
    }

    /// <summary>Decodes NUL-padded code points; lone surrogates are kept as they are.</summary>
    internal static string DecodeText(ReadOnlySpan<int> codePoints)
    {
        codePoints = codePoints.TrimEnd(0);
        var length = codePoints.Length;
        foreach (var codePoint in codePoints)
        {
            if ((uint)codePoint > 0x10FFFF)
            {
                throw new PickleException(
                    PickleErrorCode.Corrupt, $"A string array holds the number {codePoint}, which is no Unicode code point.");
            }

            length += codePoint > 0xFFFF ? 1 : 0;
        }

        return string.Create(length, codePoints, static (text, source) =>
        {
            var position = 0;
            foreach (var codePoint in source)
            {
                if (codePoint > 0xFFFF)
                {
                    text[position++] = (char)(0xD800 + ((codePoint - 0x10000) >> 10));
                    text[position++] = (char)(0xDC00 + ((codePoint - 0x10000) & 0x3FF));
                }
                else
                {
                    text[position++] = (char)codePoint;
                }
            }
        });
    }
}
