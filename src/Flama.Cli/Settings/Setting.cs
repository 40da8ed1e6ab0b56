using System.CommandLine;

namespace Flama.Cli.Settings;

/// <summary>One option, declared once: its names, its key, its variables, the kind of its value, its default, its help, and the property it sets.</summary>
internal abstract class Setting(string name, ValueKind kind, string description)
{
    /// <summary>The option, for example <c>--model-url</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Other names of the option, for example <c>-f</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The option that switches it off, for example <c>--server-no-access-log</c>; null for none.</summary>
    public string? Negation { get; init; }

    /// <summary>What the setting does, one sentence for the help page.</summary>
    public string Description { get; } = description;

    /// <summary>What its value has to be.</summary>
    public ValueKind Kind { get; } = kind;

    /// <summary>The variable, for example <c>FLAMA_MODEL_URL</c>.</summary>
    public string Variable { get; } = VariableOf(name);

    /// <summary>The variable that the Python original and hosting platforms know, for example <c>PORT</c>; the one of our own wins. Null for none.</summary>
    public string? OtherVariable { get; init; }

    /// <summary>The key in a configuration file, <c>server.log_level</c> for <c>--server-log-level</c>; null when it has none.</summary>
    public string? Key { get; } = KeyOf(name);

    /// <summary>Whether it is accepted for the sake of the Python original and has no effect.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Whether the option works without a value.</summary>
    public bool IsFlag => Kind.ValueName is null;

    /// <summary>Whether its value must not be shown.</summary>
    public bool IsSecret => Name.EndsWith("-password", StringComparison.Ordinal);

    /// <summary>Every name on the command line.</summary>
    public IEnumerable<string> Names => [Name, .. OtherNames];

    private string[] OtherNames => Negation is null ? [.. Aliases] : [.. Aliases, Negation];

    /// <summary>The value when nothing sets one; null for none.</summary>
    public abstract object? DefaultValue { get; }

    /// <summary>The default for the help page; null when there is nothing to tell.</summary>
    public abstract string? DefaultText { get; }

    /// <summary>Reads a value of whatever type.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="origin">Where.</param>
    /// <exception cref="FlamaException">The text is not such a value (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public abstract object? ReadValue(string text, string origin);

    /// <summary>Sets the property that the option stands for, if that is one of <paramref name="target"/>.</summary>
    public abstract void Apply(SettingValues values, object target);

    /// <summary>The option for the parser.</summary>
    public Option ToOption()
    {
        // Texts for every type but flags: a generic option of a number would be compiled when the program starts.
        Option option = IsFlag
            ? new Option<bool>(Name, OtherNames) { Arity = ArgumentArity.ZeroOrMore, CustomParser = static _ => true }
            : new Option<string[]>(Name, OtherNames) { Arity = ArgumentArity.OneOrMore };
        option.Description = Description;
        option.HelpName = Kind.ValueName;
        option.CompletionSources.Clear();
        option.CompletionSources.Add(Kind.Complete);
        return option;
    }

    private static string VariableOf(string name) => $"FLAMA_{name.TrimStart('-').Replace('-', '_').ToUpperInvariant()}";

    private static string? KeyOf(string name)
    {
        var words = name[2..].Split('-', 2);
        return words.Length == 2 && words[0] is "app" or "server" ? $"{words[0]}.{words[1].Replace('-', '_')}" : null;
    }
}
