using Flama.Cli.Settings;

namespace Flama.Cli.Parsing;

/// <summary>Brings the ways to write an option that the parser behind does not know into those that it does.</summary>
/// <remarks>
/// The parser takes <c>--name=</c> for an option without a value, and reads a flag's value only where it is <c>true</c> or <c>false</c>. Here
/// <c>--name=</c> is the empty value, flags take all the words of the Python original, and each switch has an option that switches it off.
/// </remarks>
internal static class ArgumentTokens
{
    /// <summary>Rewrites the arguments up to <c>--</c>.</summary>
    /// <param name="arguments">As the user wrote them.</param>
    /// <param name="settings">The settings by every name.</param>
    /// <exception cref="FlamaException">An option has no value, or a flag a wrong one.</exception>
    public static List<string> Normalize(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, Setting> settings)
    {
        List<string> tokens = new(arguments.Count + 4);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument == "--")
            {
                tokens.AddRange(arguments.Skip(i));
                break;
            }

            var equals = argument.StartsWith('-') ? argument.IndexOf('=') : -1;
            var name = equals < 0 ? argument : argument[..equals];
            if (!settings.TryGetValue(name, out var setting))
            {
                tokens.Add(argument);
                continue;
            }

            var value = equals < 0 ? null : argument[(equals + 1)..];
            tokens.Add(setting.Name);
            tokens.Add(setting.IsFlag ? FlagValue(setting, name, value, arguments, ref i) : value ?? OptionalValue(setting, arguments, ref i) ?? NextValue(setting, arguments, ref i, settings));
        }

        return tokens;
    }

    private static string FlagValue(Setting setting, string name, string? value, IReadOnlyList<string> arguments, ref int index)
    {
        var isNegated = name == setting.Negation;
        if (value is null && index + 1 < arguments.Count && Kinds.TryReadFlag(arguments[index + 1], out _))
        {
            value = arguments[++index];
        }

        return value switch
        {
            null => isNegated ? "false" : "true",
            _ when Kinds.TryReadFlag(value, out var on) => on ^ isNegated ? "true" : "false",
            _ => throw new FlamaException(ErrorCodes.InvalidOption, $"{setting.Name} is '{value}', expected {setting.Kind.Expected}."),
        };
    }

    // What can be its value is; anything else, the model for example, is left to what comes.
    private static string? OptionalValue(Setting setting, IReadOnlyList<string> arguments, ref int index) => setting.Kind.BareText switch
    {
        null => null,
        _ when index + 1 < arguments.Count && (setting.Kind.IsNext ?? setting.Kind.Takes)(arguments[index + 1]) => arguments[++index],
        var bare => bare,
    };

    private static string NextValue(
        Setting setting, IReadOnlyList<string> arguments, ref int index, IReadOnlyDictionary<string, Setting> settings)
    {
        // An option's name where a value should be is a forgotten value; a value that looks so can be written --name=value.
        if (index + 1 >= arguments.Count || settings.ContainsKey(arguments[index + 1]))
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption, $"{setting.Name} needs a value.", $"Write it as: {setting.Name} {setting.Kind.ValueName}");
        }

        return arguments[++index];
    }
}
