namespace Flama.AspNetCore.Models;

/// <summary>The path a model is served at.</summary>
internal static class ModelUrl
{
    /// <summary>Gives the path a slash at both ends: empty and <c>/</c> are the root, <c>/churn</c> and <c>/churn/</c> the same.</summary>
    /// <exception cref="FlamaException">It is no path (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static string Normalize(string url)
    {
        if (url is "" or "/")
        {
            return "/";
        }

        var start = url.StartsWith('/') ? 1 : 0;
        var trimmed = url.Length > start && url.EndsWith('/') ? url[start..^1] : url[start..];
        return trimmed.Split('/').Any(string.IsNullOrWhiteSpace) || trimmed.AsSpan().ContainsAny("?#")
            ? throw new FlamaException(
                ErrorCodes.InvalidOption, $"A model cannot be served at '{url}'.", "Give a path such as /churn/, without empty segments, '?' and '#'.")
            : $"/{trimmed}/";
    }

    /// <summary>The name of a model that was given none: the last segment of its path, or <c>model</c> at the root.</summary>
    public static string DefaultName(string normalized) =>
        normalized.Length == 1 ? "model" : normalized.Split('/', StringSplitOptions.RemoveEmptyEntries)[^1];
}
