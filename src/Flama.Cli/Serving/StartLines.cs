using System.Globalization;

namespace Flama.Cli.Serving;

/// <summary>What a server says when it is ready: what is served, and where.</summary>
internal static class StartLines
{
    /// <summary>The lines about the model, before the server listens.</summary>
    public static string Loaded(string name, Model model, TimeSpan elapsed)
    {
        var metadata = model.Metadata;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Model '{name}' is {metadata.ModelClass} of {metadata.Framework} {metadata.FrameworkVersion}, id {metadata.Id}, loaded in {elapsed.TotalSeconds:0.00} s");
    }

    /// <summary>The lines about the addresses, once the server listens. The last one ends the start.</summary>
    /// <param name="address">The server's address without a slash at the end.</param>
    /// <param name="options">What is served.</param>
    /// <param name="model">The model.</param>
    public static IEnumerable<string> Listening(string address, ServeOptions options, Model model)
    {
        var methods = string.Join(", ", model.Methods.Select(method => method.Name).Prepend("inspect"));
        yield return $"Model '{options.ModelName}' is at {address}{Slashed(options.ModelUrl)} with {methods}";
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

    private static string Slashed(string path) => path.EndsWith('/') ? path : $"{path}/";
}
