using Flama.Hosting;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore;

/// <summary>Checks the options of the endpoints.</summary>
internal sealed class FlamaHttpOptionsValidator : IValidateOptions<FlamaHttpOptions>
{
    private const long SmallestMemory = 1 << 20;

    /// <summary>Checks all options and returns every failure.</summary>
    public ValidateOptionsResult Validate(string? name, FlamaHttpOptions options)
    {
        List<string> failures = [];
        CheckPath(failures, nameof(options.SchemaPath), options.SchemaPath);
        CheckPath(failures, nameof(options.DocsPath), options.DocsPath);
        var hasDocs = !string.IsNullOrEmpty(options.DocsPath);
        if (hasDocs && string.IsNullOrEmpty(options.SchemaPath))
        {
            failures.Add(
                $"DocsPath is '{options.DocsPath}' and SchemaPath is empty: the docs page shows the schema. Set SchemaPath, or set DocsPath to null as well.");
        }
        else if (hasDocs && string.Equals(options.DocsPath!.Trim('/'), options.SchemaPath!.Trim('/'), StringComparison.OrdinalIgnoreCase))
        {
            failures.Add($"DocsPath and SchemaPath are both '{options.DocsPath}'. Give them different paths.");
        }

        if (options.MaxRequestBodyBytes < 1)
        {
            failures.Add($"MaxRequestBodyBytes is {options.MaxRequestBodyBytes}. It must be 1 or more; the default is 33554432 (32 MiB).");
        }
        else if (options.MaxRequestBodyBytes > Array.MaxLength)
        {
            failures.Add($"MaxRequestBodyBytes is {options.MaxRequestBodyBytes}. The most that is possible is {Array.MaxLength}.");
        }

        if (options.MaxRequestMemoryBytes < SmallestMemory)
        {
            failures.Add($"MaxRequestMemoryBytes is {options.MaxRequestMemoryBytes}. It must be {SmallestMemory} (1 MiB) or more.");
        }

        CheckAtLeast(failures, "WebSockets.MaxMessageBytes", options.WebSockets.MaxMessageBytes, 1);
        CheckAtLeast(failures, nameof(options.MaxModelConcurrency), options.MaxModelConcurrency, 1);
        CheckAtLeast(failures, nameof(options.MaxModelQueue), options.MaxModelQueue, 0);
        CheckAtLeast(failures, nameof(options.MaxRows), options.MaxRows, 1);
        CheckAtLeast(failures, nameof(options.MaxCells), options.MaxCells, 1);
        if (options.RequestTimeout <= TimeSpan.Zero)
        {
            failures.Add($"RequestTimeout is {options.RequestTimeout}. It must be more than zero, or null for any time.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckAtLeast(List<string> failures, string name, long? value, long smallest)
    {
        if (value < smallest)
        {
            failures.Add($"{name} is {value}. It must be {smallest} or more.");
        }
    }

    private static void CheckPath(List<string> failures, string name, string? path)
    {
        if (!string.IsNullOrEmpty(path) && (path[0] != '/' || !EndpointPath.IsValid(path)))
        {
            failures.Add($"{name} is '{path}'. It must start with a slash and be {EndpointPath.Expected}.");
        }
    }
}
