using System.Globalization;
using Flama.Scoring;

namespace Flama.Cli.Scoring;

/// <summary>Tells of rows that the model does not take: the first ones each, all of them in number.</summary>
/// <param name="error">Takes the lines.</param>
internal sealed class BadRowWarnings(TextWriter error)
{
    private const int MostListed = 10;

    private int listed;

    /// <summary>Tells of a row.</summary>
    public void Add(BadRow row)
    {
        if (listed < MostListed)
        {
            listed++;
            error.WriteLine($"Warning: {SafeText.OneLine(row.Message)}");
        }
    }

    /// <summary>Tells of anything else.</summary>
    public void Warn(string message) => error.WriteLine($"Warning: {SafeText.OneLine(message)}");

    /// <summary>Tells how many there were.</summary>
    public void Summarize(ScoringResult result, BadRowPolicy policy)
    {
        if (result.BadRows > 0)
        {
            var done = policy == BadRowPolicy.Skip ? "left out" : "answered with null";
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Warning: {result.BadRows} of {result.Rows} rows were bad and {done}."));
        }
    }
}
