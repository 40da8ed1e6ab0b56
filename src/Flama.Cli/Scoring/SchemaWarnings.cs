using System.Globalization;

namespace Flama.Cli.Scoring;

/// <summary>Tells of cells that are against the model's schema and were computed: the first ones each, all of them in number. Thread-safe.</summary>
/// <param name="error">Takes the lines.</param>
internal sealed class SchemaWarnings(TextWriter error)
{
    private const int MostListed = 10;

    private readonly Lock sync = new();
    private int listed;
    private long count;

    /// <summary>Tells of the cells of some rows.</summary>
    public void Add(FlamaException violations)
    {
        lock (sync)
        {
            count += violations.ProblemCount;
            foreach (var problem in violations.Problems.Take(MostListed - listed))
            {
                listed++;
                error.WriteLine($"Warning: {SafeText.OneLine(problem.Message)}");
            }
        }
    }

    /// <summary>Tells how many there were.</summary>
    public void Summarize()
    {
        if (count > 0)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Warning: {count} {(count == 1 ? "cell is" : "cells are")} against the schema."));
        }
    }
}
