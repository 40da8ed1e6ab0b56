namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>A pattern of Python's <c>re</c>, compiled for <see cref="PatternMatcher"/>. Immutable and thread-safe.</summary>
internal sealed class PatternProgram
{
    private const int MaxInstructions = 20_000;

    private readonly List<PatternInstruction> code = [];

    private PatternProgram(PatternNode node, int groups)
    {
        Groups = groups;
        Registers = 2 * (groups + 1);
        Emit(node);
        Add(new(PatternOperation.Accept));
        First = FirstOf(node);
        Code = [.. code];
    }

    /// <summary>The instructions.</summary>
    public PatternInstruction[] Code { get; }

    /// <summary>How many groups capture.</summary>
    public int Groups { get; }

    /// <summary>How many positions the matcher keeps: two a group, and the starts of loops.</summary>
    public int Registers { get; private set; }

    /// <summary>What every match begins with; null when that is not one set.</summary>
    public CharacterSet? First { get; }

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="PatternException">It is not a pattern, uses what is not known here, or is too large.</exception>
    public static PatternProgram Compile(string pattern) => new(PatternParser.Parse(pattern, out var groups), groups);

    private static CharacterSet? FirstOf(PatternNode node) => node switch
    {
        PatternNode.One one => one.Set,
        PatternNode.Repeat { Least: > 0 } repeat => FirstOf(repeat.Part),
        PatternNode.Capture capture => FirstOf(capture.Part),
        PatternNode.Atomic atomic => FirstOf(atomic.Part),
        PatternNode.Sequence sequence => sequence.Parts.SkipWhile(part => part is PatternNode.Place or PatternNode.Look).FirstOrDefault() is { } first
            ? FirstOf(first)
            : null,
        _ => null,
    };

    private int Add(PatternInstruction instruction)
    {
        if (code.Count == MaxInstructions)
        {
            throw new PatternException("it is too large") { IsBeyondUs = true };
        }

        code.Add(instruction);
        return code.Count - 1;
    }

    private void Emit(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.One one:
                Add(new(PatternOperation.One, Set: one.Set));
                break;
            case PatternNode.Place place:
                Add(new(PatternOperation.Place, (int)place.Kind, (int)place.Flags));
                break;
            case PatternNode.Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    Emit(part);
                }

                break;
            case PatternNode.Choice choice:
                EmitChoice(choice.Parts);
                break;
            case PatternNode.Repeat { Part: PatternNode.One single } repeat:
                Add(new(OperationOf(repeat.Greed), repeat.Least, repeat.Most ?? int.MaxValue, single.Set));
                break;
            case PatternNode.Repeat repeat:
                EmitRepeat(repeat);
                break;
            case PatternNode.Capture capture:
                Add(new(PatternOperation.Save, 2 * capture.Group));
                Emit(capture.Part);
                Add(new(PatternOperation.Save, (2 * capture.Group) + 1));
                break;
            case PatternNode.Reference reference:
                Add(new(PatternOperation.Reference, reference.Group, (int)reference.Flags));
                break;
            case PatternNode.Look look:
                EmitInner(look.IsNegative ? PatternOperation.LookNot : PatternOperation.Look, look.Part, look.Behind ?? 0);
                break;
            case PatternNode.Atomic atomic:
                EmitInner(PatternOperation.Atomic, atomic.Part, 0);
                break;
            case PatternNode.Condition condition:
                EmitCondition(condition);
                break;
        }
    }

    private static PatternOperation OperationOf(PatternGreed greed) => greed switch
    {
        PatternGreed.Greedy => PatternOperation.Greedy,
        PatternGreed.Lazy => PatternOperation.Lazy,
        _ => PatternOperation.Possessive,
    };

    private void EmitChoice(IReadOnlyList<PatternNode> parts)
    {
        List<int> exits = [];
        for (var i = 0; i < parts.Count; i++)
        {
            if (i == parts.Count - 1)
            {
                Emit(parts[i]);
                break;
            }

            var split = Add(default);
            Emit(parts[i]);
            exits.Add(Add(default));
            code[split] = new(PatternOperation.Split, split + 1, code.Count);
        }

        foreach (var exit in exits)
        {
            code[exit] = new(PatternOperation.Jump, code.Count);
        }
    }

    private void EmitInner(PatternOperation operation, PatternNode part, int behind)
    {
        var start = Add(default);
        Emit(part);
        Add(new(PatternOperation.End));
        code[start] = new(operation, code.Count, behind);
    }

    private void EmitCondition(PatternNode.Condition condition)
    {
        var start = Add(default);
        Emit(condition.Yes);
        var exit = Add(default);
        code[start] = new(PatternOperation.Condition, condition.Group, code.Count);
        Emit(condition.No);
        code[exit] = new(PatternOperation.Jump, code.Count);
    }

    // The part is written out as often as it must come; what may come besides is a loop or a chain of options.
    private void EmitRepeat(PatternNode.Repeat repeat)
    {
        if (repeat.Greed == PatternGreed.Possessive)
        {
            EmitInner(PatternOperation.Atomic, repeat with { Greed = PatternGreed.Greedy }, 0);
            return;
        }

        for (var i = 0; i < repeat.Least; i++)
        {
            Emit(repeat.Part);
        }

        if (repeat.Most is { } most)
        {
            List<int> splits = [];
            for (var i = repeat.Least; i < most; i++)
            {
                splits.Add(Add(default));
                Emit(repeat.Part);
            }

            foreach (var split in splits)
            {
                code[split] = Split(repeat.Greed, split + 1, code.Count);
            }

            return;
        }

        EmitLoop(repeat);
    }

    private void EmitLoop(PatternNode.Repeat repeat)
    {
        var register = Registers++;
        var split = Add(default);
        Add(new(PatternOperation.Save, register));
        Emit(repeat.Part);
        Add(new(PatternOperation.Progress, split, register));
        code[split] = Split(repeat.Greed, split + 1, code.Count);
    }

    private static PatternInstruction Split(PatternGreed greed, int inside, int outside) => greed == PatternGreed.Lazy
        ? new(PatternOperation.Split, outside, inside)
        : new(PatternOperation.Split, inside, outside);
}
