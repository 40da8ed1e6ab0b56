using Flama.Hosting.Batching;
using Microsoft.Extensions.Configuration;

namespace Flama.Hosting.Configuration;

/// <summary>How calls are computed together, as a section has it: <c>true</c>, <c>false</c>, or the options themselves.</summary>
internal static class BatchingSection
{
    /// <summary>Reads a section; null where there is none.</summary>
    /// <exception cref="FlamaException">It is neither a word nor such options.</exception>
    public static BatchingOptions? Read(IConfigurationSection section)
    {
        if (!section.Exists())
        {
            return null;
        }

        BatchingOptions options = new();
        if (section.Value is { Length: > 0 } text)
        {
            return bool.TryParse(text, out var isOn)
                ? isOn ? options : new() { MaxRows = 1 }
                : throw SectionBinding.Wrong(section.Path, text, "true, false, or an object with MaxRows, MaxDelay, MaxQueue");
        }

        SectionBinding.Bind(section, options, static (from, batching) => from.Bind(batching));
        return options;
    }
}
