using Microsoft.Extensions.Options;

namespace Flama.AspNetCore;

/// <summary>Checks the options once, when the application starts.</summary>
internal sealed class FlamaOptionsValidator : IValidateOptions<FlamaOptions>
{
    /// <summary>Checks all options.</summary>
    /// <exception cref="FlamaException">An option is out of range or contradicts another (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public ValidateOptionsResult Validate(string? name, FlamaOptions options)
    {
        CheckPath(nameof(options.SchemaPath), options.SchemaPath);
        CheckPath(nameof(options.DocsPath), options.DocsPath);
        var hasDocs = !string.IsNullOrEmpty(options.DocsPath);
        if (hasDocs && string.IsNullOrEmpty(options.SchemaPath))
        {
            throw Invalid(
                $"DocsPath is '{options.DocsPath}' and SchemaPath is empty: the docs page shows the schema.",
                "Set SchemaPath, or set DocsPath to null as well.");
        }

        if (hasDocs && string.Equals(options.DocsPath!.Trim('/'), options.SchemaPath!.Trim('/'), StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid($"DocsPath and SchemaPath are both '{options.DocsPath}'.", "Give them different paths.");
        }

        if (string.IsNullOrWhiteSpace(options.Title))
        {
            throw Invalid("Title is empty.", "Give the API a title.");
        }

        if (options.MaxRequestBodyBytes < 1)
        {
            throw Invalid($"MaxRequestBodyBytes is {options.MaxRequestBodyBytes}.", "It must be 1 or more; the default is 33554432 (32 MiB).");
        }

        if (options.MaxRequestBodyBytes > Array.MaxLength)
        {
            throw Invalid($"MaxRequestBodyBytes is {options.MaxRequestBodyBytes}.", $"The most that is possible is {Array.MaxLength}.");
        }

        if (options.MaxDegreeOfParallelism < 1)
        {
            throw Invalid($"MaxDegreeOfParallelism is {options.MaxDegreeOfParallelism}.", "It must be 1 or more; the default is 1.");
        }

        return ValidateOptionsResult.Success;
    }

    private static void CheckPath(string name, string? path)
    {
        if (!string.IsNullOrEmpty(path) && (path[0] != '/' || path.Contains("//", StringComparison.Ordinal) || path.AsSpan().ContainsAny("{}?#*")))
        {
            throw Invalid(
                $"{name} is '{path}'.", "A path starts with a slash and has no empty segment, braces, '?', '#' or '*', for example /schema/.");
        }
    }

    private static FlamaException Invalid(string message, string remedy) => new(ErrorCodes.InvalidOption, message, remedy);
}
