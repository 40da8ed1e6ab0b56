namespace Flama.Json;

/// <summary>Collects what is wrong with an input: the first problems in full, of the rest the number.</summary>
internal sealed class InputProblems
{
    private readonly List<InputProblem> listed = [];

    /// <summary>How many problems there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the next problem is worth a message.</summary>
    public bool WantsMessage => listed.Count < InputProblem.MaxListed;

    /// <summary>Counts a problem whose message will not be shown.</summary>
    public void Add() => Count++;

    /// <summary>Counts a problem and keeps its message.</summary>
    public void Add(InputProblem problem)
    {
        Count++;
        if (WantsMessage)
        {
            listed.Add(problem);
        }
    }

    /// <summary>Forgets the problems after the first <paramref name="count"/>.</summary>
    public void CutTo(int count)
    {
        Count = count;
        if (listed.Count > count)
        {
            listed.RemoveRange(count, listed.Count - count);
        }
    }

    /// <summary>Makes the failure.</summary>
    public FlamaException ToException() => new(listed, Count);
}
