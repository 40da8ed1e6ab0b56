using System.Globalization;

namespace Flama.Scoring;

/// <summary>Counts the rows that the model does not take, and tells of each.</summary>
internal sealed class BadRows(ScoringOptions options, string positionName)
{
    /// <summary>How many there were.</summary>
    public long Count { get; private set; }

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

        Count++;
        options.OnBadRow?.Invoke(new BadRow(position, message, remedy));
        return options.BadRows == BadRowPolicy.Null;
    }
}
