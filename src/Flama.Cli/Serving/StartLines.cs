using System.Globalization;
using System.Net;
using Flama.Cli.Logging;
using Flama.Cli.Settings;
using Flama.Hosting;

namespace Flama.Cli.Serving;

/// <summary>What a server logs when it is ready: what is served, and where.</summary>
internal static class StartLines
{
    /// <summary>The line about a model before the server listens.</summary>
    public static LogLine Loaded(ServedModel model)
    {
        using var lease = model.Acquire();
        var metadata = lease.Model.Metadata;
        var elapsed = lease.Loaded.Elapsed;
        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Model '{model.Name}' is {metadata.ModelClass} of {metadata.Framework} {metadata.FrameworkVersion}, id {metadata.Id}, loaded in {elapsed.TotalSeconds:0.00} s"),
            [
                new("model", model.Name),
                new("id", metadata.Id?.ToString()),
                new("class", metadata.ModelClass),
                new("framework", metadata.Framework),
                new("framework_version", metadata.FrameworkVersion),
                new("seconds", Math.Round(elapsed.TotalSeconds, 3)),
            ]);
    }

    /// <summary>The lines about the addresses, once the server listens. The last one ends the start.</summary>
    /// <param name="address">The server's address without a slash at the end.</param>
    /// <param name="plan">What is served.</param>
    /// <param name="models">The models.</param>
    /// <param name="health">Where health is answered on a port of its own; null for nowhere.</param>
    public static IEnumerable<LogLine> Listening(string address, ServerPlan plan, IReadOnlyList<ServedModel> models, IPEndPoint? health)
    {
        foreach (var (file, model) in plan.Models.Zip(models))
        {
            using var lease = model.Acquire();
            List<string> methods = ["inspect", .. lease.Model.Methods.Select(method => method.Name)];
            var url = $"{address}{Slashed(file.Url)}";
            yield return new(
                $"Model '{model.Name}' is at {url} with {string.Join(", ", methods)}",
                [new("model", model.Name), new("id", lease.Model.Metadata.Id), new("url", url), new("methods", methods)]);
        }

        if (plan.DocsPath.Length > 0)
        {
            yield return Address("Docs are at", $"{address}{Slashed(plan.DocsPath)}");
        }

        if (plan.Values.Get(AppSettings.SchemaPath) is { Length: > 0 } schema)
        {
            yield return Address("Schema is at", $"{address}{Slashed(schema)}");
        }

        if (health is not null)
        {
            yield return Address("Health is at", $"http://{health}/health/");
        }

        yield return new($"Flama running on {address} (Press CTRL+C to quit)", [new("url", address)]);
    }

    /// <summary>The line about a model after the last request.</summary>
    public static LogLine Stopped(string address, string path, ServedModel model)
    {
        using var lease = model.Acquire();
        var url = $"{address}{Slashed(path)}";
        var id = lease.Model.Metadata.Id;
        return new(
            $"Model '{model.Name}', id {id}, is no longer at {url}", [new("model", model.Name), new("id", id?.ToString()), new("url", url)]);
    }

    private static LogLine Address(string what, string url) => new($"{what} {url}", [new("url", url)]);

    private static string Slashed(string path) => path.EndsWith('/') ? path : $"{path}/";
}
