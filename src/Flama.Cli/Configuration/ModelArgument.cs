using System.Buffers;
using Flama.Cli.Settings;

namespace Flama.Cli.Configuration;

/// <summary>Reads the text of <c>--model</c>: a path, or <c>file=PATH,url=URL,name=NAME</c>.</summary>
internal static class ModelArgument
{
    private static readonly SearchValues<char> InKeys = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");

    /// <summary>Reads one model.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="origin">Where.</param>
    /// <param name="ignored">Takes the keys without a meaning.</param>
    /// <exception cref="FlamaException">A key is unknown, comes twice or has no value, or there is no file.</exception>
    public static ModelEntry Read(string text, SettingOrigin origin, ICollection<string> ignored)
    {
        var where = $"{origin.InMessage} '{text}'";
        if (!HasKeys(text))
        {
            return text.Length > 0
                ? new(text, null, null, origin)
                : throw Wrong($"{origin.InMessage} is empty.");
        }

        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach (var part in text.Split(','))
        {
            var equals = part.IndexOf('=');
            var key = equals > 0 ? part[..equals].Trim() : throw Wrong($"{where} has '{part}', expected KEY=VALUE.");
            if (ModelKeys.Foreign.Contains(key, StringComparer.Ordinal))
            {
                ignored.Add(key);
                continue;
            }

            if (!ModelKeys.Known.Contains(key, StringComparer.Ordinal))
            {
                throw ModelKeys.Unknown(where, key);
            }

            var meaning = key == ModelKeys.Path ? ModelKeys.File : key;
            if (!pairs.TryAdd(meaning, part[(equals + 1)..]))
            {
                throw Wrong($"{where} sets {meaning} twice.");
            }
        }

        return pairs.TryGetValue(ModelKeys.File, out var file) && file.Length > 0
            ? new(file, pairs.GetValueOrDefault(ModelKeys.Url), pairs.GetValueOrDefault(ModelKeys.Name), origin) { Key = pairs.GetValueOrDefault(ModelKeys.Key), InputShape = ShapeOf(pairs.GetValueOrDefault(ModelKeys.InputShape), where), Schema = pairs.GetValueOrDefault(ModelKeys.Schema), Sha256 = pairs.GetValueOrDefault(ModelKeys.Sha256) }
            : throw Wrong($"{where} names no file.");
    }

    private static string? ShapeOf(string? text, string where) => text is null || text.Split(';').All(static shape => InputShape.TryParse(shape, out _))
        ? text
        : throw Wrong($"{where} has {ModelKeys.InputShape} '{text}', expected {InputShape.Expected}.");

    // A path can hold an equals sign; what stands before the first one is a key when it looks like one.
    private static bool HasKeys(string text)
    {
        var equals = text.IndexOf('=');
        return equals > 0 && text.AsSpan(0, equals).IndexOfAnyExcept(InKeys) < 0;
    }

    private static FlamaException Wrong(string message) => new(
        ErrorCodes.InvalidOption, message, "Write file=PATH[,url=URL][,name=NAME]; for a value with a comma in it use a file: --model @FILE.");
}
