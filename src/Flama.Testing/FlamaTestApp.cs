using System.Text.Json;
using Flama.AspNetCore;
using Flama.Hosting;
using Flama.Scoring;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flama.Testing;

/// <summary>An application with its models, started in memory: no port is opened. Say what differs from production first; it starts with the first use of anything else.</summary>
/// <remarks>
/// <code>
/// await using FlamaTestApp&lt;Program&gt; app = new();
/// await app.AssertCasesAsync("churn");
/// </code>
/// One application serves any number of tests at once; dispose it after the last. It is a <see cref="WebApplicationFactory{TProgram}"/>, with all that one has.
/// </remarks>
/// <typeparam name="TProgram">A type of the application's assembly, usually its <c>Program</c>.</typeparam>
public class FlamaTestApp<TProgram> : WebApplicationFactory<TProgram>
    where TProgram : class
{
    private readonly List<KeyValuePair<string, string?>> settings = [];
    private readonly List<Action<IServiceCollection>> services = [];
    private readonly List<string> substituted = [];
    private readonly Lazy<HttpClient> client;
    private bool isStarted;

    /// <summary>Prepares the application; it is not started yet.</summary>
    public FlamaTestApp() => client = new(() => CreateClient());

    /// <summary>A client of the application, which stays the application's. <see cref="WebApplicationFactory{TProgram}.CreateClient()"/> makes others.</summary>
    public HttpClient Client => client.Value;

    /// <summary>Sets a value of the application's configuration, over all that files and variables say.</summary>
    /// <param name="key">The key, with colons between its parts: <c>Flama:Http:MaxRows</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>This application.</returns>
    /// <exception cref="InvalidOperationException">It has started.</exception>
    public FlamaTestApp<TProgram> UseSetting(string key, string? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return Prepare(() => settings.Add(new(key, value)));
    }

    /// <summary>Adds or replaces services of the application, after its own.</summary>
    /// <param name="configure">Does it.</param>
    /// <returns>This application.</returns>
    /// <exception cref="InvalidOperationException">It has started.</exception>
    public FlamaTestApp<TProgram> UseServices(Action<IServiceCollection> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Prepare(() => services.Add(configure));
    }

    /// <summary>Puts the model of another file in the place of one of the application's, whose own file need not exist.</summary>
    /// <param name="name">The model's name in the application.</param>
    /// <param name="path">The file or directory.</param>
    /// <returns>This application.</returns>
    /// <exception cref="InvalidOperationException">It has started.</exception>
    public FlamaTestApp<TProgram> UseModel(string name, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return UseModel(name, () => FlamaModel.Load(path));
    }

    /// <summary>Puts a model in the place of one of the application's, such as a <see cref="FakeModel"/>.</summary>
    /// <param name="name">The model's name in the application.</param>
    /// <param name="model">The model; stays the caller's.</param>
    /// <returns>This application.</returns>
    /// <exception cref="InvalidOperationException">It has started.</exception>
    public FlamaTestApp<TProgram> UseModel(string name, Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return UseModel(name, () => new LoadedModel(model, ownsModel: false));
    }

    /// <summary>Puts a model in the place of one of the application's; with a package, a fake has the artifacts of that: <c>() => new LoadedModel(fake, ModelPackage.Open("churn.flm"))</c>.</summary>
    /// <param name="name">The model's name in the application.</param>
    /// <param name="make">Makes the model, at the start and at each reload.</param>
    /// <returns>This application.</returns>
    /// <exception cref="InvalidOperationException">It has started.</exception>
    public FlamaTestApp<TProgram> UseModel(string name, Func<LoadedModel> make)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(make);
        return Prepare(() =>
        {
            substituted.Add(name);
            services.Add(collection => collection.SubstituteModel(name, make));
        });
    }

    /// <summary>A model of the application by its name: to predict with directly, or to replace while the application runs.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists the names.</exception>
    public ServedModel ModelOf(string name) => Services.GetRequiredService<ServedModels>()[name];

    /// <summary>The path of a model's endpoint in the application.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="method">The method; null for the path that shows the model's metadata.</param>
    /// <exception cref="KeyNotFoundException">There is no such endpoint; the message lists those that there are.</exception>
    public string PathOf(string name, string? method = ModelMethod.Predict)
    {
        var endpoints = Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => (Path: $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}", Model: endpoint.Metadata.GetMetadata<IModelEndpoint>()))
            .Where(endpoint => endpoint.Model is { IsStream: false })
            .ToList();
        return endpoints.Find(endpoint => endpoint.Model!.ModelName == name && endpoint.Model.MethodName == method).Path
            ?? throw new KeyNotFoundException($"There is no endpoint for '{method ?? "inspect"}' of the model '{name}'. There are: {string.Join(", ", endpoints.Select(endpoint => endpoint.Path))}.");
    }

    /// <summary>Asks a model's endpoint for predictions.</summary>
    /// <typeparam name="T">What a row is answered with: a number, a text, an array of numbers, ….</typeparam>
    /// <param name="name">The model's name.</param>
    /// <param name="rows">The rows: arrays, records, dictionaries, JSON; see <see cref="ModelRows"/>.</param>
    /// <param name="method">The method, which takes rows.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The output, a value for each row.</returns>
    /// <exception cref="HttpRequestException">The answer is an error; the message is its detail.</exception>
    /// <exception cref="FlamaException">Records or dictionaries do not fit the model.</exception>
    public async Task<T[]> PredictAsync<T>(string name, ModelRows rows, string method = ModelMethod.Predict, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ReadOnlyMemory<byte> json;
        using (var lease = ModelOf(name).Acquire())
        {
            json = rows.ToJson(lease.Model.GetMethod(method));
        }

        return await Client.PredictAsync<T>(PathOf(name, method), json, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a model's endpoint tells of it: metadata and artifacts.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="HttpRequestException">The answer is an error.</exception>
    public async Task<JsonElement> InspectAsync(string name, CancellationToken cancellationToken = default)
    {
        var text = await Client.GetByteArrayAsync(new Uri(PathOf(name, null), UriKind.Relative), cancellationToken).ConfigureAwait(false);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>Asserts that a model's endpoints answer what its package has as <c>cases.json</c>.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="tolerance">The largest relative difference between numbers that are still equal.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="CasesDifferException">An answer differs, or is an error.</exception>
    /// <exception cref="FlamaException">The model was stored without cases.</exception>
    public async Task AssertCasesAsync(string name, double tolerance = ModelCases.DefaultTolerance, CancellationToken cancellationToken = default)
    {
        using var lease = ModelOf(name).Acquire();
        await AssertAsync(name, lease, ModelAssertions.Stored(lease.Loaded), tolerance, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asserts that a model's endpoints answer what a file of cases says.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="path">The file: JSON, or CSV with the answers of <c>predict</c> in the column <c>output</c>.</param>
    /// <param name="tolerance">The largest relative difference between numbers that are still equal.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="CasesDifferException">An answer differs, or is an error.</exception>
    /// <exception cref="FlamaException">The file cannot be read, or is not one of cases for this model.</exception>
    public async Task AssertCasesAsync(string name, string path, double tolerance = ModelCases.DefaultTolerance, CancellationToken cancellationToken = default)
    {
        using var lease = ModelOf(name).Acquire();
        await AssertAsync(name, lease, await ModelCases.ReadFileAsync(path, lease.Model, cancellationToken).ConfigureAwait(false), tolerance, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        isStarted = true;
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(collection => services.ForEach(configure => configure(collection)));
    }

    /// <inheritdoc/>
    protected override IHost CreateHost(IHostBuilder builder)
    {
        var host = base.CreateHost(builder);
        var models = host.Services.GetRequiredService<ServedModels>();
        if (substituted.Find(name => !models.TryGet(name, out _)) is { } unknown)
        {
            var message = $"The application has no model '{unknown}' to put another in the place of. It has: {string.Join(", ", models.Models.Select(model => model.Name))}.";
            host.Dispose();
            throw new InvalidOperationException(message);
        }

        return host;
    }

    private Task AssertAsync(string name, ModelLease lease, IReadOnlyList<ModelCase> cases, double tolerance, CancellationToken cancellationToken)
    {
        var first = PathOf(name, cases[0].Method);
        return Client.AssertCasesAsync(first[..^(cases[0].Method.Length + 1)], cases, lease.Model, tolerance, cancellationToken);
    }

    private FlamaTestApp<TProgram> Prepare(Action prepare)
    {
        if (isStarted)
        {
            throw new InvalidOperationException("The application has started: say what differs before it is first used.");
        }

        prepare();
        return this;
    }
}
