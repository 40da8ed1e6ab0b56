using System.Globalization;

namespace Flama.Cli.Scoring;

/// <summary>Tells of rows that the model does not take: the first ones each, all of them in number.</summary>
/// <param name="policy">What such a row does.</param>
/// <param name="placeName">What a row's place is called.</param>
/// <param name="error">Takes the lines.</param>
internal sealed class BadRows(BadRowPolicy policy, string placeName, TextWriter error)
{
    private const int MostListed = 10;

    /// <summary>How many there were.</summary>
    public long Count { get; private set; }

    /// <summary>Notes a row.</summary>
    /// <param name="place">Its line or number.</param>
    /// <param name="what">What is wrong, as the rest of a sentence.</param>
    /// <param name="remedy">What to do, or null.</param>
    /// <returns>Whether the row is answered with null.</returns>
    /// <exception cref="FlamaException">Bad rows end the run.</exception>
    public bool Add(long place, string what, string? remedy)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"{placeName} {place}{(what[0] == ',' ? "" : " ")}{what}");
        if (policy == BadRowPolicy.Stop)
        {
            throw new FlamaException(ErrorCodes.InvalidInput, message, remedy);
        }

        if (Count++ < MostListed)
        {
            error.WriteLine($"Warning: {SafeText.OneLine(message)}");
        }

        return policy == BadRowPolicy.Null;
    }

    /// <summary>Tells how many there were.</summary>
    /// <param name="rows">How many rows there were in all.</param>
    public void Summarize(long rows)
    {
        if (Count > 0)
        {
            var done = policy == BadRowPolicy.Skip ? "left out" : "answered with null";
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Warning: {Count} of {rows} rows were bad and {done}."));
        }
    }
}
