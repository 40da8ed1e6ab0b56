using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Flama.Schemas;
using Microsoft.Extensions.Configuration;

namespace Flama.Hosting.Configuration;

/// <summary>Sets options as a section says, and tells what is wrong with it by its keys.</summary>
internal static class SectionBinding
{
    // Messages may name the class too: RateLimitOptions.Requests.
    private const string OptionsSuffix = "Options.";

    // The types that options have, as the binder names them.
    private static readonly (string Type, string Expected)[] Expectations =
    [
        ("System.Int32", "a whole number"),
        ("System.Int64", "a whole number"),
        ("System.Double", "a number"),
        ("System.Boolean", "true or false"),
        ("System.TimeSpan", "a time such as 00:01:30"),
        (nameof(ValidationMode), $"one of {string.Join(", ", Enum.GetNames<ValidationMode>())}"),
    ];

    /// <summary>Sets options.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">What is set.</param>
    /// <param name="bind">Sets it.</param>
    /// <exception cref="FlamaException">A key is not known, or a value is of another type (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static void Bind<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(
        IConfigurationSection section, TOptions options, Action<IConfiguration, TOptions> bind)
    {
        CheckKeys(section, KeysOf(typeof(TOptions)));
        Run(section, () => bind(section, options));
    }

    /// <summary>Does what reads values; a value of another type is told by its key.</summary>
    public static void Run(IConfiguration section, Action read)
    {
        try
        {
            read();
        }
        catch (InvalidOperationException failure)
        {
            // The binder quotes the key.
            var wrong = section.AsEnumerable().FirstOrDefault(entry => entry.Value is not null && failure.Message.Contains($"'{entry.Key}'", StringComparison.OrdinalIgnoreCase));
            if (wrong.Key is null)
            {
                throw;
            }

            var expected = Array.Find(Expectations, pair => failure.Message.Contains(pair.Type, StringComparison.Ordinal)).Expected ?? "another type";
            throw Wrong(wrong.Key, wrong.Value, expected);
        }
    }

    /// <summary>Refuses keys that are not known.</summary>
    public static void CheckKeys(IConfiguration section, IReadOnlyCollection<string> known)
    {
        if (section is IConfigurationSection { Value: { Length: > 0 } text, Path: var path })
        {
            throw Wrong(path, text, $"an object with {string.Join(", ", known)}");
        }

        foreach (var child in section.GetChildren())
        {
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw Unknown(child, known);
            }
        }
    }

    /// <summary>The names of the properties that can be set: not of what another library makes, such as credentials.</summary>
    public static IReadOnlyList<string> KeysOf([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite || typeof(IEnumerable).IsAssignableFrom(property.PropertyType) || property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal))
            .Where(property => !(property.PropertyType is { IsClass: true, IsAbstract: true } made && made.Assembly != type.Assembly))
            .Select(property => property.Name),
    ];

    /// <summary>Failures of options with the keys of those that the section sets: <c>MaxRows is 0</c> becomes <c>Flama:Http:MaxRows is 0</c>.</summary>
    public static IEnumerable<string> NameKeys(IConfiguration? section, IEnumerable<string> failures) => failures.Select(failure =>
    {
        var name = failure[..Math.Max(0, failure.IndexOf(' ', StringComparison.Ordinal))];
        var option = name[(name.IndexOf(OptionsSuffix, StringComparison.Ordinal) is var at and >= 0 ? at + OptionsSuffix.Length : 0)..];
        return option.Length > 0 && section?.GetSection(option.Replace('.', ':')) is { } found && found.Exists() ? found.Path + failure[name.Length..] : failure;
    });

    /// <summary>The failure for a key that is not known.</summary>
    public static FlamaException Unknown(IConfigurationSection section, IReadOnlyCollection<string> known) => new(
        ErrorCodes.InvalidOption,
        $"The configuration has the key {SafeText.OneLine(section.Path, 200)}, which is not known.",
        Nearest.To(section.Key, known) is { } nearest ? $"Did you mean {ConfigurationPath.Combine([.. Parents(section), nearest])}?" : $"There are: {string.Join(", ", known)}.");

    /// <summary>The failure for a value.</summary>
    public static FlamaException Wrong(string key, string? value, string expected) => new(
        ErrorCodes.InvalidOption, $"The configuration's {SafeText.OneLine(key, 200)} is '{SafeText.OneLine(value ?? "", 100)}', expected {expected}.");

    private static IEnumerable<string> Parents(IConfigurationSection section) =>
        ConfigurationPath.GetParentPath(section.Path) is { Length: > 0 } parent ? [parent] : [];
}
