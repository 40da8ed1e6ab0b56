using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>Finds the matches of a pattern in texts, by backtracking as Python's <c>re</c> does.</summary>
/// <remarks>
/// Places to come back to lie on a stack of its own, so that no text deepens recursion. Steps are counted instead of time: a text on which the pattern
/// takes too many is an error, the same on every machine. Not thread-safe; used again for many texts.
/// </remarks>
/// <param name="program">The pattern.</param>
internal sealed partial class PatternMatcher(PatternProgram program)
{
    private const int MaxStack = 1 << 22;
    private const long BaseSteps = 1_000_000;
    private const int StepsPerUnit = 100;

    private readonly int[] registers = new int[program.Registers];
    private Resumption[] stack = new Resumption[64];
    private int stackCount;
    private long stepsLeft;
    private int start;
    private bool mustAdvance;

    private enum Kind
    {
        /// <summary>Go on at A, position B.</summary>
        Go,

        /// <summary>Register A held B.</summary>
        Restore,

        /// <summary>Give one code point back: go on at A, from position C down to B.</summary>
        Retreat,

        /// <summary>Take one code point more: instruction A, position B, C taken.</summary>
        Advance,
    }

    /// <summary>Adds the matches in a text, as <c>findall</c> lists them: the group's text where the pattern has a group, else the whole match's.</summary>
    /// <exception cref="PatternException">The pattern takes too many steps on the text.</exception>
    public void FindAll(ReadOnlySpan<char> text, TokenList tokens)
    {
        stepsLeft = BaseSteps + ((long)text.Length * StepsPerUnit);
        mustAdvance = false;
        for (var position = 0; position <= text.Length;)
        {
            var end = Search(text, position);
            if (end < 0)
            {
                return;
            }

            if (program.Groups == 0)
            {
                tokens.Add(start, end);
            }
            else
            {
                var hasGroup = registers[2] >= 0 && registers[3] >= 0;
                tokens.Add(hasGroup ? registers[2] : start, hasGroup ? registers[3] : start);
            }

            // After an empty match the next one may start here, but not be empty.
            mustAdvance = end == start;
            position = end;
        }
    }

    private int Search(ReadOnlySpan<char> text, int from)
    {
        for (start = from; start <= text.Length; start = Next(text, start))
        {
            if (program.First is null || (start < text.Length && program.First.Contains(PythonCharacter.At(text, start, out _))))
            {
                registers.AsSpan().Fill(-1);
                stackCount = 0;
                var end = Run(text, 0, start);
                if (end >= 0)
                {
                    return end;
                }
            }

            mustAdvance = false;
        }

        return -1;
    }

    private static int Next(ReadOnlySpan<char> text, int position)
    {
        if (position >= text.Length)
        {
            return position + 1;
        }

        PythonCharacter.At(text, position, out var length);
        return position + length;
    }

    private void Push(Kind kind, int a, int b, int c = 0)
    {
        if (stackCount == stack.Length)
        {
            if (stackCount >= MaxStack)
            {
                throw TooLong();
            }

            Array.Resize(ref stack, 2 * stackCount);
        }

        stack[stackCount++] = new(kind, a, b, c);
    }

    private void Spend(int steps)
    {
        stepsLeft -= steps;
        if (stepsLeft < 0)
        {
            throw TooLong();
        }
    }

    private static PatternException TooLong() => new("the pattern takes too many steps on this text");

    private readonly record struct Resumption(Kind Kind, int A, int B, int C);
}
