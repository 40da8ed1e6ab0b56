using Flama.Tests;

namespace Flama.HttpConformance;

/// <summary>All answers that were errors, and what of the server they tell: nothing is allowed.</summary>
internal sealed class ErrorAnswers
{
    private readonly List<string> telling = [];
    private int count;

    /// <summary>Looks at an answer, with or without its head.</summary>
    public void Add(string of, string text)
    {
        count++;
        if (ErrorText.FindTelling(text) is { } found)
        {
            telling.Add($"{of}: {found}");
        }
    }

    /// <summary>Prints the result.</summary>
    /// <returns>Whether nothing was told.</returns>
    public bool Report()
    {
        Console.WriteLine($"\n{count} error answers, {telling.Count} of them with a path, a stack, a type or a version.");
        telling.ForEach(Console.WriteLine);
        return telling.Count == 0;
    }
}
