using System.Runtime.CompilerServices;

namespace Flama.Compression.Lzma;

/// <summary>The twelve states of the model: what the last symbols were. The numbers are those of the format.</summary>
internal static class LzmaState
{
    public const int Start = 0;

    private const int FirstAfterMatch = 7;

    /// <summary>Whether the last symbol was not a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool FollowsMatch(int state) => state >= FirstAfterMatch;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int AfterLiteral(int state) => state < 4 ? Start : state < 10 ? state - 3 : state - 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int AfterMatch(int state) => state < FirstAfterMatch ? 7 : 10;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int AfterRepeat(int state) => state < FirstAfterMatch ? 8 : 11;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int AfterShortRepeat(int state) => state < FirstAfterMatch ? 9 : 11;
}
