using System.Globalization;
using Flama.Cli.Logging;
using Flama.Cli.Settings;

namespace Flama.Cli.Serving;

/// <summary>What a server logs when it is ready: what is served, and where.</summary>
internal static class StartLines
{
    /// <summary>The line about a model before the server listens.</summary>
    public static LogLine Loaded(LoadedModel model)
    {
        var metadata = model.Model.Metadata;
        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Model '{model.File.Name}' is {metadata.ModelClass} of {metadata.Framework} {metadata.FrameworkVersion}, id {metadata.Id}, loaded in {model.Elapsed.TotalSeconds:0.00} s"),
            [
                new("model", model.File.Name),
                new("id", metadata.Id?.ToString()),
                new("class", metadata.ModelClass),
                new("framework", metadata.Framework),
                new("framework_version", metadata.FrameworkVersion),
                new("seconds", Math.Round(model.Elapsed.TotalSeconds, 3)),
            ]);
    }

    /// <summary>The lines about the addresses, once the server listens. The last one ends the start.</summary>
    /// <param name="address">The server's address without a slash at the end.</param>
    /// <param name="plan">What is served.</param>
    /// <param name="models">The models.</param>
    public static IEnumerable<LogLine> Listening(string address, ServerPlan plan, IReadOnlyList<LoadedModel> models)
    {
        foreach (var model in models)
        {
            List<string> methods = ["inspect", .. model.Model.Methods.Select(method => method.Name)];
            var url = $"{address}{Slashed(model.File.Url)}";
            yield return new(
                $"Model '{model.File.Name}' is at {url} with {string.Join(", ", methods)}",
                [new("model", model.File.Name), new("id", model.Model.Metadata.Id?.ToString()), new("url", url), new("methods", methods)]);
        }

        if (plan.DocsPath.Length > 0)
        {
            yield return Address("Docs are at", $"{address}{Slashed(plan.DocsPath)}");
        }

        if (plan.Values.Get(AppSettings.SchemaPath) is { Length: > 0 } schema)
        {
            yield return Address("Schema is at", $"{address}{Slashed(schema)}");
        }

        yield return new($"Flama running on {address} (Press CTRL+C to quit)", [new("url", address)]);
    }

    /// <summary>The line about a model after the last request.</summary>
    public static LogLine Stopped(string address, LoadedModel model)
    {
        var url = $"{address}{Slashed(model.File.Url)}";
        var id = model.Model.Metadata.Id;
        return new(
            $"Model '{model.File.Name}', id {id}, is no longer at {url}", [new("model", model.File.Name), new("id", id?.ToString()), new("url", url)]);
    }

    private static LogLine Address(string what, string url) => new($"{what} {url}", [new("url", url)]);

    private static string Slashed(string path) => path.EndsWith('/') ? path : $"{path}/";
}
