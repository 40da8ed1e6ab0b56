using System.Runtime.CompilerServices;
using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Caching;
using Flama.AspNetCore.Docs;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Keys;
using Flama.AspNetCore.Memory;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.OpenApi;
using Flama.AspNetCore.Predict;
using Flama.AspNetCore.Repository;
using Flama.AspNetCore.Streaming;
using Flama.Hosting;
using Flama.Hosting.Predictions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore;

/// <summary>What Flama's endpoints of one application share. Made when the first of them is mapped; nothing of it is in the application's own container.</summary>
internal sealed class HttpServices
{
    // After the last large request; the pools that the runtime trims by itself take about as long.
    private static readonly TimeSpan RestBeforeTrim = TimeSpan.FromSeconds(5);

    // One set per application: its registry of models is the key, and ends with it.
    private static readonly ConditionalWeakTable<ServedModels, HttpServices> All = [];

    private HttpServices(IServiceProvider host, ServedModels models)
    {
        Options = FlamaHttpSection.Of(host);
        Flama = host.GetRequiredService<IOptions<FlamaOptions>>().Value;
        Served = models;
        Loggers = host.GetRequiredService<ILoggerFactory>();
        Buffers = new PooledBuffers();
        var lifetime = host.GetRequiredService<IHostApplicationLifetime>();
        IdleTrim trim = new(RestBeforeTrim);
        lifetime.ApplicationStopped.UnsafeRegister(static state => ((IdleTrim)state!).Dispose(), trim);
        Memory = new MemoryBudget(Options.MaxRequestMemoryBytes, trim);
        Routes = new ModelRoutes();
        Keys = new KeyProtection(host);
        Errors = new ErrorResponder(Options, Buffers, new DebugPages(Options, host), Loggers.CreateLogger<ErrorResponder>());
        var watch = PredictionWatch.Of(host);
        ModelGates gates = new(Options);
        var inputLimit = InputLimit.Of(Options);
        Predict = new PredictServices(
            new PredictRequestReader(Options, Buffers, Memory), new PredictResponseWriter(Buffers), Errors, Memory, host.GetService<TimeProvider>() ?? TimeProvider.System, Options.ModelHeaders, watch)
        {
            Gates = gates,
            InputLimit = inputLimit,
            Buffers = Buffers,
            HidesInternals = Flama.HidesInternals,
            Cache = host.GetService<PredictionCache>(),
        };
        Streams = new StreamServices(Options, Buffers, Errors, Memory, lifetime, watch)
        {
            Gates = gates,
            InputLimit = inputLimit,
        };
        Schema = new SchemaDocument(host, this);
        Assets = new DocsAssets();
    }

    public FlamaHttpOptions Options { get; }

    public FlamaOptions Flama { get; }

    public ServedModels Served { get; }

    public ILoggerFactory Loggers { get; }

    public PooledBuffers Buffers { get; }

    public MemoryBudget Memory { get; }

    public ModelRoutes Routes { get; }

    public KeyProtection Keys { get; }

    public ErrorResponder Errors { get; }

    /// <summary>The repositories that are mapped.</summary>
    public List<RepositoryDispatch> Repositories { get; } = [];

    public PredictServices Predict { get; }

    public StreamServices Streams { get; }

    public SchemaDocument Schema { get; }

    public DocsAssets Assets { get; }

    /// <summary>The services of an application.</summary>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    /// <exception cref="OptionsValidationException">Options are out of range or contradict each other.</exception>
    public static HttpServices Of(IServiceProvider host, string caller)
    {
        var models = host.GetService<ServedModels>() ?? throw new InvalidOperationException(
            $"{caller} needs the services of Flama. Call builder.Services.AddFlama() before the application is built.");
        return All.GetValue(models, key => new HttpServices(host, key));
    }
}
