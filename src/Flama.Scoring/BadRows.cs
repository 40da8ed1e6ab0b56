using System.Globalization;

namespace Flama.Scoring;

/// <summary>Collects the rows of one chunk that the model does not take.</summary>
internal sealed class BadRows(ScoringOptions options, string positionName)
{
    private readonly List<BadRow> rows = [];

    /// <summary>Notes a row.</summary>
    /// <param name="position">Its line or number.</param>
    /// <param name="what">What is wrong, as the rest of a sentence.</param>
    /// <param name="remedy">What to do, or null.</param>
    /// <returns>Whether the row is answered with null.</returns>
    /// <exception cref="FlamaException">Bad rows end the run.</exception>
    public bool Add(long position, string what, string? remedy)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"{positionName} {position}{(what[0] == ',' ? "" : " ")}{what}");
        if (options.BadRows == BadRowPolicy.Stop)
        {
            throw new FlamaException(ErrorCodes.InvalidInput, message, remedy);
        }

        rows.Add(new BadRow(position, message, remedy));
        return options.BadRows == BadRowPolicy.Null;
    }

    /// <summary>Tells of the rows, and forgets them.</summary>
    /// <returns>How many there were.</returns>
    public int Report()
    {
        var count = rows.Count;
        foreach (var row in rows)
        {
            options.OnBadRow?.Invoke(row);
        }

        rows.Clear();
        return count;
    }
}
