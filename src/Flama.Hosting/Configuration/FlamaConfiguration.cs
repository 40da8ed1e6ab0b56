using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Hosting.Configuration;

/// <summary>What the application's configuration says: the section <c>Flama</c>, or the one that <c>AddFlama</c> got. Thread-safe.</summary>
internal sealed class FlamaConfiguration(IConfiguration? root)
{
    /// <summary>The section that is read where the application names no other.</summary>
    public const string DefaultSection = "Flama";

    private readonly ConcurrentDictionary<string, bool> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of it; null for an application without a configuration.</summary>
    public IConfiguration? Root => root;

    /// <summary>The configuration of an application.</summary>
    public static FlamaConfiguration Of(IServiceProvider host) => host.GetRequiredService<FlamaConfiguration>();

    /// <summary>The section of a feature, which is noted as one that has an effect; null where it is not there.</summary>
    public IConfigurationSection? Take(string name)
    {
        taken.TryAdd(name, true);
        return root?.GetSection(name) is { } section && section.Exists() ? section : null;
    }

    /// <summary>Whether something reads the section.</summary>
    public bool IsTaken(string name) => taken.ContainsKey(name);
}
