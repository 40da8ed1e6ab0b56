using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <content>Running the instructions.</content>
internal sealed partial class PatternMatcher
{
    // Where the match ends, or −1. Nested only as deep as looks and atomic groups are nested in the pattern.
    private int Run(ReadOnlySpan<char> text, int next, int position)
    {
        var bottom = stackCount;
        while (true)
        {
            Spend(1);
            var instruction = program.Code[next];
            bool passes;
            switch (instruction.Operation)
            {
                case PatternOperation.One:
                    passes = TryTake(text, instruction.Set!, ref position);
                    next++;
                    break;
                case PatternOperation.Greedy:
                    passes = TryTakeMany(text, instruction, next + 1, ref position);
                    next++;
                    break;
                case PatternOperation.Lazy:
                    passes = Take(text, instruction.Set!, instruction.A, ref position) == instruction.A;
                    if (passes)
                    {
                        Push(Kind.Advance, next, position, instruction.A);
                    }

                    next++;
                    break;
                case PatternOperation.Possessive:
                    passes = Take(text, instruction.Set!, instruction.B, ref position) >= instruction.A;
                    next++;
                    break;
                case PatternOperation.Split:
                    Push(Kind.Go, instruction.B, position);
                    next = instruction.A;
                    passes = true;
                    break;
                case PatternOperation.Jump:
                    next = instruction.A;
                    passes = true;
                    break;
                case PatternOperation.Save:
                    Push(Kind.Restore, instruction.A, registers[instruction.A]);
                    registers[instruction.A] = position;
                    next++;
                    passes = true;
                    break;
                case PatternOperation.Progress:
                    next = registers[instruction.B] == position ? next + 1 : instruction.A;
                    passes = true;
                    break;
                case PatternOperation.Place:
                    passes = IsAt(text, position, (PatternPlace)instruction.A, (PatternFlags)instruction.B);
                    next++;
                    break;
                case PatternOperation.Reference:
                    passes = TryTakeAgain(text, instruction, ref position);
                    next++;
                    break;
                case PatternOperation.Look:
                case PatternOperation.LookNot:
                    passes = Look(text, instruction, next + 1, position);
                    next = instruction.A;
                    break;
                case PatternOperation.Atomic:
                    passes = TryTakeOnce(text, next + 1, ref position);
                    next = instruction.A;
                    break;
                case PatternOperation.Condition:
                    next = registers[(2 * instruction.A) + 1] >= 0 ? next + 1 : instruction.B;
                    passes = true;
                    break;
                case PatternOperation.End:
                    return position;
                default:
                    if (!mustAdvance || position != start)
                    {
                        return position;
                    }

                    passes = false;
                    break;
            }

            if (!passes && !TryResume(text, bottom, ref next, ref position))
            {
                return -1;
            }
        }
    }

    private bool TryResume(ReadOnlySpan<char> text, int bottom, ref int next, ref int position)
    {
        while (stackCount > bottom)
        {
            Spend(1);
            var (kind, a, b, c) = stack[--stackCount];
            switch (kind)
            {
                case Kind.Go:
                    (next, position) = (a, b);
                    return true;
                case Kind.Restore:
                    registers[a] = b;
                    break;
                case Kind.Retreat:
                    position = PythonCharacter.Before(text, c);
                    if (position > b)
                    {
                        Push(Kind.Retreat, a, b, position);
                    }

                    next = a;
                    return true;
                case Kind.Advance:
                    position = b;
                    var instruction = program.Code[a];
                    if (c < instruction.B && TryTake(text, instruction.Set!, ref position))
                    {
                        Push(Kind.Advance, a, position, c + 1);
                        next = a + 1;
                        return true;
                    }

                    break;
            }
        }

        return false;
    }

    private bool Look(ReadOnlySpan<char> text, PatternInstruction instruction, int inner, int position)
    {
        for (var i = 0; i < instruction.B; i++)
        {
            if (position == 0)
            {
                return instruction.Operation == PatternOperation.LookNot;
            }

            position = PythonCharacter.Before(text, position);
        }

        var bottom = stackCount;
        var matches = Run(text, inner, position) >= 0;
        if (matches && instruction.Operation == PatternOperation.LookNot)
        {
            Undo(bottom);
        }
        else if (matches)
        {
            Settle(bottom);
        }

        return matches == (instruction.Operation == PatternOperation.Look);
    }

    private bool TryTakeOnce(ReadOnlySpan<char> text, int inner, ref int position)
    {
        var bottom = stackCount;
        var end = Run(text, inner, position);
        if (end < 0)
        {
            return false;
        }

        Settle(bottom);
        position = end;
        return true;
    }

    // Forgets other ways of matching; what groups held before stays known, in case the whole is tried in another way.
    private void Settle(int bottom)
    {
        var kept = bottom;
        for (var i = bottom; i < stackCount; i++)
        {
            if (stack[i].Kind == Kind.Restore)
            {
                stack[kept++] = stack[i];
            }
        }

        stackCount = kept;
    }

    private void Undo(int bottom)
    {
        while (stackCount > bottom)
        {
            var entry = stack[--stackCount];
            if (entry.Kind == Kind.Restore)
            {
                registers[entry.A] = entry.B;
            }
        }
    }
}
