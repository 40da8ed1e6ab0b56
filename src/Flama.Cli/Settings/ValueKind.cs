using System.CommandLine.Completions;

namespace Flama.Cli.Settings;

/// <summary>What the value of an option has to be.</summary>
internal abstract class ValueKind
{
    /// <summary>What stands for the value on the help page; null for a flag.</summary>
    public string? ValueName { get; init; }

    /// <summary>What the text has to be, for messages: <c>a whole number of 1 or more</c>.</summary>
    public required string Expected { get; init; }

    /// <summary>The value of the option where none is given with it; null where it needs one.</summary>
    public string? BareText { get; init; }

    /// <summary>Whether the argument behind the option is its value, where <see cref="BareText"/> stands for none; null for whatever it takes.</summary>
    public Func<string, bool>? IsNext { get; init; }

    /// <summary>Whether a text is such a value.</summary>
    public abstract bool Takes(string text);

    /// <summary>The words it takes; empty when it takes more than a few.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Whether it names a file or a directory.</summary>
    public bool IsFile { get; init; }

    /// <summary>Whether values are collected when the option is given several times.</summary>
    public bool CanRepeat { get; init; }

    /// <summary>What a shell offers for it: the words, or the files of a directory.</summary>
    public IEnumerable<CompletionItem> Complete(CompletionContext context) =>
        IsFile ? FileNames.Starting(context.WordToComplete) : Words.Select(word => new CompletionItem(word));
}
