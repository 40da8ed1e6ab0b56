using Flama.Cli.Settings;

namespace Flama.Cli.Parsing;

/// <summary>Brings every way to write an option into one: the full name, then always a value.</summary>
/// <remarks>
/// The parser behind takes <c>--name=</c> without a value for no value at all, and reads a flag's value only where it is <c>true</c> or
/// <c>false</c>. Here <c>--name=</c> is the empty value, flags take all the words of the Python original, and letters can be joined
/// (<c>-pf FILE</c>).
/// </remarks>
internal static class ArgumentTokens
{
    /// <summary>Rewrites the arguments up to <c>--</c>.</summary>
    /// <param name="arguments">As the user wrote them.</param>
    /// <param name="settings">The settings of all commands by name and alias.</param>
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

            if (!Split(argument, settings, out var names, out var value))
            {
                tokens.Add(argument);
                continue;
            }

            for (var n = 0; n < names.Count - 1; n++)
            {
                tokens.AddRange([names[n].Name, "true"]);
            }

            var setting = names[^1];
            tokens.Add(setting.Name);
            tokens.Add(setting.IsFlag ? FlagValue(setting, argument, value, arguments, ref i) : value ?? NextValue(setting, arguments, ref i, settings));
        }

        return tokens;
    }

    private static bool Split(
        string argument, IReadOnlyDictionary<string, Setting> settings, out List<Setting> names, out string? value)
    {
        names = [];
        value = null;
        if (argument.Length < 2 || argument[0] != '-')
        {
            return false;
        }

        var equals = argument.IndexOf('=');
        if (settings.TryGetValue(equals < 0 ? argument : argument[..equals], out var setting))
        {
            names.Add(setting);
            value = equals < 0 ? null : argument[(equals + 1)..];
            return true;
        }

        return argument[1] != '-' && SplitLetters(argument, settings, names, out value);
    }

    private static bool SplitLetters(string argument, IReadOnlyDictionary<string, Setting> settings, List<Setting> names, out string? value)
    {
        value = null;
        for (var i = 1; i < argument.Length; i++)
        {
            if (!settings.TryGetValue($"-{argument[i]}", out var letter))
            {
                return false;
            }

            names.Add(letter);
            if (!letter.IsFlag)
            {
                value = i + 1 < argument.Length ? argument[(i + 1)..] : null;
                return true;
            }
        }

        return true;
    }

    private static string FlagValue(Setting setting, string argument, string? value, IReadOnlyList<string> arguments, ref int index)
    {
        var isNegated = argument.Split('=')[0] == setting.Negation;
        if (value is null && index + 1 < arguments.Count && SettingKinds.TryReadFlag(arguments[index + 1], out _))
        {
            value = arguments[++index];
        }

        return value switch
        {
            null => isNegated ? "false" : "true",
            _ when SettingKinds.TryReadFlag(value, out var on) => on ^ isNegated ? "true" : "false",
            _ => throw new FlamaException(ErrorCodes.InvalidOption, $"{setting.Name} is '{value}', expected true or false."),
        };
    }

    private static string NextValue(
        Setting setting, IReadOnlyList<string> arguments, ref int index, IReadOnlyDictionary<string, Setting> settings)
    {
        // An option's name in the place of a value is a forgotten value; a value that looks so can be written --name=value.
        if (index + 1 >= arguments.Count || settings.ContainsKey(arguments[index + 1]))
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption, $"{setting.Name} needs a value.", $"Write it as: {setting.Name} {setting.ValueName}");
        }

        return arguments[++index];
    }
}
