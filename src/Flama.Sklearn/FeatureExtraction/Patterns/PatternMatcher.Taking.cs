using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <content>What single instructions take of the text.</content>
internal sealed partial class PatternMatcher
{
    private static bool TryTake(ReadOnlySpan<char> text, CharacterSet set, ref int position)
    {
        if (position >= text.Length || !set.Contains(PythonCharacter.At(text, position, out var length)))
        {
            return false;
        }

        position += length;
        return true;
    }

    private int Take(ReadOnlySpan<char> text, CharacterSet set, int most, ref int position)
    {
        var count = 0;
        while (count < most && TryTake(text, set, ref position))
        {
            count++;
        }

        Spend(count);
        return count;
    }

    private bool TryTakeMany(ReadOnlySpan<char> text, PatternInstruction instruction, int next, ref int position)
    {
        if (Take(text, instruction.Set!, instruction.A, ref position) < instruction.A)
        {
            return false;
        }

        var least = position;
        Take(text, instruction.Set!, instruction.B - instruction.A, ref position);
        if (position > least)
        {
            Push(Kind.Retreat, next, least, position);
        }

        return true;
    }

    private bool TryTakeAgain(ReadOnlySpan<char> text, PatternInstruction instruction, ref int position)
    {
        var from = registers[2 * instruction.A];
        var to = registers[(2 * instruction.A) + 1];
        if (from < 0 || to < from)
        {
            return false;
        }

        var flags = (PatternFlags)instruction.B;
        while (from < to)
        {
            if (position >= text.Length)
            {
                return false;
            }

            var wanted = PythonCharacter.At(text, from, out var length);
            var found = PythonCharacter.At(text, position, out var foundLength);
            if (wanted != found && !(flags.HasFlag(PatternFlags.IgnoreCase) && CharacterSet.IsSameLetter(wanted, found, flags.HasFlag(PatternFlags.Ascii))))
            {
                return false;
            }

            Spend(1);
            from += length;
            position += foundLength;
        }

        return true;
    }

    private static bool IsAt(ReadOnlySpan<char> text, int position, PatternPlace place, PatternFlags flags)
    {
        switch (place)
        {
            case PatternPlace.TextStart:
                return position == 0;
            case PatternPlace.TextEnd:
                return position == text.Length;
            case PatternPlace.LastLineEnd:
                return position == text.Length || (position == text.Length - 1 && text[position] == '\n');
            case PatternPlace.LineStart:
                return position == 0 || text[position - 1] == '\n';
            case PatternPlace.LineEnd:
                return position == text.Length || text[position] == '\n';
            default:
                var isAscii = flags.HasFlag(PatternFlags.Ascii);
                var before = position > 0 && IsWord(PythonCharacter.At(text, PythonCharacter.Before(text, position), out _), isAscii);
                var after = position < text.Length && IsWord(PythonCharacter.At(text, position, out _), isAscii);
                return (place == PatternPlace.WordBoundary) == (before != after);
        }
    }

    private static bool IsWord(int codePoint, bool isAscii) => (!isAscii || codePoint < 128) && PythonCharacter.IsWord(codePoint);
}
