using System.Globalization;

namespace Flama.Cli.Serving;

/// <summary>What a server says when it is ready: what is served, and where.</summary>
internal static class StartLines
{
    /// <summary>The line about a model before the server listens.</summary>
    public static string Loaded(LoadedModel model)
    {
        var metadata = model.Model.Metadata;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Model '{model.File.Name}' is {metadata.ModelClass} of {metadata.Framework} {metadata.FrameworkVersion}, id {metadata.Id}, loaded in {model.Elapsed.TotalSeconds:0.00} s");
    }

    /// <summary>The lines about the addresses, once the server listens. The last one ends the start.</summary>
    /// <param name="address">The server's address without a slash at the end.</param>
    /// <param name="options">What is served.</param>
    /// <param name="models">The models.</param>
    public static IEnumerable<string> Listening(string address, ServeOptions options, IReadOnlyList<LoadedModel> models)
    {
        foreach (var model in models)
        {
            var methods = string.Join(", ", model.Model.Methods.Select(method => method.Name).Prepend("inspect"));
            yield return $"Model '{model.File.Name}' is at {address}{Slashed(model.File.Url)} with {methods}";
        }

        if (options.DocsPath.Length > 0)
        {
            yield return $"Docs are at {address}{Slashed(options.DocsPath)}";
        }

        if (options.SchemaPath.Length > 0)
        {
            yield return $"Schema is at {address}{Slashed(options.SchemaPath)}";
        }

        yield return $"Flama running on {address} (Press CTRL+C to quit)";
    }

    /// <summary>The line about a model after the last request.</summary>
    public static string Stopped(string address, LoadedModel model) =>
        $"Model '{model.File.Name}', id {model.Model.Metadata.Id}, is no longer at {address}{Slashed(model.File.Url)}";

    private static string Slashed(string path) => path.EndsWith('/') ? path : $"{path}/";
}
