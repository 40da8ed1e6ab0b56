using Flama.Data.Model;

namespace Flama.Data.Reading;

/// <summary>What is wrong with the records of a request. Not thread-safe.</summary>
internal sealed class Problems
{
    private readonly List<InputProblem> first = [];
    private readonly HashSet<(int? Row, string? Name)> places = [];

    /// <summary>The place of the record that is read, in a list of records; null where there is only one.</summary>
    public int? Row { get; set; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public void Add(InputProblem problem)
    {
        Count++;
        places.Add((Row, problem.Name));
        if (first.Count < InputProblem.MaxListed)
        {
            first.Add(Row is { } row ? problem with { Row = row, Message = $"Record {row}: {problem.Message}" } : problem);
        }
    }

    /// <summary>Whether a member of the record that is read has one already.</summary>
    public bool Has(EntityMember member) => places.Contains((Row, member.Name));

    /// <summary>Refuses the request where there is any.</summary>
    /// <exception cref="FlamaException">There is (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public void Throw()
    {
        if (Count > 0)
        {
            throw new FlamaException(first, Count);
        }
    }
}
