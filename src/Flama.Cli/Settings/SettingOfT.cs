using System.Globalization;

namespace Flama.Cli.Settings;

/// <summary>A setting of one type, with its default.</summary>
/// <param name="name">The option.</param>
/// <param name="kind">What its value has to be.</param>
/// <param name="defaultValue">The value when nothing sets one.</param>
/// <param name="description">What the setting does.</param>
internal sealed class Setting<T>(string name, ValueKind<T> kind, T defaultValue, string description) : Setting(name, kind, description)
{
    private Type? target;
    private Action<object, T>? set;

    /// <summary>The value when nothing sets one.</summary>
    public T Default { get; } = defaultValue;

    /// <inheritdoc/>
    public override object? DefaultValue => Default;

    /// <inheritdoc/>
    public override string? DefaultText => Default switch
    {
        null or "" or false => null,
        true => "on",
        _ => Convert.ToString(Default, CultureInfo.InvariantCulture),
    };

    /// <summary>Names the property that the option sets.</summary>
    /// <returns>The same setting.</returns>
    public Setting<T> Sets<TTarget>(Action<TTarget, T> property)
        where TTarget : class
    {
        target = typeof(TTarget);
        set = (instance, value) => property((TTarget)instance, value);
        return this;
    }

    /// <inheritdoc/>
    public override void Apply(SettingValues values, object target)
    {
        if (set is not null && this.target == target.GetType() && values.Get(this) is { } value)
        {
            set(target, value);
        }
    }

    /// <summary>Reads a value.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="origin">Where: the option or the variable.</param>
    /// <exception cref="FlamaException">The text is not such a value (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public T Read(string text, string origin) => kind.TryRead(text, out var value)
        ? value
        : throw new FlamaException(ErrorCodes.InvalidOption, $"{origin} is '{text}', expected {Kind.Expected}.");

    /// <inheritdoc/>
    public override object? ReadValue(string text, string origin) => Read(text, origin);
}
