using System.Globalization;
using Flama.Cli.Logging;
using Flama.Cli.Settings;
using Flama.Hosting;
using Flama.Hosting.Health;
using Flama.Hosting.Repository;
using Microsoft.Extensions.DependencyInjection;

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
    /// <param name="services">The services of the application.</param>
    public static IEnumerable<LogLine> Listening(string address, ServerPlan plan, IReadOnlyList<ServedModel> models, IServiceProvider services)
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

        foreach (var repository in services.GetServices<ModelRepository>())
        {
            yield return new(
                $"Repository '{repository.Directory}' has {repository.Models.Count} models at {address}{Slashed(repository.Options.Url)}",
                [new("repository", repository.Directory), new("models", repository.Models.Count), new("url", $"{address}{Slashed(repository.Options.Url)}")]);
        }

        if (plan.DocsPath.Length > 0)
        {
            yield return Address("Docs are at", $"{address}{Slashed(plan.DocsPath)}");
        }

        if (plan.Values.Get(AppSettings.SchemaPath) is { Length: > 0 } schema)
        {
            yield return Address("Schema is at", $"{address}{Slashed(schema)}");
        }

        if (plan.Values.Get(AppSettings.McpPath) is { Length: > 0 } mcp)
        {
            yield return Address("Agents find tools at", $"{address}/{mcp.Trim('/')}");
        }

        if (services.GetRequiredService<HealthListener>().EndPoint is { } health)
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
