using System.CommandLine;

namespace Flama.Cli.Settings;

/// <summary>An argument that is known by its position, not by a name.</summary>
/// <param name="Name">What stands for it on the help page.</param>
/// <param name="Description">What it is, one sentence.</param>
internal sealed record Positional(string Name, string Description)
{
    /// <summary>The model file, which every command about models takes.</summary>
    public static Positional Model { get; } =
        new("MODEL", "The model file: a .flm package or a framework's own file, or the URL of one.") { Variable = "FLAMA_MODEL_PATH", IsFile = true };

    /// <summary>The variable that can stand in for it; null for none.</summary>
    public string? Variable { get; init; }

    /// <summary>Whether a command can do without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether it names a file.</summary>
    public bool IsFile { get; init; }

    /// <summary>Whether there may be several of it.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Words that it is likely to be, for a shell to complete.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The argument for the parser.</summary>
    public Argument ToArgument()
    {
        Argument argument = IsRepeated ? new Argument<string[]>(Name) { Arity = ArgumentArity.ZeroOrMore } : new Argument<string>(Name) { Arity = ArgumentArity.ZeroOrOne };
        argument.Description = Description;
        argument.CompletionSources.Clear();
        argument.CompletionSources.Add(context => Words.Select(word => new System.CommandLine.Completions.CompletionItem(word))
            .Concat(IsFile ? FileNames.Starting(context.WordToComplete) : []));
        return argument;
    }
}
