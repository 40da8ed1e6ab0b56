using Flama.Hosting.Repository;
using Microsoft.Extensions.Configuration;

namespace Flama.Hosting.Configuration;

/// <summary>The options of a repository: the defaults, the section <c>Repository</c>, and what the application sets in code.</summary>
internal static class RepositorySection
{
    private const string Section = "Repository";

    /// <summary>Reads them.</summary>
    /// <exception cref="FlamaException">There is no directory, or something is out of range or not known (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static RepositoryOptions Read(FlamaConfiguration configuration, string? directory, Action<RepositoryOptions>? configure)
    {
        RepositoryOptions options = new();
        if (configuration.Take(Section) is { } section)
        {
            // The policy is read by hand below.
            SectionBinding.Bind(section, options, static (from, repository) => from.Bind(repository));
            var versions = section.GetSection(nameof(RepositoryOptions.Versions));
            if (versions.Value is { Length: > 0 } text)
            {
                options.Versions = VersionPolicy.TryParse(text, out var policy) ? policy : throw SectionBinding.Wrong(versions.Path, text, VersionPolicy.Expected);
            }
        }

        options.Directory = directory ?? options.Directory;
        configure?.Invoke(options);
        options.Check();
        return options;
    }
}
