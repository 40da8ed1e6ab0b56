using System.Globalization;

namespace Flama.Cli.Settings;

/// <summary>A setting of one type, with its default.</summary>
internal sealed class Setting<T> : Setting
{
    private readonly SettingReader<T> reader;

    /// <summary>Describes the setting.</summary>
    /// <param name="name">The option.</param>
    /// <param name="valueName">What stands for the value on the help page; null for a flag.</param>
    /// <param name="description">What the setting does.</param>
    /// <param name="defaultValue">The value when nobody sets one.</param>
    /// <param name="reader">Reads the text.</param>
    /// <param name="expected">What the text should have been, for the message when it cannot be read.</param>
    public Setting(string name, string? valueName, string description, T defaultValue, SettingReader<T> reader, string expected)
        : base(name, valueName, description)
    {
        Default = defaultValue;
        this.reader = reader;
        Expected = expected;
    }

    /// <summary>The value when nobody sets one.</summary>
    public T Default { get; }

    /// <inheritdoc/>
    public override object? DefaultValue => Default;

    /// <inheritdoc/>
    public override string Expected { get; }

    /// <inheritdoc/>
    public override object? ReadValue(string text, string origin) => Read(text, origin);

    /// <inheritdoc/>
    public override string? DefaultText => Default is null or "" || (IsFlag && Default is not true)
        ? null
        : Default is true ? "on" : Convert.ToString(Default, CultureInfo.InvariantCulture);

    /// <summary>Reads a value.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="origin">Where: the option or the variable.</param>
    /// <exception cref="FlamaException">The text is no such value (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public T Read(string text, string origin) => reader(text, out var value)
        ? value
        : throw new FlamaException(ErrorCodes.InvalidOption, $"{origin} is '{text}', expected {Expected}.");
}
