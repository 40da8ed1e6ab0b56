using System.Buffers;

namespace Flama.Hosting;

/// <summary>The rule for the paths that models, the schema and the docs page are mapped at.</summary>
public static class EndpointPath
{
    // Routing gives these a meaning, or a URL does.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("?#{}*\\ \t\r\n");

    /// <summary>What a path has to be, for messages.</summary>
    public static string Expected => "a path such as /models/churn/, without empty segments and without any of ?#{}*";

    /// <summary>Whether it is such a path, with or without a slash at its ends; <c>/</c> and an empty text are the root.</summary>
    public static bool IsValid(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return !path.Contains("//", StringComparison.Ordinal) && path.AsSpan().IndexOfAny(Forbidden) < 0;
    }
}
