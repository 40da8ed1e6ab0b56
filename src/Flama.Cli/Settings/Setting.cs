namespace Flama.Cli.Settings;

/// <summary>One thing a user can set on the command line or in the environment.</summary>
internal abstract class Setting
{
    private protected Setting(string name, string? valueName, string description)
    {
        Name = name;
        ValueName = valueName;
        Description = description;
        EnvironmentName = $"FLAMA_{name.TrimStart('-').Replace('-', '_').ToUpperInvariant()}";
    }

    /// <summary>The option, for example <c>--model-url</c>.</summary>
    public string Name { get; }

    /// <summary>A one-letter option for the same thing, for example <c>-f</c>; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>The option that switches it off, for example <c>--server-no-access-log</c>; null for none.</summary>
    public string? Negation { get; init; }

    /// <summary>The variable, for example <c>FLAMA_MODEL_URL</c>.</summary>
    public string EnvironmentName { get; }

    /// <summary>What stands for the value on the help page; null for a flag.</summary>
    public string? ValueName { get; }

    /// <summary>What the setting does, one sentence for the help page.</summary>
    public string Description { get; }

    /// <summary>Whether the option works without a value.</summary>
    public bool IsFlag => ValueName is null;

    /// <summary>Whether it collects its values when it is given several times.</summary>
    public bool CanRepeat { get; init; }

    /// <summary>Whether its value must not be shown.</summary>
    public bool IsSecret => Name.EndsWith("-password", StringComparison.Ordinal);

    /// <summary>The words it takes; empty when it takes more than a few.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What its text has to be, for messages: <c>a whole number of 1 or more</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>The value when nobody sets one; null for none.</summary>
    public abstract object? DefaultValue { get; }

    /// <summary>Reads a value of whatever type.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="origin">Where.</param>
    /// <exception cref="FlamaException">The text is no such value (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public abstract object? ReadValue(string text, string origin);

    /// <summary>The default for the help page; null when there is nothing to tell.</summary>
    public abstract string? DefaultText { get; }
}
