using Flama.Hosting;

namespace Flama.AspNetCore.Models;

/// <summary>The path a model is served at.</summary>
internal static class ModelUrl
{
    /// <summary>Gives the path a slash at both ends: empty and <c>/</c> are the root, <c>/churn</c> and <c>/churn/</c> the same.</summary>
    /// <exception cref="FlamaException">It is not a path (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static string Normalize(string url)
    {
        if (url is "" or "/")
        {
            return "/";
        }

        return EndpointPath.IsValid(url)
            ? $"/{url.Trim('/')}/"
            : throw new FlamaException(ErrorCodes.InvalidOption, $"A model cannot be served at '{url}'.", $"Give {EndpointPath.Expected}.");
    }

    /// <summary>The name of a model that was given none: the last segment of its path, or <c>model</c> at the root.</summary>
    public static string DefaultName(string normalized) =>
        normalized.Length == 1 ? "model" : normalized.Split('/', StringSplitOptions.RemoveEmptyEntries)[^1];
}
