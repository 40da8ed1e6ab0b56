using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Routing;

namespace Flama.Data;

/// <summary>The data resources of each application. Thread-safe.</summary>
internal static class MappedResources
{
    // One list per application: its services are the key, and end with it.
    private static readonly ConditionalWeakTable<IServiceProvider, List<(IEndpointRouteBuilder Endpoints, string Path, string Name)>> All = [];

    /// <summary>Adds a resource.</summary>
    /// <exception cref="FlamaException">Its path or its name is taken (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static void Add(IEndpointRouteBuilder endpoints, string path, string name)
    {
        var mapped = All.GetOrCreateValue(endpoints.ServiceProvider);
        lock (mapped)
        {
            if (mapped.Find(other => other.Endpoints == endpoints && string.Equals(other.Path, path, StringComparison.OrdinalIgnoreCase)) is { Name: not null } taken)
            {
                throw new FlamaException(ErrorCodes.InvalidOption, $"The data resources '{taken.Name}' and '{name}' are both at '{path}'.", "Give each a path of its own.");
            }

            if (mapped.Exists(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new FlamaException(
                    ErrorCodes.InvalidOption, $"Two data resources are called '{name}', which names their operations in documents.", "Give one another name: options.Name = \"…\".");
            }

            mapped.Add((endpoints, path, name));
        }
    }
}
