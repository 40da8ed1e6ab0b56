using Flama.Hosting.Reloading;
using Microsoft.Extensions.Configuration;

namespace Flama.Hosting.Configuration;

/// <summary>How a model's file is watched, as a section has it: <c>true</c>, <c>false</c>, or the options themselves.</summary>
internal sealed class ReloadSection
{
    public TimeSpan? Delay { get; set; }

    public IList<string>? Directories { get; set; }

    public IList<string>? Includes { get; set; }

    public IList<string>? Excludes { get; set; }

    /// <summary>Reads a section.</summary>
    /// <exception cref="FlamaException">It is neither a word nor such options.</exception>
    public static ReloadOptions? Read(IConfigurationSection section)
    {
        if (section.Value is { Length: > 0 } text)
        {
            return bool.TryParse(text, out var isOn)
                ? isOn ? new() : null
                : throw SectionBinding.Wrong(section.Path, text, "true, false, or an object with Delay, Directories, Includes, Excludes");
        }

        ReloadSection own = new();
        SectionBinding.Bind(section, own, static (from, options) => from.Bind(options));
        ReloadOptions defaults = new();
        return new()
        {
            Delay = own.Delay ?? defaults.Delay,
            Directories = own.Directories?.AsReadOnly() ?? defaults.Directories,
            Includes = own.Includes?.AsReadOnly() ?? defaults.Includes,
            Excludes = own.Excludes?.AsReadOnly() ?? defaults.Excludes,
        };
    }
}
