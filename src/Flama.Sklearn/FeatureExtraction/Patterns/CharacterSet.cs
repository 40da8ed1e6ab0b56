using System.Text;
using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>Which code points one place of a pattern takes. Immutable once made.</summary>
internal sealed class CharacterSet
{
    // Small letters with the same capital, which Python takes for one another.
    private static readonly string[] SharedCapitals =
    [
        "i\u0131", "s\u017F", "\u00B5\u03BC", "\u0345\u03B9\u1FBE", "\u0390\u1FD3", "\u03B0\u1FE3", "\u03B2\u03D0", "\u03B5\u03F5", "\u03B8\u03D1",
        "\u03BA\u03F0", "\u03C0\u03D6", "\u03C1\u03F1", "\u03C2\u03C3", "\u03C6\u03D5", "\u1E61\u1E9B", "\uFB05\uFB06", "\u0432\u1C80", "\u0434\u1C81",
        "\u043E\u1C82", "\u0441\u1C83", "\u0442\u1C84\u1C85", "\u044A\u1C86", "\u0463\u1C87", "\uA64B\u1C88",
    ];

    private readonly (int First, int Last)[] ranges;
    private readonly CharacterKinds kinds;
    private readonly bool isNegated;
    private readonly bool ignoresCase;
    private readonly bool isAscii;
    private readonly bool[] plain;

    /// <summary>Makes the set.</summary>
    /// <param name="ranges">The ranges, ends included.</param>
    /// <param name="kinds">The classes besides.</param>
    /// <param name="isNegated">Whether it takes what is in none of them.</param>
    /// <param name="ignoresCase">Whether letters stand for their other case.</param>
    /// <param name="isAscii">Whether classes and cases go no further than ASCII (Python's flag <c>a</c>).</param>
    public CharacterSet((int First, int Last)[] ranges, CharacterKinds kinds = CharacterKinds.None, bool isNegated = false, bool ignoresCase = false, bool isAscii = false)
    {
        this.ranges = ranges;
        this.kinds = kinds;
        this.isNegated = isNegated;
        this.ignoresCase = ignoresCase;
        this.isAscii = isAscii;
        plain = new bool[128];
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = Find(i);
        }
    }

    /// <summary>Whether it takes a code point.</summary>
    public bool Contains(int codePoint) => codePoint < plain.Length ? plain[codePoint] : Find(codePoint);

    /// <summary>Whether two code points are the same letter in either case, as a reference to a group asks for it.</summary>
    public static bool IsSameLetter(int one, int other, bool isAscii) => one == other
        || (Rune.TryCreate(one, out var a) && Rune.TryCreate(other, out var b) && (!isAscii || (a.IsAscii && b.IsAscii))
            && Lower(a) == Lower(b));

    private bool Find(int codePoint) => isNegated != (IsOfKind(codePoint) || IsInRange(codePoint) || (ignoresCase && HasOtherCase(codePoint)));

    private bool IsInRange(int codePoint)
    {
        foreach (var (first, last) in ranges)
        {
            if (codePoint >= first && codePoint <= last)
            {
                return true;
            }
        }

        return false;
    }

    // A letter matches where the set has it, or its capital, or a letter that shares its capital.
    private bool HasOtherCase(int codePoint)
    {
        if (!Rune.TryCreate(codePoint, out var rune) || (isAscii && !rune.IsAscii))
        {
            return false;
        }

        var lower = Lower(rune);
        if (IsInCase(lower))
        {
            return true;
        }

        var group = isAscii || !lower.IsBmp ? null : Array.Find(SharedCapitals, letters => letters.Contains((char)lower.Value, StringComparison.Ordinal));
        return group is not null && group.EnumerateRunes().Any(IsInCase);
    }

    // Python's patterns lower İ to i, without the dot that str.lower() adds.
    private static Rune Lower(Rune rune) => rune.Value == '\u0130' ? new Rune('i') : Rune.ToLowerInvariant(rune);

    private bool IsInCase(Rune lower) => IsInRange(lower.Value) || IsInRange(Rune.ToUpperInvariant(lower).Value);

    private bool IsOfKind(int codePoint)
    {
        if (kinds == CharacterKinds.None)
        {
            return false;
        }

        var reaches = !isAscii || codePoint < 128;
        return (kinds.HasFlag(CharacterKinds.Word) && reaches && PythonCharacter.IsWord(codePoint))
            || (kinds.HasFlag(CharacterKinds.NoWord) && !(reaches && PythonCharacter.IsWord(codePoint)))
            || (kinds.HasFlag(CharacterKinds.Digit) && reaches && PythonCharacter.IsDigit(codePoint))
            || (kinds.HasFlag(CharacterKinds.NoDigit) && !(reaches && PythonCharacter.IsDigit(codePoint)))
            || (kinds.HasFlag(CharacterKinds.Space) && IsSpace(codePoint))
            || (kinds.HasFlag(CharacterKinds.NoSpace) && !IsSpace(codePoint));
    }

    // ASCII's white space has no separators from U+001C on.
    private bool IsSpace(int codePoint) => isAscii ? codePoint is ' ' or (>= '\t' and <= '\r') : PythonCharacter.IsSpace(codePoint);
}
