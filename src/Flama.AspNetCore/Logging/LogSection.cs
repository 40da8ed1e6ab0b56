using Flama.Hosting.Configuration;
using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Logging;

/// <summary>One object of a log configuration, with messages that tell where a value is wrong.</summary>
/// <param name="name">The full name of the object: <c>handlers.default</c>; empty for the whole.</param>
/// <param name="node">The object; null for one that is not there, which is as if it were empty.</param>
/// <param name="file">The file, for messages.</param>
internal sealed class LogSection(string name, ConfigNode? node, string file)
{
    /// <summary>Whether it stands in the file.</summary>
    public bool Exists => node is not null;

    /// <summary>A part that has to be an object.</summary>
    public LogSection Section(string key) => new(FullName(key), Checked(key, ConfigNodeKind.Map, "an object"), file);

    /// <summary>The keys and values; every value has to be an object.</summary>
    public IEnumerable<KeyValuePair<string, LogSection>> Sections() =>
        from member in node?.Members ?? []
        select new KeyValuePair<string, LogSection>(member.Key, Section(member.Key));

    /// <summary>A text; null when there is none.</summary>
    public string? Text(string key) => node?[key] is not { } value ? null
        : value.Kind is ConfigNodeKind.Text or ConfigNodeKind.Number ? value.Text
        : throw Wrong(key, "a text");

    /// <summary>True or false; null when it is not set.</summary>
    public bool? Flag(string key) => Checked(key, ConfigNodeKind.Boolean, "true or false") is { } value ? value.Text == "true" : null;

    /// <summary>A list of texts; null when there is none.</summary>
    public IReadOnlyList<string>? Texts(string key) => Checked(key, ConfigNodeKind.List, "a list of names") is not { } value ? null
        : value.Items.TrueForAll(item => item.Kind == ConfigNodeKind.Text) ? [.. value.Items.Select(item => item.Text)]
        : throw Wrong(key, "a list of names");

    /// <summary>A level; null when there is none.</summary>
    public LogLevel? Level(string key) => Text(key) is not { } text ? null
        : LogLevels.Of(text) ?? throw Wrong(key, "one of CRITICAL, ERROR, WARNING, INFO, DEBUG, TRACE");

    /// <summary>The failure for a value.</summary>
    public FlamaException Wrong(string key, string expected)
    {
        var value = node?[key] ?? node;
        return new FlamaException(
            ErrorCodes.InvalidOption, $"{FullName(key)} (line {value?.Line} of '{file}') is {value?.InMessage ?? "not there"}, expected {expected}.");
    }

    /// <summary>The failure for a name that stands for nothing.</summary>
    public FlamaException Undefined(string key, string what, string word, IEnumerable<string> known)
    {
        var near = Nearest.To(word, known);
        return new FlamaException(
            ErrorCodes.InvalidOption,
            $"{FullName(key)} (line {(node?[key] ?? node)?.Line} of '{file}') names the {what} '{word}', which is not there.",
            near is null ? $"Define it in {what}s." : $"Did you mean {near}?");
    }

    /// <summary>Collects the keys that have a value and no meaning.</summary>
    public void Ignore(ICollection<string> ignored, params ReadOnlySpan<string> known)
    {
        foreach (var (key, value) in node?.Members ?? [])
        {
            if (value.Kind != ConfigNodeKind.Null && !known.Contains(key))
            {
                ignored.Add(FullName(key));
            }
        }
    }

    private string FullName(string key) => name.Length == 0 ? key : $"{name}.{key}";

    private ConfigNode? Checked(string key, ConfigNodeKind kind, string expected) =>
        node?[key] is not { } value ? null : value.Kind == kind ? value : throw Wrong(key, expected);
}
