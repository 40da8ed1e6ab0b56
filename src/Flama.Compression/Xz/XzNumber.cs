namespace Flama.Compression.Xz;

/// <summary>The numbers of the format: seven bits a byte, the lowest first, at most nine bytes.</summary>
internal static class XzNumber
{
    private const int MostBytes = 9;

    /// <summary>Reads a number; false when it is too long, cut off, or not written the short way.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out long value)
    {
        value = 0;
        for (var i = 0; i < MostBytes && i < bytes.Length; i++)
        {
            value |= (long)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                var isShort = i == 0 || bytes[i] != 0;
                bytes = bytes[(i + 1)..];
                return isShort;
            }
        }

        return false;
    }
}
