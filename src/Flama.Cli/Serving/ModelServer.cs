using System.Net.Sockets;
using Flama.AspNetCore;
using Flama.AspNetCore.Logging;
using Flama.Cli.Commands;
using Flama.Cli.Logging;
using Flama.Cli.Models;
using Flama.Cli.Settings;
using Flama.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.Cli.Serving;

/// <summary>A server with its models, from loading to the last request.</summary>
internal static class ModelServer
{
    // In seconds; what the framework's timers take.
    private const double MaxDelay = 1e6;

    /// <summary>Loads the models, serves them until a signal, and stops gracefully.</summary>
    /// <param name="plan">What is served, and how.</param>
    /// <param name="context">Streams, and what to warn of first.</param>
    /// <exception cref="FlamaException">A model cannot be loaded, or the address is not available.</exception>
    public static async Task RunAsync(ServerPlan plan, CommandContext context)
    {
        using var logs = LogSetup.Open(plan.Log);
        var log = logs.CreateLogger(LogEvent.Server);
        foreach (var notice in context.Notices)
        {
            new LogLine(notice).WriteTo(log, LogLevel.Warning);
        }

        using RemoteModels remote = new(plan.Values);
        plan = plan with { Models = await remote.PullAsync(plan.Models, log) };
        foreach (var model in plan.Models)
        {
            ModelFile.Check(model.File);
        }

        await RunAsync(plan, remote, context.Console, logs);
    }

    private static async Task RunAsync(ServerPlan plan, RemoteModels remote, CliConsole console, ILoggerFactory logs)
    {
        var log = logs.CreateLogger(LogEvent.Server);
        await using AccessLogs accessLogs = new(plan.Log.Access, console);
        var address = await ListenAddress.FindAsync(plan.Values.Get(ServerSettings.Host), plan.Values.Get(ServerSettings.Port));
        await using var app = Build(plan, remote, address, accessLogs, logs);
        var models = app.Services.GetRequiredService<ServedModels>();
        models.Load();
        foreach (var model in models.Models)
        {
            StartLines.Loaded(model).WriteTo(log);
        }

        CallerGuards.AddTo(app, plan.Values);
        app.MapModels();
        app.MapFlama();
        if (plan.Values.Get(AppSettings.MetricsPath) is { Length: > 0 } metrics)
        {
            app.MapFlamaMetrics(metrics);
        }

        if (plan.Values.Get(AppSettings.StatisticsPath) is { Length: > 0 } statistics)
        {
            app.MapFlamaStatistics(statistics);
        }

        if (plan.Values.Get(AppSettings.McpPath) is { Length: > 0 } mcp)
        {
            AgentTools.Map(app, mcp);
        }

        if (plan.Values.Get(AppSettings.HealthPath) is { Length: > 0 } health)
        {
            app.MapFlamaHealth(health);
        }

        if (plan.Values.Get(AppSettings.AdminPath) is { Length: > 0 } admin)
        {
            app.MapFlamaAdmin(admin);
        }

        // After the endpoints, which listen too: when the line is written, the new routes are there.
        foreach (var model in models.Models)
        {
            model.Replaced += (_, _) =>
            {
                var line = StartLines.Loaded(model);
                (line with { Message = $"Replaced: {line.Message}" }).WriteTo(log);
            };
        }

        await StartAsync(app, address, plan.Values);
        var url = AddressOf(app, plan.Values);
        foreach (var line in StartLines.Listening(url, plan, models.Models, app.Services))
        {
            line.WriteTo(log);
        }

        using var stopping = app.Lifetime.ApplicationStopping.Register(() => new LogLine("Shutting down").WriteTo(log));
        var stopped = plan.Models.Zip(models.Models).Select(pair => StartLines.Stopped(url, pair.First.Url, pair.Second)).ToList();
        await app.WaitForShutdownAsync();
        foreach (var line in stopped)
        {
            line.WriteTo(log);
        }

        new LogLine("Stopped").WriteTo(log);
    }

    private static WebApplication Build(ServerPlan plan, RemoteModels remote, ListenAddress address, AccessLogs accessLogs, ILoggerFactory logs)
    {
        // Nothing is read from files or variables that this command line did not ask for.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "flama" });
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, StopSignals>();
        foreach (var accessLog in accessLogs.All)
        {
            builder.Services.AddSingleton<IStartupFilter>(ServerPipeline.Log(accessLog));
        }

        CancellationToken started = default;
        ServerPipeline.AddServices(builder.Services, plan.Values);
        builder.Services.AddSingleton(ServerPipeline.Outer(plan.Values));
        builder.Services.AddSingleton(ServerPipeline.Errors);
        builder.Services.AddSingleton(ServerPipeline.Inner(plan.Values));
        var flama = builder.Services.AddFlama(options =>
        {
            plan.Values.Apply(options);
            options.Engines.AddNetworks(() => NetworkPlan.Of(plan.Values, () => started.IsCancellationRequested));
            options.Health.Address = address.EndPoint.Address;
        }).ConfigureHttp(http =>
        {
            plan.Values.Apply(http);
            http.DocsPath = plan.DocsPath;
            foreach (var origin in plan.Values.GetAll(ServerSettings.CorsOrigins))
            {
                http.WebSockets.AllowedOrigins.Add(origin);
            }
        });
        if (plan.Values.Get(AppSettings.MetricsPath).Length > 0)
        {
            flama.AddFlamaMetrics(plan.Values.Apply);
        }

        if (plan.Values.Get(AppSettings.StatisticsPath).Length > 0)
        {
            flama.AddFlamaStatistics();
        }

        if (plan.Values.Get(AppSettings.McpPath).Length > 0)
        {
            AgentTools.AddTo(flama);
        }

        if (plan.Values.IsSet(ServerSettings.PredictionLog))
        {
            flama.AddPredictionLog(plan.Values.Apply);
        }

        CallerGuards.AddTo(flama, plan.Values);
        var batching = plan.Values.GetAll(ServerSettings.BatchModels).Select(text => Kinds.ModelBatchOf(text)!.Value).ToLookup(pair => pair.Model, pair => pair.Options, StringComparer.Ordinal);
        foreach (var model in plan.Models)
        {
            flama.AddModel(model.Name, model.File, options =>
            {
                options.Url = model.Url;
                options.ModelKey = model.Key;
                options.InputShapes = InputShape.ParseAll(model.InputShape);
                options.Schema = model.Schema;
                options.Validation = ModelSettings.ModeOf(plan.Values);
                options.Batching = batching[model.Name].LastOrDefault();
                options.ChecksAnswers = plan.Values.Get(ModelSettings.ChecksAnswers);
                options.Reload = plan.Reload ?? (model.Location is null ? null : new());
            });
        }

        remote.Follow(flama, plan.Models);
        if (plan.Repository is { } repository)
        {
            RepositoryPlan.AddTo(flama, repository, plan.Values);
        }

        builder.Services.Configure<HostOptions>(host =>
        {
            plan.Values.Apply(host);
            host.ShutdownTimeout += TimeSpan.FromSeconds(Math.Min(plan.Values.Get(ServerSettings.StopDelay), MaxDelay));
        });
        builder.Services.Configure<WebSocketOptions>(plan.Values.Apply);
        builder.Services.Configure<SocketTransportOptions>(plan.Values.Apply);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<FlamaHttpOptions>>((kestrel, http) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = http.Value.MaxRequestBodyBytes;
            kestrel.ConfigureEndpointDefaults(listen => listen.AnswerHalfClosedConnections());
            KestrelSettings.Apply(kestrel, plan, address);
        });
        var app = builder.Build();
        started = app.Lifetime.ApplicationStarted;
        return app;
    }

    private static async Task StartAsync(WebApplication app, ListenAddress address, SettingValues values)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw KestrelSettings.Unavailable(failure, address, values);
        }
    }

    private static string AddressOf(WebApplication app, SettingValues values) =>
        values.Get(ServerSettings.SocketPath) is { } path ? $"unix:{path}" : app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
